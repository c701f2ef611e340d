import { createHash } from 'node:crypto';
import type {
  FileStatus,
  Interval,
  ReceiveTrigger,
  Rejection,
  RowCounts,
  SectionOutcome,
} from '../../model/view360.ts';
import { recordChange } from '../access/audit.ts';
import { insertRows } from '../database/statements.ts';
import type { Session } from '../database/store.ts';
import { fromJson, isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';
import type { SqlValue } from '../database/values.ts';

/** What is known of the files that were received: each is loaded exactly once, whatever is delivered how often. */

/** One version of one file. */
export interface FileIdentity {
  organizationId: string;
  bucket: string;
  key: string;
  /** Version or ETag of the object; of a local file, its content's hash. */
  version: string;
}

export interface FileFacts {
  sha256: string | null;
  sizeBytes: number;
  sseKmsKey: string | null;
  accountId: string | null;
  region: string | null;
  interval: Interval | null;
  periodEnd: string | null;
  schema: string | null;
  /** ISO 8601 */
  generatedAt: string | null;
  /** Of the run that came upon it; null outside of one. */
  runId: number | null;
}

export interface LedgerFile {
  id: number;
  organization_id: string;
  bucket: string;
  object_key: string;
  version_or_etag: string;
  content_sha256: string | null;
  account_id: string | null;
  region: string | null;
  interval_kind: Interval | null;
  period_end: string | null;
  generated_at: string | null;
  status: FileStatus;
  attempts: number;
  error_code: string | null;
  error_message: string | null;
  archived_key: string | null;
}

export async function findFile(
  session: Pick<Session, 'query'>,
  { bucket, key, version }: Omit<FileIdentity, 'organizationId'>,
): Promise<LedgerFile | undefined> {
  const [file] = await session.query<Omit<LedgerFile, 'id'> & { id: number | string }>(
    'SELECT * FROM view360_ingest_files WHERE bucket = ? AND object_key_hash = ? AND version_or_etag = ?',
    [bucket, hashOf(key), version],
  );
  // MySQL gives large numbers as text.
  return file && { ...file, id: Number(file.id) };
}

/** A version that is not known: an object that nobody was let read. */
const UNREAD = '';
/** What is done with, or is at work, is not read anew. */
const TO_READ = "('RECEIVED', 'VALIDATING', 'FAILED', 'REJECTED', 'DEAD')";

/** That an object is here, and is being read. Whatever becomes of the reading, the ledger knows of it then. */
export async function noteSeen(
  session: Session,
  identity: FileIdentity,
  { sizeBytes, runId }: { sizeBytes: number; runId: number | null },
): Promise<void> {
  const { bucket, key, version } = identity;
  const known = await findFile(session, identity);
  const unread = known === undefined ? await findFile(session, { bucket, key, version: UNREAD }) : undefined;
  const id = known?.id ?? unread?.id;
  if (id === undefined) {
    await insertFile(session, identity, { size_bytes: sizeBytes, run_id: runId, status: 'VALIDATING' }, 0);
    return;
  }
  await session.execute(
    `UPDATE view360_ingest_files SET version_or_etag = ?, size_bytes = ?, run_id = ?, status = 'VALIDATING' WHERE id = ? AND status IN ${TO_READ}`,
    [version, sizeBytes, runId, id],
  );
}

async function insertFile(
  session: Session,
  identity: FileIdentity,
  columns: Readonly<Record<string, SqlValue>>,
  attempts: number,
): Promise<void> {
  const row: Readonly<Record<string, SqlValue>> = {
    organization_id: identity.organizationId,
    bucket: identity.bucket,
    object_key: identity.key,
    object_key_hash: hashOf(identity.key),
    version_or_etag: identity.version,
    ...columns,
    attempts,
    rows_created: 0,
    rows_updated: 0,
    rows_skipped: 0,
    rows_rejected: 0,
    first_seen_at: sqlTime(new Date()),
  };
  const { sql, values } = insertRows('view360_ingest_files', Object.keys(row), [Object.values(row)]);
  await session.execute(sql, values);
}

/** Notes a file that is seen for the first time, or another attempt at it. Gives its id. */
export async function noteFile(
  session: Session,
  identity: FileIdentity,
  facts: FileFacts,
  status: FileStatus,
): Promise<number> {
  const known = await findFile(session, identity);
  const columns: Readonly<Record<string, SqlValue>> = {
    content_sha256: facts.sha256,
    size_bytes: facts.sizeBytes,
    sse_kms_key: facts.sseKmsKey,
    account_id: facts.accountId,
    region: facts.region,
    interval_kind: facts.interval,
    period_end: facts.periodEnd,
    payload_schema: facts.schema,
    generated_at: facts.generatedAt === null ? null : sqlTime(facts.generatedAt),
    run_id: facts.runId,
    status,
  };
  if (known !== undefined) {
    const sets = Object.keys(columns).map((name) => `${name} = ?`);
    await session.execute(
      `UPDATE view360_ingest_files SET ${sets.join(', ')}, attempts = attempts + 1, error_code = NULL, error_message = NULL WHERE id = ?`,
      [...Object.values(columns), known.id],
    );
    return known.id;
  }
  await insertFile(session, identity, columns, 1);
  return (await findFile(session, identity))?.id as number;
}

/** Whether the same bytes were loaded already, from wherever. */
export async function loadedTwin(
  session: Session,
  organizationId: string,
  sha256: string,
  fileId: number | null,
): Promise<boolean> {
  const twins = await session.query(
    "SELECT id FROM view360_ingest_files WHERE content_sha256 = ? AND organization_id = ? AND status = 'LOADED' AND id <> ? LIMIT 1",
    [sha256, organizationId, fileId ?? 0],
  );
  return twins.length > 0;
}

/** When the newest payload was made that is loaded for the same account, region, interval and period. */
export async function newestLoaded(
  session: Session,
  facts: Pick<FileFacts, 'accountId' | 'region' | 'interval' | 'periodEnd'>,
): Promise<string | null> {
  const [row] = await session.query<{ newest: string | null }>(
    "SELECT MAX(generated_at) AS newest FROM view360_ingest_files WHERE account_id = ? AND region = ? AND interval_kind = ? AND period_end = ? AND status IN ('LOADED', 'PARTIAL')",
    [facts.accountId, facts.region, facts.interval, facts.periodEnd],
  );
  return isoTimeOrNull(row?.newest ?? null);
}

/** The organisation that has an account; undefined for an account that nobody has. */
export async function organizationOf(session: Session, accountId: string): Promise<string | undefined> {
  const [row] = await session.query<{ organization_id: string }>(
    'SELECT organization_id FROM view360_accounts WHERE account_id = ?',
    [accountId],
  );
  return row?.organization_id;
}

/** What a loaded file had of an account completely: regions by table; `''` where a table has none. */
export type Coverage = Readonly<Record<string, readonly string[]>>;

/**
 * Since when the rows of each table are known to be gone that only an older file has: the first complete look after it, by
 * table and region.
 */
export async function goneSince(
  session: Session,
  accountId: string,
  generatedAt: string,
): Promise<Map<string, Map<string, string>>> {
  const later = await session.query<{ generated_at: string; coverage: unknown }>(
    "SELECT generated_at, coverage FROM view360_ingest_files WHERE account_id = ? AND generated_at > ? AND status IN ('LOADED', 'PARTIAL') AND coverage IS NOT NULL ORDER BY generated_at DESC",
    [accountId, generatedAt],
  );
  const since = new Map<string, Map<string, string>>();
  for (const { generated_at: at, coverage } of later) {
    for (const [table, regions] of Object.entries(fromJson(coverage) as Coverage)) {
      const ofTable = since.get(table) ?? new Map<string, string>();
      since.set(table, ofTable);
      for (const region of regions) ofTable.set(region, at);
    }
  }
  return since;
}

export interface TableStats extends RowCounts {
  section: string;
  table: string;
  durationMs: number;
}

/** Sections of a file that are loaded, with their counts: they are not loaded again. */
export async function loadedSections(
  session: Session,
  fileId: number,
): Promise<(TableStats & { status: string })[]> {
  const rows = await session.query<
    Record<string, number> & { section: string; table_name: string; status: string }
  >('SELECT * FROM view360_ingest_section_stats WHERE file_id = ? ORDER BY id', [fileId]);
  return rows.map((row) => ({
    section: row.section,
    table: row.table_name,
    status: row.status,
    rowsIn: Number(row['rows_in']),
    created: Number(row['rows_created']),
    updated: Number(row['rows_updated']),
    skipped: Number(row['rows_skipped']),
    rejected: Number(row['rows_rejected']),
    gone: Number(row['rows_gone']),
    durationMs: Number(row['duration_ms']),
  }));
}

/** In the transaction of the rows that it counts. */
export async function noteSection(
  session: Session,
  fileId: number,
  stats: readonly TableStats[],
  status: SectionOutcome['status'],
  error: string | null = null,
): Promise<void> {
  const [first] = stats;
  if (first === undefined) return;
  await session.execute('DELETE FROM view360_ingest_section_stats WHERE file_id = ? AND section = ?', [
    fileId,
    first.section,
  ]);
  const columns =
    'file_id section table_name status rows_in rows_created rows_updated rows_skipped rows_rejected rows_gone duration_ms error_message';
  const { sql, values } = insertRows(
    'view360_ingest_section_stats',
    columns.split(' '),
    stats.map((one) => [
      fileId,
      one.section,
      one.table,
      status,
      one.rowsIn,
      one.created,
      one.updated,
      one.skipped,
      one.rejected,
      one.gone,
      one.durationMs,
      error,
    ]),
  );
  await session.execute(sql, values);
}

export interface RejectedRow {
  path: string;
  code: Rejection;
  message: string;
  row: string | null;
}

/** What was wrong with single rows; what an attempt before this one has noted of the section goes. */
export async function noteRejects(
  session: Session,
  fileId: number,
  section: string,
  rejects: readonly RejectedRow[],
): Promise<void> {
  await session.execute('DELETE FROM view360_ingest_rejects WHERE file_id = ? AND section = ?', [
    fileId,
    section,
  ]);
  const now = sqlTime(new Date());
  for (let from = 0; from < rejects.length; from += REJECTS_AT_ONCE) {
    const { sql, values } = insertRows(
      'view360_ingest_rejects',
      ['file_id', 'section', 'json_path', 'error_code', 'message', 'row_json', 'created_at'],
      rejects
        .slice(from, from + REJECTS_AT_ONCE)
        .map(({ path, code, message, row }) => [fileId, section, path, code, message, row, now]),
    );
    await session.execute(sql, values);
  }
}
const REJECTS_AT_ONCE = 200;

export async function finishFile(
  session: Session,
  fileId: number,
  {
    status,
    counts,
    coverage,
    error,
    durationMs,
  }: {
    status: FileStatus;
    counts?: RowCounts;
    coverage?: Coverage;
    error?: { code: string; message: string } | null;
    durationMs?: number;
  },
): Promise<void> {
  const columns: Readonly<Record<string, SqlValue>> = {
    status,
    ...(counts && {
      rows_created: counts.created,
      rows_updated: counts.updated,
      rows_skipped: counts.skipped,
      rows_rejected: counts.rejected,
    }),
    ...(coverage && { coverage: JSON.stringify(coverage) }),
    error_code: error?.code ?? null,
    error_message: error?.message ?? null,
    ...(durationMs !== undefined && { duration_ms: durationMs }),
    ...((status === 'LOADED' || status === 'PARTIAL') && { loaded_at: sqlTime(new Date()) }),
  };
  const [before] = await session.query<LedgerFile>('SELECT * FROM view360_ingest_files WHERE id = ?', [
    fileId,
  ]);
  const sets = Object.keys(columns).map((name) => `${name} = ?`);
  await session.execute(`UPDATE view360_ingest_files SET ${sets.join(', ')} WHERE id = ?`, [
    ...Object.values(columns),
    fileId,
  ]);
  await countInRun(session, fileId, status);
  if (before === undefined) return;
  const { bucket, object_key: key, account_id: accountId } = before;
  await recordChange(session, {
    organizationId: before.organization_id,
    action: 'payloads.load',
    target: `payloads/${fileId}`,
    before: { status: before.status },
    after: { status, bucket, key, accountId, ...counts, ...(error ? { problem: error.message } : {}) },
  });
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Where a file lies now that it is done with. */
export async function noteArchived(session: Session, fileId: number, key: string): Promise<void> {
  await session.execute('UPDATE view360_ingest_files SET archived_key = ? WHERE id = ?', [key, fileId]);
}

/** That a file is given up: somebody must look at it (`vedette view360 retry`). */
export async function noteDead(
  session: Session,
  { organizationId, bucket, key, runId }: Omit<FileIdentity, 'version'> & { runId: number | null },
  error: { code: string; message: string },
): Promise<void> {
  const told: Readonly<Record<string, SqlValue>> = {
    status: 'DEAD',
    error_code: error.code.slice(0, 40),
    error_message: error.message,
    run_id: runId,
  };
  const sets = Object.keys(told).map((name) => `${name} = ?`);
  const given = await session.execute(
    `UPDATE view360_ingest_files SET ${sets.join(', ')} WHERE bucket = ? AND object_key_hash = ? AND status IN ('RECEIVED', 'VALIDATING', 'LOADING', 'FAILED', 'PARTIAL')`,
    [...Object.values(told), bucket, hashOf(key)],
  );
  const identity = { organizationId, bucket, key, version: UNREAD };
  // Nobody was let read it: it is known by its key alone, until somebody is.
  if (given === 0 && (await findFile(session, identity)) === undefined)
    await insertFile(session, identity, { ...told, size_bytes: null }, 0);
  await addToRun(session, runId, { files_total: 1, files_failed: 1 });
}

/** Of one run of the receiver, or of one command. */
export interface RunIdentity {
  organizationId: string;
  workflowId: string;
  /** Of the workflow's execution. */
  runId: string;
  trigger: ReceiveTrigger;
}

/** Gives the number of the run; the same for the same execution. */
export async function beginRun(session: Session, run: RunIdentity): Promise<number> {
  const { organizationId, workflowId, runId, trigger } = run;
  const known = await session.query<{ id: number | string }>(
    'SELECT id FROM view360_ingest_runs WHERE workflow_id = ? AND run_id = ?',
    [workflowId, runId],
  );
  if (known[0] !== undefined) return Number(known[0].id);
  const row: Readonly<Record<string, SqlValue>> = {
    organization_id: organizationId,
    workflow_id: workflowId,
    run_id: runId,
    trigger_kind: trigger,
    status: 'RUNNING',
    started_at: sqlTime(new Date()),
    ...Object.fromEntries(RUN_COUNTS.map((name) => [name, 0])),
  };
  const { sql, values } = insertRows('view360_ingest_runs', Object.keys(row), [Object.values(row)]);
  await session.execute(sql, values);
  return beginRun(session, run);
}

export async function endRun(session: Session, id: number): Promise<void> {
  const [run] = await session.query<{ started_at: string }>(
    "SELECT started_at FROM view360_ingest_runs WHERE id = ? AND status = 'RUNNING'",
    [id],
  );
  if (run === undefined) return;
  const now = new Date();
  await session.execute(
    "UPDATE view360_ingest_runs SET status = 'DONE', finished_at = ?, duration_ms = ? WHERE id = ?",
    [sqlTime(now), now.getTime() - Date.parse(isoTime(run.started_at)), id],
  );
}

const ROW_COUNTS = ['rows_created', 'rows_updated', 'rows_skipped', 'rows_rejected'] as const;
const RUN_COUNTS = ['files_total', 'files_loaded', 'files_skipped', 'files_failed', ...ROW_COUNTS] as const;
type RunCounts = Readonly<Partial<Record<(typeof RUN_COUNTS)[number], number>>>;
/** As what a file that is done with is counted; what may pass by itself is not done with. */
const COUNTED_AS: Readonly<Partial<Record<FileStatus, (typeof RUN_COUNTS)[number]>>> = {
  LOADED: 'files_loaded',
  PARTIAL: 'files_failed',
  DUPLICATE: 'files_skipped',
  SUPERSEDED: 'files_skipped',
  REJECTED: 'files_failed',
};

/** In the transaction in which the file is finished: a run counts each once. */
async function countInRun(session: Session, fileId: number, status: FileStatus): Promise<void> {
  const counted = COUNTED_AS[status];
  if (counted === undefined) return;
  const [file] = await session.query<Record<string, number | string | null>>(
    `SELECT run_id, ${ROW_COUNTS.join(', ')} FROM view360_ingest_files WHERE id = ?`,
    [fileId],
  );
  if (file === undefined || file['run_id'] === null) return;
  const rows = Object.fromEntries(ROW_COUNTS.map((name) => [name, Number(file[name])]));
  await addToRun(session, Number(file['run_id']), { files_total: 1, [counted]: 1, ...rows });
}

async function addToRun(session: Session, id: number | null, counts: RunCounts): Promise<void> {
  if (id === null) return;
  const names = Object.keys(counts);
  await session.execute(
    `UPDATE view360_ingest_runs SET ${names.map((name) => `${name} = ${name} + ?`).join(', ')} WHERE id = ?`,
    [...Object.values(counts), id],
  );
}
