import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { installSimulation } from '../../src/cli/demo/simulated-aws.ts';
import { loadConfig } from '../../src/settings.ts';

export interface Moto {
  /** What AWS clients take as `AWS_ENDPOINT_URL`. */
  url: string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 20_000;

/** Moto's own account: that of any keys it did not give itself. */
export const MOTO_ACCOUNT = '123456789012';

/** A moto server, which answers as AWS does, on a free port; its state is gone when it stops. */
export async function startMoto(): Promise<Moto> {
  const python = await installSimulation(loadConfig().config.general.home, {
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  let ended = false;
  server.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  server.on('error', (error) => {
    said += error.message;
    ended = true;
  });
  server.on('exit', () => {
    ended = true;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(`${url}/moto-api/data.json`))) {
    if (ended || Date.now() > deadline) {
      server.kill();
      throw new Error(`moto did not start with ${python}: ${said}`);
    }
    await sleep(100);
  }
  return {
    url,
    async stop() {
      if (ended) return;
      const exited = once(server, 'exit');
      server.kill();
      await exited;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
