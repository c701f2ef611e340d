/** A worker process with the settings that stdin gives; prints `ready` when it takes work. */
import { text } from 'node:stream/consumers';
import { loadConfig } from '../../src/config/load.ts';
import type { ConfigOverrides } from '../../src/config/load.ts';
import { createLogger } from '../../src/log.ts';
import { runWorker } from '../../src/workers/main.ts';

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const { config } = loadConfig(JSON.parse(await text(process.stdin)) as ConfigOverrides);
await runWorker(config, createLogger('info', { pretty: false }), stop.signal, () => console.log('ready'));
