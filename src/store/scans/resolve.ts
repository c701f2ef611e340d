import { ScanStatus } from '../../model/scan.ts';
import type { ScanOutcome } from '../../model/scan.ts';
import type { UnverifiedReason } from '../../model/scope.ts';
import type { WorkContext } from '../../work-context.ts';
import { recordChange } from '../access/audit.ts';
import { columnTypes, sqlType } from '../database/column-types.ts';
import type { Dialect } from '../database/column-types.ts';
import { joinInOrder, useIndex } from '../database/index-hints.ts';
import { withNamedLock } from '../database/named-lock.ts';
import { byText, insertRows, isOneOf } from '../database/statements.ts';
import { inTransaction, letOthersWrite } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { fromJson, sqlJson, sqlTime } from '../database/values.ts';
import { refreshEventCounts } from '../events/refresh-counts.ts';
import { applySuppressionRules } from '../events/suppression-rules.ts';
import { endExpiredSuppressions } from '../events/suppressions.ts';
import { keepCheckCounts } from './check-counts.ts';
import { readLook } from './look.ts';
import { judge, lacksCheck } from './resolution-rules.ts';
import type { Judgement, Look, Missing, Verdict } from './resolution-rules.ts';
import { endScanFailures } from './scan-failures.ts';
import { keyCondition, keyValues, writerLock } from './scan-key.ts';
import { keyOf, outcomeOfRow, scanRow } from './scans.ts';
import type { ScanRow } from './scans.ts';

const BATCH_ROWS = 500;
/** Holds all that events are judged by: their rows are not read. */
const BY_KIND = 'idx_events_kind';
const IS_OPEN = "e.status IN ('active', 'suppressed')";
/** Events that are resolved in one transaction: no other writer waits for longer than that takes. */
const CHUNK_ROWS = 5000;
/** Why an event ended that was not fixed. */
export const CHECK_GONE = 'check no longer exists';
let tables = 0;

/** Active events that the scan did not bring, by what decides on them. */
interface MissingGroup extends Missing {
  count: number;
}

/** A group in which the resource decides. */
interface MixedGroup {
  group: MissingGroup;
  judgement: Exclude<Judgement, Verdict>;
}

/** What is to be done about the events that the scan did not bring. */
interface Judged {
  /** Ids, in order. */
  resolved: number[];
  /** Ids of those whose check is no more. */
  gone: number[];
  unverified: Partial<Record<UnverifiedReason, number>>;
}

/**
 * Judges the active events that a persisted scan did not bring: resolved where the scan looked, unverified elsewhere; then
 * the scan is complete. Events are resolved in chunks, each in a transaction of its own that also counts them: killed at any
 * moment and called again, it arrives where one undisturbed call does. Once complete, it gives the same outcome and changes
 * nothing. A scan that is no longer the newest of its account resolves nothing more.
 *
 * @throws VedetteError of the database, or `not-found`; the signal's reason when aborted.
 */
export async function resolveEvents(
  store: Store,
  scanId: number,
  context: WorkContext,
  chunkRows = CHUNK_ROWS,
): Promise<ScanOutcome> {
  const startedAt = Date.now();
  await endExpiredSuppressions(store, new Date(), context.signal);
  const key = keyOf(await scanRow((sql, values) => store.read(sql, values), scanId));
  await applySuppressionRules(store, key, context.signal);
  return store.session(async (session) => {
    return withNamedLock(store, session, writerLock(key), context.signal, async () => {
      const scan = await scanRow(session.query, scanId);
      if (scan.completed_at === null) {
        const { resolved, gone, unverified } = await judgeMissing(store, session, scan, context);
        await markResolved(store, session, scan, { ids: resolved, because: null }, context, chunkRows);
        await markResolved(store, session, scan, { ids: gone, because: CHECK_GONE }, context, chunkRows);
        await inTransaction(store, session, context.signal, () =>
          complete(store, session, scan, unverified, startedAt),
        );
      }
      return outcomeOfRow(await scanRow(session.query, scanId));
    });
  });
}

/** The end of every scan that was stored, in the transaction that makes it complete. */
async function complete(
  store: Store,
  session: Session,
  scan: ScanRow,
  unverified: Partial<Record<UnverifiedReason, number>>,
  startedAt: number,
): Promise<void> {
  await session.execute(
    `UPDATE scout_scans
      SET events_unverified = ?, unverified_reasons = ?, duration_ms = duration_ms + ?, completed_at = ?
      WHERE id = ? AND completed_at IS NULL`,
    [
      Object.values(unverified).reduce((sum, count) => sum + count, 0),
      sqlJson(unverified),
      Date.now() - startedAt,
      sqlTime(new Date()),
      scan.id,
    ],
  );
  await tellOfGone(session, scan);
  await refreshEventCounts(store, session, keyOf(scan));
  if (await isNewest(session, scan)) await keepCheckCounts(session, keyOf(scan), scan.id);
  await endScanFailures(session, { ...keyOf(scan), profile: scan.profile });
  const { scanId, accountId, source, status, events } = outcomeOfRow(await scanRow(session.query, scan.id));
  await recordChange(session, {
    organizationId: scan.organization_id,
    action: 'scans.import',
    target: `scans/${scanId}`,
    before: null,
    after: { accountId, source, runId: scan.run_id, status, events },
  });
}

/** Events of checks that are no more are not among those that were fixed: a warning tells of them. */
async function tellOfGone(session: Session, scan: ScanRow): Promise<void> {
  const [row] = await session.query<{ gone: unknown }>(
    `SELECT COUNT(*) AS gone FROM scout_events e
      WHERE ${keyCondition('e')} AND e.resolved_at = ? AND e.ended_because IS NOT NULL`,
    [...keyValues(keyOf(scan)), scan.scan_time],
  );
  const gone = Number(row?.gone);
  if (gone === 0) return;
  const events = gone === 1 ? '1 event has' : `${gone} events have`;
  const warning = `${events} ended without being fixed: version ${scan.version} of the scanner has no such check any more.`;
  await session.execute('UPDATE scout_scans SET warnings = ? WHERE id = ?', [
    sqlJson([...(fromJson(scan.warnings) as string[]), warning]),
    scan.id,
  ]);
}

async function isNewest(session: Session, scan: ScanRow): Promise<boolean> {
  if (scan.status === ScanStatus.Superseded) return false;
  const newer = await session.query(
    `SELECT s.id FROM scout_scans s WHERE ${keyCondition('s')} AND s.scan_time > ? LIMIT 1`,
    [...keyValues(keyOf(scan)), scan.scan_time],
  );
  return newer.length === 0;
}

/** Group by group; only where resources decide, event by event. */
async function judgeMissing(
  store: Store,
  session: Session,
  scan: ScanRow,
  context: WorkContext,
): Promise<Judged> {
  const judged: Judged = { resolved: [], gone: [], unverified: {} };
  const groups = (await isNewest(session, scan)) ? await missingGroups(store, session, scan) : [];
  if (groups.length === 0) return judged;
  const look = await readLook(session, scan);
  const empty = new Set(
    look.scope.services.filter(({ resources }) => resources === 0).map(({ service }) => service),
  );
  const suspicious = groups.filter((group) => empty.has(group.service) || lacksCheck(group, look));
  const earlier = await earlierLooks(session, scan, suspicious);

  const resolved: MissingGroup[] = [];
  const gone: MissingGroup[] = [];
  const mixed: MixedGroup[] = [];
  for (const group of groups) {
    const judgement = judge(group, look, earlier);
    if (typeof judgement === 'function') mixed.push({ group, judgement });
    else if (judgement === 'resolved') resolved.push(group);
    else if (judgement === 'gone') gone.push(group);
    else countUnverified(judged, judgement, group.count);
  }
  judged.resolved = await missingIds(store, session, scan, resolved);
  judged.gone = await missingIds(store, session, scan, gone);
  if (mixed.length > 0) {
    const ids = await missingIds(
      store,
      session,
      scan,
      mixed.map(({ group }) => group),
    );
    await judgeSingly(session, ids, mixed, judged, context);
    judged.resolved.sort((one, other) => one - other);
  }
  return judged;
}

async function judgeSingly(
  session: Session,
  ids: readonly number[],
  mixed: readonly MixedGroup[],
  judged: Judged,
  { signal, onProgress }: WorkContext,
): Promise<void> {
  const judgements = new Map(mixed.map(({ group, judgement }) => [keyOfGroup(group), judgement]));
  for (let start = 0; start < ids.length; start += BATCH_ROWS) {
    signal.throwIfAborted();
    onProgress(`judging events: ${start} of ${ids.length}`);
    const [isOfBatch, ...values] = isOneOf('e.id', ids.slice(start, start + BATCH_ROWS)) ?? ['1 = 0'];
    const rows = await session.query<MissingRow & { id: number; resource_type: string; resource_id: string }>(
      `SELECT e.id, e.service, e.check_id, e.region, e.last_seen, e.resource_type, e.resource_id
        FROM scout_events e
        WHERE ${isOfBatch}
        ORDER BY e.id`,
      values,
    );
    for (const row of rows) {
      const resource = { resourceType: row.resource_type, resourceId: row.resource_id };
      const verdict = judgements.get(keyOfGroup(kindOf(row)))?.(resource);
      if (verdict === 'resolved') judged.resolved.push(row.id);
      else if (verdict === 'gone') judged.gone.push(row.id);
      else if (verdict !== undefined) countUnverified(judged, verdict, 1);
    }
  }
}

function countUnverified({ unverified }: Judged, reason: UnverifiedReason, events: number): void {
  unverified[reason] = (unverified[reason] ?? 0) + events;
}

function keyOfGroup({ service, checkId, region, lastSeen }: Omit<Missing, 'lastVersion'>): string {
  return JSON.stringify([service, checkId, region, lastSeen]);
}

interface MissingRow {
  service: string;
  check_id: string;
  region: string | null;
  last_seen: string;
}

function kindOf({ service, check_id: checkId, region, last_seen: lastSeen }: MissingRow) {
  return { service, checkId, region, lastSeen };
}

async function missingGroups({ dialect }: Store, session: Session, scan: ScanRow): Promise<MissingGroup[]> {
  const rows = await session.query<MissingRow & { count: number }>(
    `SELECT e.service, e.check_id, e.region, e.last_seen, COUNT(*) AS count
      FROM scout_events e ${useIndex(dialect, BY_KIND)}
      WHERE ${keyCondition('e')} AND ${IS_OPEN} AND e.last_seen < ?
      GROUP BY ${byText(dialect, ['e.service', 'e.check_id', 'e.region'])}, e.last_seen`,
    [...keyValues(keyOf(scan)), scan.scan_time],
  );
  const versions = await versionsByTime(session, scan);
  return rows.map((row) => ({
    ...kindOf(row),
    lastVersion: versions.get(row.last_seen) ?? '',
    count: row.count,
  }));
}

/** The versions of the scanner, by the times of its scans. */
async function versionsByTime(session: Session, scan: ScanRow): Promise<Map<string, string>> {
  const scans = await session.query<Pick<ScanRow, 'scan_time' | 'version'>>(
    `SELECT s.scan_time, s.version FROM scout_scans s WHERE ${keyCondition('s')}`,
    keyValues(keyOf(scan)),
  );
  return new Map(scans.map(({ scan_time: time, version }) => [time, version]));
}

/** Newest first; those after the last time that one of the groups was seen can say that it is gone. */
async function earlierLooks(
  session: Session,
  scan: ScanRow,
  groups: readonly MissingGroup[],
): Promise<Look[]> {
  if (groups.length === 0) return [];
  const lastSeen = groups
    .map((group) => group.lastSeen)
    .reduce((first, time) => (time < first ? time : first));
  const scans = await session.query<ScanRow>(
    `SELECT s.id, s.scan_time, s.version, s.scope
      FROM scout_scans s
      WHERE ${keyCondition('s')} AND s.scan_time > ? AND s.scan_time < ? AND s.status <> ?
      ORDER BY s.scan_time DESC`,
    [...keyValues(keyOf(scan)), lastSeen, scan.scan_time, ScanStatus.Superseded],
  );
  const looks: Look[] = [];
  for (const earlier of scans) looks.push(await readLook(session, earlier));
  return looks;
}

async function markResolved(
  store: Store,
  session: Session,
  scan: ScanRow,
  { ids, because }: { ids: readonly number[]; because: string | null },
  { signal, onProgress }: WorkContext,
  chunkRows: number,
): Promise<void> {
  for (let start = 0; start < ids.length; start += chunkRows) {
    onProgress(`resolving events: ${start} of ${ids.length}`);
    const chunk = ids.slice(start, start + chunkRows);
    await inTransaction(store, session, signal, () => resolveChunk(session, scan, chunk, because));
    await letOthersWrite(store, signal);
  }
}

/**
 * Those that were resolved by an earlier attempt, or seen by a newer scan, are left out and not counted; nor are those
 * that end for another reason than that they were fixed.
 */
async function resolveChunk(
  session: Session,
  scan: ScanRow,
  ids: readonly number[],
  because: string | null,
): Promise<void> {
  if (!(await isNewest(session, scan))) return;
  const [isOfChunk, ...values] = isOneOf('id', ids) ?? ['1 = 0'];
  const resolved = await session.execute(
    `UPDATE scout_events SET resolved_at = ?, ended_because = ?
      WHERE resolved_at IS NULL AND last_seen < ? AND ${isOfChunk}`,
    [scan.scan_time, because, scan.scan_time, ...values],
  );
  if (because !== null) return;
  await session.execute('UPDATE scout_scans SET events_resolved = events_resolved + ? WHERE id = ?', [
    resolved,
    scan.id,
  ]);
}

async function missingIds(
  store: Store,
  session: Session,
  scan: ScanRow,
  groups: readonly MissingGroup[],
): Promise<number[]> {
  if (groups.length === 0) return [];
  const table = `resolved_groups_${(tables += 1)}`;
  await createVerdictTable(session, store.dialect, table);
  try {
    for (let start = 0; start < groups.length; start += BATCH_ROWS) {
      const rows = groups
        .slice(start, start + BATCH_ROWS)
        .map(({ service, checkId, region, lastSeen }) => [service, checkId, region ?? '', lastSeen]);
      const { sql, values } = insertRows(table, ['service', 'check_id', 'region', 'last_seen'], rows);
      await session.execute(sql, values);
    }
    const rows = await session.query<{ id: number }>(
      `SELECT e.id
        FROM scout_events e ${useIndex(store.dialect, BY_KIND)}
        ${joinInOrder(store.dialect)} ${table} g
          ON g.service = e.service AND g.check_id = e.check_id AND g.region = COALESCE(e.region, '')
            AND g.last_seen = e.last_seen
        WHERE ${keyCondition('e')} AND ${IS_OPEN} AND e.last_seen < ?
        ORDER BY e.id`,
      [...keyValues(keyOf(scan)), scan.scan_time],
    );
    return rows.map(({ id }) => id);
  } finally {
    await dropVerdictTable(session, store.dialect, table).catch(() => undefined);
  }
}

async function createVerdictTable(session: Session, dialect: Dialect, table: string): Promise<void> {
  const { time } = columnTypes(dialect);
  // Binary, for MySQL would take names for the same that differ in blanks at the end.
  const exact = (length: number) => (dialect === 'mysql' ? `varbinary(${4 * length})` : `varchar(${length})`);
  await session.execute(
    `CREATE TEMPORARY TABLE ${table} (
      service ${exact(64)} NOT NULL,
      check_id ${exact(255)} NOT NULL,
      region ${exact(64)} NOT NULL,
      last_seen ${sqlType(time)} NOT NULL,
      PRIMARY KEY (service, check_id, region, last_seen)
    )`,
  );
}

async function dropVerdictTable(session: Session, dialect: Dialect, table: string): Promise<void> {
  await session.execute(`DROP ${dialect === 'mysql' ? 'TEMPORARY ' : ''}TABLE IF EXISTS ${table}`);
}
