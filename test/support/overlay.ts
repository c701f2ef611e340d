import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installSimulation } from '../../src/cli/demo/simulated-aws.ts';
import { packageRoot } from '../../src/package-root.ts';
import { loadConfig } from '../../src/settings.ts';
import { freePort, startMoto } from './moto-server.ts';

export interface SimulatedServices {
  /** Where every service is but S3, SQS and KMS. */
  url: string;
  /** Where these are. */
  motoUrl: string;
  /** Has a call fail from now on. */
  fault(fault: { service: string; operation: string; code: string }): Promise<void>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** A moto server, and before it one that answers what moto does not know: costs, Config, support and more. */
export async function startServices(): Promise<SimulatedServices> {
  const moto = await startMoto();
  const python = await installSimulation(loadConfig().config.general.home, {
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  const port = await freePort();
  const script = join(packageRoot(), 'simulated-aws/overlay.py');
  const server = spawn(python, [script, String(port), '--moto', moto.url], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const post = async (path: string, body: object): Promise<void> => {
    await fetch(`${url}/_overlay/${path}`, { method: 'POST', body: JSON.stringify(body) });
  };
  for (let tries = 0; tries < 200; tries += 1) {
    if (
      await fetch(`${url}/_overlay/calls`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await sleep(100);
  }
  return {
    url,
    motoUrl: moto.url,
    fault: (fault) => post('errors', fault),
    reset: () => post('reset', {}),
    async stop() {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
      await moto.stop();
    },
  };
}
