import type { CoverageScan, Detection } from '../../model/coverage.ts';
import { ScanStatus } from '../../model/scan.ts';
import { conditions, isAmong, isOneOf } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import { coverageScanOf, detectionOf } from './coverage-rows.ts';
import type { CoverageScanRow, DetectionRow } from './coverage-rows.ts';

/** Whose coverage; all accounts where none is named. */
export interface CoverageFilter {
  organizationId: string;
  accountIds?: readonly string[];
}

export interface AccountDetections extends CoverageScan {
  detections: readonly Detection[];
}

const COLUMNS =
  'c.scan_id, c.account_id, c.scan_time, c.provider, c.attack_version, c.services_in_use, c.services_unknown, c.unseen, c.figures';

/** What the newest scan of each account has found, or the newest one before a time. */
export async function readCoverage(
  store: Store,
  filter: CoverageFilter & { before?: string },
): Promise<AccountDetections[]> {
  const scans = await newestCoverageScans(store, filter);
  const detections = await detectionsOf(
    store,
    scans.map(({ scanId }) => scanId),
  );
  return scans.map((scan) => ({ ...scan, detections: detections.get(scan.scanId) ?? [] }));
}

async function newestCoverageScans(
  store: Store,
  { organizationId, accountIds, before }: CoverageFilter & { before?: string },
): Promise<CoverageScan[]> {
  const until = before === undefined ? [] : [sqlTime(before)];
  const isEarlier = before === undefined ? '' : ' AND n.scan_time < ?';
  const { sql, values } = conditions([
    ['c.organization_id = ?', organizationId],
    isOneOf('c.account_id', accountIds),
    ['s.status <> ?', ScanStatus.Recording],
    ...(before === undefined ? [] : ([['c.scan_time < ?', ...until]] as const)),
  ]);
  const rows = await store.read<CoverageScanRow>(
    `SELECT ${COLUMNS}
      FROM coverage_scans c JOIN scout_scans s ON s.id = c.scan_id
      WHERE ${sql} AND NOT EXISTS (
        SELECT 1 FROM coverage_scans n JOIN scout_scans m ON m.id = n.scan_id
        WHERE n.organization_id = c.organization_id AND n.account_id = c.account_id AND m.status <> ?
          AND n.scan_time >= c.scan_time AND (n.scan_time > c.scan_time OR n.scan_id > c.scan_id)${isEarlier}
      )
      ORDER BY c.account_id`,
    [...values, ScanStatus.Recording, ...until],
  );
  return rows.map(coverageScanOf);
}

async function detectionsOf(store: Store, scanIds: readonly number[]): Promise<Map<number, Detection[]>> {
  const found = new Map<number, Detection[]>();
  if (scanIds.length === 0) return found;
  const [wanted, ...values] = isAmong('d.scan_id', [...scanIds]);
  const rows = await store.read<DetectionRow>(
    `SELECT d.scan_id, d.detection_id, d.kind, d.name, d.region, d.health, d.is_posture, d.reasons, d.sees,
        d.target_services, d.techniques
      FROM coverage_detections d
      WHERE ${wanted}
      ORDER BY d.id`,
    values,
  );
  for (const row of rows) {
    const list = found.get(row.scan_id) ?? [];
    found.set(row.scan_id, list);
    list.push(detectionOf(row));
  }
  return found;
}

/** The scans of detections since a time, oldest first. */
export async function coverageHistory(
  store: Store,
  { organizationId, accountIds }: CoverageFilter,
  since: string,
): Promise<CoverageScan[]> {
  const { sql, values } = conditions([
    ['c.organization_id = ?', organizationId],
    isOneOf('c.account_id', accountIds),
    ['s.status <> ?', ScanStatus.Recording],
    ['c.scan_time >= ?', sqlTime(since)],
  ]);
  const rows = await store.read<CoverageScanRow>(
    `SELECT ${COLUMNS}
      FROM coverage_scans c JOIN scout_scans s ON s.id = c.scan_id
      WHERE ${sql}
      ORDER BY c.scan_time, c.scan_id`,
    values,
  );
  return rows.map(coverageScanOf);
}
