import { VedetteError } from '../../errors.ts';
import type { ScanFilter } from '../../model/filters.ts';
import type { PageRequest } from '../../model/page.ts';
import type { ScanOutcome, ScanRecord, ScanStatus } from '../../model/scan.ts';
import type { ScanScope } from '../../model/scope.ts';
import { decodeCursor, encodeCursor } from '../database/cursor.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Session, Store } from '../database/store.ts';
import { fromJson, isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';
import type { ScanKey } from './scan-key.ts';
import { scopeFrom } from './scope.ts';
import type { StoredScope } from './scope.ts';

/** A row of `scout_scans` as the drivers give it. */
export interface ScanRow {
  id: number;
  organization_id: string;
  account_id: string;
  source: string;
  scan_time: string;
  version: string;
  total_findings: number;
  flagged_findings: number;
  created_at: string;
  run_id: string | null;
  profile: string | null;
  status: ScanStatus;
  scope: unknown;
  warnings: unknown;
  events_total: number;
  events_new: number;
  events_still: number;
  events_resolved: number;
  events_reopened: number;
  events_unverified: number;
  unverified_reasons: unknown;
  events_notified: number;
  duration_ms: number;
  completed_at: string | null;
}

/**
 * What storing the scan came to, as it stands now.
 *
 * @throws VedetteError `not-found` also for a scan of another organisation
 */
export async function loadScanOutcome(
  store: Store,
  organizationId: string,
  scanId: number,
): Promise<ScanOutcome> {
  const [row] = await store.read<ScanRow>('SELECT * FROM scout_scans WHERE organization_id = ? AND id = ?', [
    organizationId,
    scanId,
  ]);
  if (row === undefined) throw noSuchScan(scanId);
  return outcomeOfRow(row);
}

/** Newest first. */
export async function listScans(
  store: Store,
  filter: ScanFilter,
  page: PageRequest,
): Promise<{ scans: ScanRecord[]; nextCursor: string | null }> {
  const { sql, values } = conditions([
    ['s.organization_id = ?', filter.organizationId],
    isOneOf('s.account_id', filter.accountIds),
    isOneOf('s.source', filter.sources),
    filter.runId === undefined ? undefined : ['s.run_id = ?', filter.runId],
    filter.since === undefined ? undefined : ['s.scan_time >= ?', sqlTime(filter.since)],
    page.cursor === undefined ? undefined : ['s.id < ?', decodeCursor(page.cursor)],
  ]);
  const rows = await store.read<ScanRow>(
    `SELECT s.* FROM scout_scans s WHERE ${sql} ORDER BY s.id DESC LIMIT ?`,
    [...values, page.limit + 1],
  );
  return {
    scans: rows.slice(0, page.limit).map(recordOf),
    nextCursor: rows.length > page.limit ? encodeCursor(rows[page.limit - 1]?.id) : null,
  };
}

/** The newest scan of each account and source, that of the newest scan time. */
export async function lastScanPerAccount(store: Store, filter: ScanFilter): Promise<ScanRecord[]> {
  const { sql, values } = conditions([
    ['s.organization_id = ?', filter.organizationId],
    isOneOf('s.account_id', filter.accountIds),
    isOneOf('s.source', filter.sources),
  ]);
  const rows = await store.read<ScanRow>(
    `SELECT s.* FROM scout_scans s WHERE ${sql} AND ${IS_NEWEST} ORDER BY s.account_id, s.source`,
    values,
  );
  return rows.map(recordOf);
}

/** The profile of each account's newest scan of a source, the newest first; scans without one are left out. */
export async function scannedProfiles(
  store: Store,
  organizationId: string,
): Promise<{ profile: string; accountId: string }[]> {
  const rows = await store.read<{ profile: string; account_id: string }>(
    `SELECT s.profile, s.account_id
      FROM scout_scans s
      WHERE s.organization_id = ? AND s.profile IS NOT NULL AND ${IS_NEWEST}
      ORDER BY s.scan_time DESC`,
    [organizationId],
  );
  return rows.map(({ profile, account_id: accountId }) => ({ profile, accountId }));
}

/** Condition: scan `s` is the newest of its account and source; of several of one moment, the last one recorded. */
export const IS_NEWEST = `
  NOT EXISTS (
    SELECT 1 FROM scout_scans n
    WHERE n.organization_id = s.organization_id AND n.account_id = s.account_id AND n.source = s.source
      AND n.scan_time >= s.scan_time AND (n.scan_time > s.scan_time OR n.id > s.id)
  )`;

/**
 * The row of a scan that a step before has made: its id is all that the steps hand on.
 *
 * @throws VedetteError `not-found`
 */
export async function scanRow(query: Session['query'], scanId: number): Promise<ScanRow> {
  const [row] = await query<ScanRow>('SELECT * FROM scout_scans WHERE id = ?', [scanId]);
  if (row === undefined) throw noSuchScan(scanId);
  return row;
}

export function keyOf(row: ScanRow): ScanKey {
  return { organizationId: row.organization_id, accountId: row.account_id, source: row.source };
}

function noSuchScan(scanId: number): VedetteError {
  return new VedetteError('not-found', `There is no scan ${scanId}.`);
}

export function scopeOf(row: Pick<ScanRow, 'scope'>): ScanScope {
  return scopeFrom(fromJson(row.scope) as StoredScope);
}

export function outcomeOfRow(row: ScanRow): ScanOutcome & { scanId: number; status: ScanStatus } {
  return {
    scanId: row.id,
    organizationId: row.organization_id,
    accountId: row.account_id,
    source: row.source,
    scanTime: isoTime(row.scan_time),
    version: row.version,
    status: row.status,
    findings: { total: row.total_findings, flagged: row.flagged_findings },
    events: {
      total: row.events_total,
      new: row.events_new,
      still: row.events_still,
      resolved: row.events_resolved,
      reopened: row.events_reopened,
      unverified: row.events_unverified,
    },
    notified: row.events_notified,
    warnings: fromJson(row.warnings) as string[],
    durationMs: row.duration_ms,
  };
}

export function recordOf(row: ScanRow): ScanRecord {
  return {
    ...outcomeOfRow(row),
    runId: row.run_id,
    profile: row.profile,
    createdAt: isoTime(row.created_at),
    completedAt: isoTimeOrNull(row.completed_at),
    unverifiedReasons: fromJson(row.unverified_reasons) as ScanRecord['unverifiedReasons'],
  };
}
