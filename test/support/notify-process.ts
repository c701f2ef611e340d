/** A process that sends the message of a scan; prints `open` when it begins, and the outcome. */
import { text } from 'node:stream/consumers';
import { silent } from '../../src/log.ts';
import { notifyScan } from '../../src/notify/notify-scan.ts';
import type { Config } from '../../src/settings.ts';
import { openStore } from '../../src/store/database/open.ts';

export interface NotifyProcessInput {
  config: Config;
  scanId: number;
}

const { config, scanId } = JSON.parse(await text(process.stdin)) as NotifyProcessInput;
const store = await openStore(config, silent);
console.log('open');
const context = { signal: new AbortController().signal, logger: silent };
const outcome = await notifyScan(
  store,
  config,
  { organizationId: 'default', scanId, initial: false },
  context,
);
await store.close();
console.log(JSON.stringify(outcome));
