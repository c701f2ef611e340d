/** A process that persists and resolves one made-up scan, and may kill itself before a given statement. */
import { text } from 'node:stream/consumers';
import type { Config } from '../../src/config/settings.ts';
import { silent } from '../../src/log.ts';
import { persistScan } from '../../src/store/persist.ts';
import { resolveEvents } from '../../src/store/resolve.ts';
import { openStore } from '../../src/store/store.ts';
import { watched } from './contents.ts';
import { observe } from './observations.ts';
import type { MadeUpScan } from './observations.ts';
import { INPUT } from './scan-input.ts';

export interface PersistProcessInput {
  config: Config;
  scan: MadeUpScan;
  /** Number of the statement, counted from 1, before which the process ends itself with SIGKILL. */
  killBefore?: number;
}

const { config, scan, killBefore } = JSON.parse(await text(process.stdin)) as PersistProcessInput;
const context = { signal: new AbortController().signal, onProgress: () => undefined, logger: silent };
const opened = await openStore(config, silent);
const store = watched(opened, (statement) => {
  if (statement === killBefore) process.kill(process.pid, 'SIGKILL');
});
console.log('open');
const persisted = await persistScan(store, observe(scan), INPUT, context);
const outcome = persisted.status === 'duplicate' ? persisted : await resolveEvents(store, persisted.scanId, context);
await opened.close();
console.log(JSON.stringify(outcome));
