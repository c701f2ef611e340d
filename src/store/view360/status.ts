import type { FileStatus } from '../../model/view360.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { isoTime, isoTimeOrNull } from '../database/values.ts';
import { keepClock } from './clock.ts';
import { setUpView360 } from './set-up.ts';

/** What was received, and how far it got. */
export interface ReceivedFile {
  id: number;
  bucket: string;
  key: string;
  accountId: string | null;
  region: string | null;
  interval: string | null;
  periodEnd: string | null;
  schema: string | null;
  status: FileStatus;
  attempts: number;
  rows: { created: number; updated: number; skipped: number; rejected: number };
  error: { code: string; message: string } | null;
  firstSeenAt: string;
  loadedAt: string | null;
}

/** How an account stands: what it sent last, and how completely. */
export interface AccountStanding {
  accountId: string;
  accountName: string;
  lastPayloadAt: string | null;
  lastPeriodEnd: string | null;
  freshness: 'FRESH' | 'STALE' | 'NEVER';
  /** By section; null for an account that was never told of. */
  sections: Readonly<Record<string, string>> | null;
}

/** Large numbers come as text from MySQL. */
type Large = number | string;

interface FileRow {
  id: Large;
  bucket: string;
  object_key: string;
  account_id: string | null;
  region: string | null;
  interval_kind: string | null;
  period_end: string | null;
  payload_schema: string | null;
  status: FileStatus;
  attempts: number;
  rows_created: Large;
  rows_updated: Large;
  rows_skipped: Large;
  rows_rejected: Large;
  error_code: string | null;
  error_message: string | null;
  first_seen_at: string;
  loaded_at: string | null;
}

/** Files that were received, newest first. */
export async function receivedFiles(
  store: Store,
  organizationId: string,
  {
    accountIds,
    statuses,
    limit,
  }: { accountIds?: readonly string[]; statuses?: readonly FileStatus[]; limit: number },
): Promise<ReceivedFile[]> {
  await setUpView360(store);
  const { sql, values } = conditions([
    ['organization_id = ?', organizationId],
    isOneOf('account_id', accountIds),
    isOneOf('status', statuses),
  ]);
  const rows = await store.read<FileRow>(
    `SELECT * FROM view360_ingest_files WHERE ${sql} ORDER BY id DESC LIMIT ?`,
    [...values, limit],
  );
  return rows.map((row) => ({
    id: Number(row.id),
    bucket: row.bucket,
    key: row.object_key,
    accountId: row.account_id,
    region: row.region,
    interval: row.interval_kind,
    periodEnd: row.period_end,
    schema: row.payload_schema,
    status: row.status,
    attempts: row.attempts,
    rows: {
      created: Number(row.rows_created),
      updated: Number(row.rows_updated),
      skipped: Number(row.rows_skipped),
      rejected: Number(row.rows_rejected),
    },
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    firstSeenAt: isoTime(row.first_seen_at),
    loadedAt: isoTimeOrNull(row.loaded_at),
  }));
}

/** All accounts of an organisation, or those of the ids. */
export async function accountStandings(
  store: Store,
  organizationId: string,
  accountIds?: readonly string[],
): Promise<AccountStanding[]> {
  await setUpView360(store);
  await keepClock(store);
  const { sql, values } = conditions([
    ['a.organization_id = ?', organizationId],
    isOneOf('a.account_id', accountIds),
  ]);
  const [clock] = await store.read<{ stale_before: string }>(
    'SELECT stale_before FROM view360_report_clock WHERE id = 1',
  );
  const accounts = await store.read<{
    account_id: string;
    account_name: string;
    last_payload_at: string | null;
    last_period_end: string | null;
  }>(
    `SELECT a.account_id, a.account_name, MAX(r.last_payload_at) AS last_payload_at, MAX(r.last_period_end) AS last_period_end
      FROM view360_accounts a LEFT JOIN view360_account_regions r ON r.account_id = a.account_id AND r.gone_at IS NULL
      WHERE ${sql} GROUP BY a.account_id, a.account_name ORDER BY a.account_name, a.account_id`,
    values,
  );
  const logs = await store.read<Record<string, string>>(
    `SELECT l.* FROM view360_logs l JOIN view360_accounts a ON a.account_id = l.account_id
      WHERE ${sql} AND l.date_created = (SELECT MAX(n.date_created) FROM view360_logs n WHERE n.account_id = l.account_id)`,
    values,
  );
  const told = new Map(logs.map((log) => [log['account_id'], log]));
  return accounts.map((row) => {
    const log = told.get(row.account_id);
    const last = row.last_payload_at;
    const isStale = last !== null && clock !== undefined && last < clock.stale_before;
    return {
      accountId: row.account_id,
      accountName: row.account_name,
      lastPayloadAt: isoTimeOrNull(last),
      lastPeriodEnd: row.last_period_end,
      freshness: last === null ? 'NEVER' : isStale ? 'STALE' : 'FRESH',
      sections:
        log === undefined
          ? null
          : Object.fromEntries(
              Object.entries(log)
                .filter(([name]) => name.endsWith('_status') && name !== 'overall_status')
                .map(([name, status]) => [name.replace(/_status$/, ''), status]),
            ),
    };
  });
}

/** A file by its number in the ledger; undefined when the organisation has none of it. */
export async function receivedFile(
  store: Store,
  organizationId: string,
  id: number,
): Promise<{ id: number; bucket: string; key: string; version: string; status: FileStatus } | undefined> {
  await setUpView360(store);
  const [row] = await store.read<{
    id: Large;
    bucket: string;
    object_key: string;
    version_or_etag: string;
    status: FileStatus;
  }>('SELECT * FROM view360_ingest_files WHERE organization_id = ? AND id = ?', [organizationId, id]);
  if (row === undefined) return undefined;
  return {
    id: Number(row.id),
    bucket: row.bucket,
    key: row.object_key,
    version: row.version_or_etag,
    status: row.status,
  };
}
