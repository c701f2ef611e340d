import { z } from 'zod';
import { packageVersion } from '../../package-root.ts';
import { knownSources } from '../../planning/known-sources.ts';
import type { Api, App } from '../api.ts';
import { operation } from '../operation.ts';
import { health } from '../schemas/common.ts';
import { server } from '../schemas/server.ts';

const living = operation({
  id: 'showHealth',
  tag: 'Server',
  access: 'anyone',
  summary: 'Whether the server lives',
  description: 'It asks neither the database nor Temporal.',
  answers: { 200: health },
});

const introducing = operation({
  id: 'showServer',
  tag: 'Server',
  access: 'look',
  summary: 'Its version, and what it can scan with',
  answers: { 200: server },
});

const describing = operation({
  id: 'showDocument',
  tag: 'Server',
  access: 'anyone',
  summary: 'This document',
  answers: { 200: z.record(z.string(), z.unknown()) },
});

export function serverRoutes(app: App, { config }: Api): void {
  app.get('/health', living, async () => ({ status: 'ok' as const, version: packageVersion() }));
  app.get('/server', introducing, async () => ({
    version: packageVersion(),
    sources: await knownSources(config),
  }));
  app.get('/openapi.json', describing, async () => app.swagger() as unknown as Record<string, unknown>);
}
