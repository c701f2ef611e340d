import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VedetteError } from '../errors.ts';
import type { NotificationPreview } from '../model/notification.ts';
import type { ScanRecord } from '../model/scan.ts';
import type { Config } from '../settings.ts';
import type { Store } from '../store/database/store.ts';
import { settingsFor } from '../store/organizations/settings.ts';
import { getScan } from '../store/scans/scan-details.ts';
import { listScans } from '../store/scans/scans.ts';
import { composeEventsMessage } from './compose.ts';
import { pendingMessage } from './pending-message.ts';

/**
 * Composes the message that is due after a scan (null: the organisation's newest); sends and marks nothing.
 *
 * @throws VedetteError `not-found` when there is no such scan, or nothing that a message would be sent about.
 */
export async function composePreview(
  store: Store,
  installation: Config,
  { organizationId, scanId }: { organizationId: string; scanId: number | null },
): Promise<NotificationPreview> {
  const config = await settingsFor(store, installation, organizationId);
  const scan =
    scanId === null ? await newestScan(store, organizationId) : await getScan(store, organizationId, scanId);
  const { message, ids } = await pendingMessage(store, config, scan);
  if (ids.length === 0) {
    throw new VedetteError('not-found', `After scan ${scan.scanId} no message is due.`, {
      remedy: 'Its events may have been notified already, or NOTIFY_ON_SEVERITY leaves out their levels.',
    });
  }
  const { subject, html, text } = await composeEventsMessage(message, config);
  return { scanId: scan.scanId, subject, html, text };
}

/**
 * Writes that message as HTML and as plain text. Gives the files' paths.
 *
 * @throws VedetteError as `composePreview`
 */
export async function previewScan(
  store: Store,
  config: Config,
  { scanId, folder }: { scanId: number | null; folder: string },
): Promise<string[]> {
  const { organizationId } = config.general;
  const { html, text, ...scan } = await composePreview(store, config, { organizationId, scanId });
  const name = join(folder, `vedette-scan-${scan.scanId}`);
  await mkdir(folder, { recursive: true });
  await writeFile(`${name}.html`, html);
  await writeFile(`${name}.txt`, text);
  return [`${name}.html`, `${name}.txt`];
}

async function newestScan(store: Store, organizationId: string): Promise<ScanRecord> {
  const { scans } = await listScans(store, { organizationId }, { limit: 1 });
  const [newest] = scans;
  if (newest !== undefined) return newest;
  throw new VedetteError('not-found', 'There is no scan yet.', {
    remedy: 'Run vedette scan run or vedette import.',
  });
}
