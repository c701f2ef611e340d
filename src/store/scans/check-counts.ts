import type { Session } from '../database/store.ts';
import { keyCondition, keyValues } from './scan-key.ts';
import type { ScanKey } from './scan-key.ts';

const COLUMNS = 'organization_id, account_id, source, check_id, scan_id, passed, unknown';
/** A check that crashed has passed nothing. */
const COUNTED = `
  SELECT f.organization_id, s.account_id, s.source, f.finding_id, f.scan_id,
    CASE WHEN f.evaluated = 1 THEN f.checked_items - f.flagged_items ELSE 0 END, f.unknown_items
  FROM scout_findings f JOIN scout_scans s ON s.id = f.scan_id`;

/** Keeps what each check of a scan said as what it said last; within the transaction that completes the newest scan. */
export async function keepCheckCounts(session: Session, key: ScanKey, scanId: number): Promise<void> {
  await session.execute(
    `DELETE FROM vedette_check_counts
      WHERE organization_id = ? AND account_id = ? AND source = ?
        AND check_id IN (SELECT f.finding_id FROM scout_findings f WHERE f.scan_id = ?)`,
    [...keyValues(key), scanId],
  );
  await session.execute(`INSERT INTO vedette_check_counts (${COLUMNS}) ${COUNTED} WHERE f.scan_id = ?`, [
    scanId,
  ]);
}

/** The same from all scans that are left, after one has been taken back. */
export async function recountChecks(session: Session, key: ScanKey): Promise<void> {
  await session.execute(
    'DELETE FROM vedette_check_counts WHERE organization_id = ? AND account_id = ? AND source = ?',
    keyValues(key),
  );
  const isCurrent = (alias: string): string =>
    `${keyCondition(alias)} AND ${alias}.completed_at IS NOT NULL AND ${alias}.status <> 'superseded'`;
  await session.execute(
    `INSERT INTO vedette_check_counts (${COLUMNS}) ${COUNTED}
      WHERE ${isCurrent('s')} AND NOT EXISTS (
        SELECT 1 FROM scout_findings g JOIN scout_scans n ON n.id = g.scan_id
        WHERE ${isCurrent('n')} AND g.service = f.service AND g.finding_id = f.finding_id
          AND (n.scan_time > s.scan_time OR (n.scan_time = s.scan_time AND n.id > s.id))
      )`,
    [...keyValues(key), ...keyValues(key)],
  );
}
