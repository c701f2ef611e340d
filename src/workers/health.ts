import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { VedetteError } from '../errors.ts';

/** Probes come every few seconds; they must be answered while the server they ask about is not. */
const CHECK_TIMEOUT_MS = 3000;

export interface HealthServer {
  close(): Promise<void>;
}

/**
 * Answers any request: 200 when `check` gives null, else 503 with what it gives.
 *
 * @param address `host:port`
 * @throws VedetteError `config-invalid` when nothing can listen there
 */
export async function serveHealth(
  address: string,
  check: () => Promise<string | null>,
): Promise<HealthServer> {
  const server = createServer((_request, response) => {
    void answer(response, check);
  });
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  server.listen(Number(address.slice(colon + 1)), host);
  await once(server, 'listening').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VedetteError('config-invalid', `VEDETTE_HEALTH_ADDRESS: ${reason}.`, { cause });
  });
  return {
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function answer(response: ServerResponse, check: () => Promise<string | null>): Promise<void> {
  const problem = await timely(check);
  response.writeHead(problem === null ? 200 : 503, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${problem ?? 'ok'}\n`);
}

async function timely(check: () => Promise<string | null>): Promise<string | null> {
  const over = new AbortController();
  const late = sleep(CHECK_TIMEOUT_MS, 'no answer in time', { signal: over.signal }).catch(() => null);
  const failed = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  try {
    return await Promise.race([check().catch(failed), late]);
  } finally {
    over.abort();
  }
}
