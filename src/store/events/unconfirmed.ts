import type { UnconfirmedEvents } from '../../model/account-health.ts';
import type { ScanRecord } from '../../model/scan.ts';
import { useIndex } from '../database/index-hints.ts';
import type { Store } from '../database/store.ts';
import { isoTime, sqlTime } from '../database/values.ts';
import { keyCondition, keyValues } from '../scans/scan-key.ts';

/**
 * Open events, by service, that an account's newest scan did not bring and could not judge. The scan has counted them, so
 * that most have nothing to look for.
 */
export async function unconfirmedEvents(store: Store, scan: ScanRecord): Promise<UnconfirmedEvents[]> {
  if (scan.events.unverified === 0) return [];
  const rows = await store.read<{ service: string; events: unknown; oldest: string }>(
    `SELECT e.service, COUNT(*) AS events, MIN(e.last_seen) AS oldest
      FROM scout_events e ${useIndex(store.dialect, 'idx_events_kind')}
      WHERE ${keyCondition('e')} AND e.status <> 'resolved' AND e.last_seen < ?
      GROUP BY e.service
      ORDER BY oldest, e.service`,
    [...keyValues(scan), sqlTime(scan.scanTime)],
  );
  return rows.map(({ service, events, oldest }) => ({
    service,
    events: Number(events),
    oldest: isoTime(oldest),
  }));
}
