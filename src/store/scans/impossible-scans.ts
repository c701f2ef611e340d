import { VedetteError } from '../../errors.ts';
import { actingAs, newAuthor } from '../access/author.ts';
import type { Store } from '../database/store.ts';
import { isoTime, sqlTime } from '../database/values.ts';
import { MOST_AHEAD_MS } from './acceptance.ts';
import type { ScanRow } from './scans.ts';
import { withdrawScan } from './withdraw.ts';

/**
 * Takes back scans that versions before this one stored although they are dated in the future: every later scan of their
 * account counts as older. Their clock must have been ahead of the one that stored them, and be ahead of today's: a machine
 * whose own clock has stopped takes nothing back. Each is told in the log. Costs one look at an index when
 * there is none.
 */
export async function withdrawImpossibleScans(store: Store, now = new Date()): Promise<void> {
  const rows = await store.read<ScanRow>(
    'SELECT s.* FROM scout_scans s WHERE s.scan_time > ? ORDER BY s.scan_time DESC',
    [sqlTime(new Date(now.getTime() + MOST_AHEAD_MS))],
  );
  for (const row of rows) {
    const scanTime = isoTime(row.scan_time);
    if (Date.parse(scanTime) > Date.parse(isoTime(row.created_at)) + MOST_AHEAD_MS)
      await withdraw(store, row, scanTime);
  }
}

async function withdraw(store: Store, row: ScanRow, scanTime: string): Promise<void> {
  const { id, organization_id: organizationId, account_id: accountId } = row;
  const context = { signal: new AbortController().signal, logger: store.logger, onProgress: () => undefined };
  try {
    const { events, setAside } = await actingAs(newAuthor('vedette'), () =>
      withdrawScan(store, organizationId, id, context),
    );
    store.logger.warn(
      { scan: id, account: accountId, scanTime, events, importAgain: setAside },
      'a scan dated in the future was withdrawn: every later one counted as older',
    );
  } catch (error) {
    // Another process may have been faster. What cannot be taken back must not keep the database from being opened.
    if (error instanceof VedetteError && error.type === 'not-found') return;
    if (!(error instanceof VedetteError) || error.type !== 'usage') throw error;
    store.logger.warn(
      { scan: id, account: accountId, scanTime, err: error },
      'a scan dated in the future stays',
    );
  }
}
