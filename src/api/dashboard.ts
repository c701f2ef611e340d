import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import { VedetteError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import type { App } from './api.ts';
import { BASE } from './base.ts';
import { sendMethodNotAllowed } from './problem.ts';

const PAGE = 'index.html';
/** Files below this have a hash of their content in their name. */
const HASHED = '/assets/';

/** Serves the dashboard; its page answers for every path that no file and no route has, for the page reads the path itself. */
export async function serveDashboard(
  app: App,
  methodsAt: (path: string) => readonly string[],
  folder: string = join(packageRoot(), 'dist', 'web'),
): Promise<void> {
  const built = existsSync(join(folder, PAGE));
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: true,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const hashed = path.includes(HASHED);
        void reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (built && isPage(request, path)) return reply.sendFile(PAGE);
    const methods = methodsAt(path);
    if (methods.length > 0) return sendMethodNotAllowed(methods, request, reply);
    throw new VedetteError('not-found', `There is nothing at ${path}.`, {
      remedy: built ? `${BASE}/docs shows what there is.` : 'The dashboard is not built here: npm run build.',
    });
  });
}

function isPage({ method, headers }: FastifyRequest, path: string): boolean {
  const wanted = headers.accept?.includes('text/html') === true;
  return (
    (method === 'GET' || method === 'HEAD') && wanted && !path.startsWith('/api/') && !path.startsWith(HASHED)
  );
}
