/** A process that persists and resolves one made-up scan; prints `open` when it begins, and the outcome. */
import { text } from 'node:stream/consumers';
import { silent } from '../../src/log.ts';
import type { Config } from '../../src/settings.ts';
import { openStore } from '../../src/store/database/open.ts';
import { persistScan } from '../../src/store/scans/persist.ts';
import { resolveEvents } from '../../src/store/scans/resolve.ts';
import { observe } from './observations.ts';
import type { MadeUpScan } from './observations.ts';
import { INPUT } from './scan-input.ts';

export interface PersistProcessInput {
  config: Config;
  scan: MadeUpScan;
  chunkRows?: number;
}

const { config, scan, chunkRows } = JSON.parse(await text(process.stdin)) as PersistProcessInput;
const context = { signal: new AbortController().signal, onProgress: () => undefined, logger: silent };
const store = await openStore(config, silent);
console.log('open');
const persisted = await persistScan(store, observe(scan), INPUT, context, chunkRows);
const outcome =
  persisted.status === 'duplicate'
    ? persisted
    : await resolveEvents(store, persisted.scanId, context, chunkRows);
await store.close();
console.log(JSON.stringify(outcome));
