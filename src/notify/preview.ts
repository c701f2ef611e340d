import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/settings.ts';
import { VedetteError } from '../errors.ts';
import { listScans } from '../store/scans.ts';
import type { Store } from '../store/store.ts';
import { composeEventsMessage } from './compose.ts';
import { pendingMessage, scanFacts } from './pending-message.ts';

/**
 * Writes the message that is due after a scan (null: the newest) as HTML and as plain text; sends and marks nothing.
 * Gives the files' paths.
 *
 * @throws VedetteError `not-found` when there is no such scan, or nothing that a message would be sent about.
 */
export async function previewScan(
  store: Store,
  config: Config,
  { scanId, folder }: { scanId: number | null; folder: string },
): Promise<string[]> {
  const scan = await scanFacts(store, scanId ?? (await newestScan(store, config)));
  const { message, ids } = await pendingMessage(store, config, scan);
  if (ids.length === 0) {
    throw new VedetteError('not-found', `After scan ${scan.scanId} no message is due.`, {
      remedy: 'Its events may have been notified already, or NOTIFY_ON_SEVERITY leaves out their levels.',
    });
  }
  const { html, text } = await composeEventsMessage(message, config);
  const name = join(folder, `vedette-scan-${scan.scanId}`);
  await mkdir(folder, { recursive: true });
  await writeFile(`${name}.html`, html);
  await writeFile(`${name}.txt`, text);
  return [`${name}.html`, `${name}.txt`];
}

async function newestScan(store: Store, { general }: Config): Promise<number> {
  const { scans } = await listScans(store, { organizationId: general.organizationId }, { limit: 1 });
  const [newest] = scans;
  if (newest === undefined) {
    throw new VedetteError('not-found', 'There is no scan yet.', {
      remedy: 'Run vedette scan run or vedette import.',
    });
  }
  return newest.scanId;
}
