/** A worker process, for the tiny source as well, with the settings that stdin gives; prints `ready` when it takes work. */
import { text } from 'node:stream/consumers';
import { createLogger } from '../../src/log.ts';
import { loadConfig } from '../../src/settings.ts';
import { createRegistry, sources } from '../../src/sources/registry.ts';
import { runWorker } from '../../src/workers/main.ts';
import { tiny } from './tiny-source/index.ts';
import type { WorkerProcessInput } from './worker.ts';

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const input = JSON.parse(await text(process.stdin)) as WorkerProcessInput;
const { config } = loadConfig(input.overrides);
await runWorker(
  { ...config, ...input.sourceSettings },
  createLogger('info', { pretty: false }),
  stop.signal,
  () => console.log('ready'),
  createRegistry([...sources.all, tiny]),
);
