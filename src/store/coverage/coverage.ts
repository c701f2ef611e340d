import type { CoverageScan, Detection } from '../../model/coverage.ts';
import { ScanStatus } from '../../model/scan.ts';
import { conditions, isAmong, isOneOf } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import { coverageScanOf, detectionKey, detectionOf } from './coverage-rows.ts';
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
  return withDetections(store, await newestCoverageScans(store, filter));
}

async function withDetections(store: Store, scans: readonly CoverageScan[]): Promise<AccountDetections[]> {
  const detections = await detectionsOf(
    store,
    scans.map(({ scanId }) => scanId),
  );
  return scans.map((scan) => ({ ...scan, detections: detections.get(scan.scanId) ?? [] }));
}

/**
 * What is known of the time since then: its scans, each account as it was at the beginning (before, or else when it was first
 * looked at), as it is now, and how those detections were meanwhile that have changed.
 */
export async function readHistory(store: Store, filter: CoverageFilter, since: string) {
  const scans = await coverageHistory(store, filter, since);
  const now = await readCoverage(store, filter);
  const earlier = await readCoverage(store, { ...filter, before: since });
  const first = scans.filter(
    ({ scanId, accountId }) =>
      !earlier.some((one) => one.accountId === accountId) &&
      scans.find((one) => one.accountId === accountId)?.scanId === scanId,
  );
  const before = [...earlier, ...(await withDetections(store, first))];
  const states = await statesOf(store, filter, since, changedBetween(before, now));
  return { scans, before, now, states };
}

/** More than so many are not followed from scan to scan. */
const MAX_FOLLOWED = 500;

/** Keys of the detections that work in one and not in the other. */
function changedBetween(before: readonly AccountDetections[], now: readonly AccountDetections[]): string[] {
  const healths = (accounts: readonly AccountDetections[]) =>
    new Map(accounts.flatMap(({ detections }) => detections.map(({ id, health }) => [id, health] as const)));
  const [then, later] = [healths(before), healths(now)];
  const ids = new Set([...then.keys(), ...later.keys()]);
  return [...ids]
    .filter((id) => then.get(id) !== later.get(id))
    .slice(0, MAX_FOLLOWED)
    .map(detectionKey);
}

async function statesOf(
  store: Store,
  { organizationId }: CoverageFilter,
  since: string,
  keys: readonly string[],
) {
  if (keys.length === 0) return [];
  const { sql, values } = conditions([
    ['c.organization_id = ?', organizationId],
    ['c.scan_time >= ?', sqlTime(since)],
    isAmong('d.detection_sha256', keys),
  ]);
  const rows = await store.read<Pick<DetectionRow, 'scan_id' | 'detection_id' | 'health'>>(
    `SELECT d.scan_id, d.detection_id, d.health
      FROM coverage_scans c JOIN coverage_detections d ON d.scan_id = c.scan_id
      WHERE ${sql}`,
    values,
  );
  return rows.map((row) => ({ scanId: row.scan_id, detectionId: row.detection_id, health: row.health }));
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
