import { VedetteError } from '../../errors.ts';
import { ScanStatus } from '../../model/scan.ts';
import type { WithdrawnScan } from '../../model/scan.ts';
import type { UnverifiedReason } from '../../model/scope.ts';
import type { WorkContext } from '../../work-context.ts';
import { recordChange } from '../access/audit.ts';
import { withNamedLock } from '../database/named-lock.ts';
import { isAmong } from '../database/statements.ts';
import { inTransaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { fromJson, isoTime, sqlJson } from '../database/values.ts';
import { refreshEventCounts } from '../events/refresh-counts.ts';
import { recountChecks } from './check-counts.ts';
import { readLook } from './look.ts';
import { replay } from './replay.ts';
import type { CountedAs, EventState, ReplayedScan } from './replay.ts';
import { CHECK_GONE } from './resolve.ts';
import { keyCondition, keyValues, writerLock } from './scan-key.ts';
import type { ScanKey } from './scan-key.ts';
import { keyOf, scanRow } from './scans.ts';
import type { ScanRow } from './scans.ts';

const BATCH_EVENTS = 2000;
const BATCH_IDS = 500;

interface EventRow {
  id: number;
  service: string;
  check_id: string;
  region: string | null;
  resource_type: string;
  resource_id: string;
  first_seen: string;
  last_seen: string;
  last_scan_id: number;
  resolved_at: string | null;
  ended_because: string | null;
  reopened_at: string | null;
  times_reopened: number;
}

/** What taking the scan back does to the tables. */
interface Changes {
  /** Ids of events that only it has seen. */
  removed: number[];
  /** Ids of other events, by what is to be set. */
  changed: Map<string, { set: SetColumns; ids: number[] }>;
  /** By how much the counters of the other scans change. */
  counters: Map<number, Partial<Record<CountedAs, number>>>;
  /** Events that are active again. */
  active: number;
}

type SetColumns = Partial<
  Omit<EventRow, 'id' | 'service' | 'check_id' | 'region' | 'resource_type' | 'resource_id'>
>;

/**
 * Takes a scan back that should not have been stored, as if it had never been. The account's history is played through with
 * and without it: what differs is what the scan has done, and all that is changed. So what a purge has forgotten, and what
 * people have done, stays.
 *
 * What it cannot give back: how an event was described before the scan described it anew, whether somebody was told of it,
 * and what other scans did not store because this one was newer. Those are stored anew when they are imported again.
 * An event that it made known, and that a scan which came late has seen too, stays: it was really there.
 *
 * @param options.dryRun only tell what it would come to
 * @throws VedetteError `not-found`, or `usage` when a purge has removed what the scan saw.
 */
export async function withdrawScan(
  store: Store,
  organizationId: string,
  scanId: number,
  context: WorkContext,
  { dryRun = false } = {},
): Promise<WithdrawnScan> {
  return store.session(async (session) => {
    const found = await scanRow(session.query, scanId);
    if (found.organization_id !== organizationId)
      throw new VedetteError('not-found', `There is no scan ${scanId}.`);
    return withNamedLock(store, session, writerLock(keyOf(found)), context.signal, async () =>
      withdrawLocked(store, session, await scanRow(session.query, scanId), context, { dryRun }),
    );
  });
}

/** The same for who holds the writer's lock already. */
export async function withdrawLocked(
  store: Store,
  session: Session,
  scan: ScanRow,
  context: WorkContext,
  { dryRun } = { dryRun: false },
): Promise<WithdrawnScan> {
  await refuseForgotten(session, scan);
  const changes = await changesWithout(session, scan, context);
  const setAside = await setAsideBecauseOf(session, scan);
  const changed = [...changes.changed.values()].reduce((sum, { ids }) => sum + ids.length, 0);
  const events = { removed: changes.removed.length, changed, active: changes.active };
  if (!dryRun) {
    await inTransaction(store, session, context.signal, async () => {
      await apply(session, changes, context);
      // What it found and its links go with it.
      await session.execute('DELETE FROM scout_scans WHERE id = ?', [scan.id]);
      await refreshEventCounts(store, session, keyOf(scan));
      await recountChecks(session, keyOf(scan));
      await recordChange(session, {
        organizationId: scan.organization_id,
        action: 'scans.withdraw',
        target: `scans/${scan.id}`,
        before: { accountId: scan.account_id, source: scan.source, scanTime: isoTime(scan.scan_time) },
        after: { events, setAside },
      });
    });
  }
  return {
    scanId: scan.id,
    accountId: scan.account_id,
    source: scan.source,
    scanTime: isoTime(scan.scan_time),
    events,
    setAside,
  };
}

/** @throws VedetteError `usage` */
async function refuseForgotten(session: Session, scan: ScanRow): Promise<void> {
  if (scan.events_total === 0) return;
  const [link] = await session.query('SELECT id FROM scout_event_findings WHERE scan_id = ? LIMIT 1', [
    scan.id,
  ]);
  if (link !== undefined || scan.status === ScanStatus.Superseded) return;
  throw new VedetteError(
    'usage',
    `A purge has removed what scan ${scan.id} saw: it cannot be taken back any more.`,
    {
      remedy: 'Scan the account again: the next scan says how it is now.',
    },
  );
}

/** Scans that are superseded, and by none but this one. */
async function setAsideBecauseOf(session: Session, scan: ScanRow): Promise<number[]> {
  const rows = await session.query<{ id: number }>(
    `SELECT s.id FROM scout_scans s
      WHERE ${keyCondition('s')} AND s.status = ? AND s.scan_time < ?
        AND NOT EXISTS (
          SELECT 1 FROM scout_scans n
          WHERE n.organization_id = s.organization_id AND n.account_id = s.account_id AND n.source = s.source
            AND n.scan_time > s.scan_time AND n.id <> ? AND n.id < s.id
        )
      ORDER BY s.id`,
    [...keyValues(keyOf(scan)), ScanStatus.Superseded, scan.scan_time, scan.id],
  );
  return rows.map(({ id }) => id);
}

async function changesWithout(
  session: Session,
  scan: ScanRow,
  { signal, onProgress }: WorkContext,
): Promise<Changes> {
  const scans = await replayedScans(session, keyOf(scan));
  const others = scans.filter(({ id }) => id !== scan.id);
  const changes: Changes = { removed: [], changed: new Map(), counters: new Map(), active: 0 };
  let after = 0;
  for (;;) {
    signal.throwIfAborted();
    const events = await nextEvents(session, keyOf(scan), after);
    if (events.length === 0) break;
    const links = await linksOf(session, events);
    for (const event of events) {
      const brought = links.get(event.id) ?? new Set<number>();
      const times = new Set(scans.filter(({ id }) => brought.has(id)).map(({ time }) => time));
      const known = [event.first_seen, event.last_seen, event.reopened_at];
      const forgotten = known.filter((time): time is string => time !== null && !times.has(time));
      const left = new Set([...brought].filter((id) => id !== scan.id));
      compare(
        changes,
        event,
        replay(kindOf(event), scans, brought, forgotten),
        replay(kindOf(event), others, left, forgotten),
      );
    }
    after = events.at(-1)?.id ?? after;
    onProgress(`${after} events replayed`);
  }
  changes.counters.delete(scan.id);
  return changes;
}

function kindOf(event: EventRow) {
  const { service, check_id: checkId, region, resource_type: resourceType, resource_id: resourceId } = event;
  return { service, checkId, region, resourceType, resourceId };
}

/** Notes what differs between what the event is with the scan, and without it. */
function compare(
  changes: Changes,
  event: EventRow,
  before: EventState | null,
  after: EventState | null,
): void {
  count(changes, before, -1);
  count(changes, after, 1);
  if (after === null) {
    if (before !== null) changes.removed.push(event.id);
    return;
  }
  const set: SetColumns = {};
  if (before?.firstSeen !== after.firstSeen) set.first_seen = after.firstSeen;
  if (before?.lastSeen !== after.lastSeen) set.last_seen = after.lastSeen;
  if (before?.lastScanId !== after.lastScanId) set.last_scan_id = after.lastScanId ?? 0;
  if (before?.reopenedAt !== after.reopenedAt) set.reopened_at = after.reopenedAt;
  if (before?.resolvedAt !== after.resolvedAt || before.isGone !== after.isGone) {
    set.resolved_at = after.resolvedAt;
    set.ended_because = after.isGone ? CHECK_GONE : null;
    if (after.resolvedAt === null) changes.active += 1;
  }
  const reopened = after.timesReopened - (before?.timesReopened ?? 0);
  if (reopened !== 0) set.times_reopened = Math.max(0, event.times_reopened + reopened);
  if (Object.keys(set).length === 0) return;
  const key = JSON.stringify(set);
  const same = changes.changed.get(key);
  if (same === undefined) changes.changed.set(key, { set, ids: [event.id] });
  else same.ids.push(event.id);
}

function count({ counters }: Changes, state: EventState | null, by: 1 | -1): void {
  for (const [scanId, as] of state?.countedAs ?? []) {
    const of = counters.get(scanId) ?? {};
    of[as] = (of[as] ?? 0) + by;
    counters.set(scanId, of);
  }
}

async function replayedScans(session: Session, key: ScanKey): Promise<ReplayedScan[]> {
  const rows = await session.query<ScanRow>(
    `SELECT s.* FROM scout_scans s WHERE ${keyCondition('s')} ORDER BY s.scan_time, s.id`,
    keyValues(key),
  );
  const scans: ReplayedScan[] = [];
  for (const row of rows) {
    scans.push({
      id: row.id,
      time: row.scan_time,
      look: await readLook(session, row),
      isSuperseded: row.status === ScanStatus.Superseded,
      isJudged: row.completed_at !== null,
    });
  }
  return scans;
}

async function nextEvents(session: Session, key: ScanKey, after: number): Promise<EventRow[]> {
  return session.query<EventRow>(
    `SELECT e.id, e.service, e.check_id, e.region, e.resource_type, e.resource_id, e.first_seen, e.last_seen,
        e.last_scan_id, e.resolved_at, e.ended_because, e.reopened_at, e.times_reopened
      FROM scout_events e
      WHERE ${keyCondition('e')} AND e.id > ?
      ORDER BY e.id
      LIMIT ${BATCH_EVENTS}`,
    [...keyValues(key), after],
  );
}

async function linksOf(session: Session, events: readonly EventRow[]): Promise<Map<number, Set<number>>> {
  const links = new Map<number, Set<number>>();
  for (let start = 0; start < events.length; start += BATCH_IDS) {
    const [wanted, ...values] = isAmong(
      'l.event_id',
      events.slice(start, start + BATCH_IDS).map(({ id }) => id),
    );
    const rows = await session.query<{ event_id: number; scan_id: number }>(
      `SELECT l.event_id, l.scan_id FROM scout_event_findings l WHERE ${wanted}`,
      values,
    );
    for (const { event_id: event, scan_id: scan } of rows) {
      const of = links.get(event);
      if (of === undefined) links.set(event, new Set([scan]));
      else of.add(scan);
    }
  }
  return links;
}

async function apply(
  session: Session,
  { removed, changed, counters }: Changes,
  context: WorkContext,
): Promise<void> {
  for (const ids of batches(removed)) {
    const [wanted, ...values] = isAmong('id', ids);
    await session.execute(`DELETE FROM scout_events WHERE ${wanted}`, values);
    context.signal.throwIfAborted();
  }
  for (const { set, ids } of changed.values()) {
    const columns = Object.entries(set);
    for (const some of batches(ids)) {
      const [wanted, ...values] = isAmong('id', some);
      await session.execute(
        `UPDATE scout_events SET ${columns.map(([column]) => `${column} = ?`).join(', ')} WHERE ${wanted}`,
        [...columns.map(([, value]) => value), ...values],
      );
      context.signal.throwIfAborted();
    }
  }
  for (const [scanId, by] of counters) await changeCounters(session, scanId, by);
}

function* batches(ids: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start < ids.length; start += BATCH_IDS) yield ids.slice(start, start + BATCH_IDS);
}

async function changeCounters(
  session: Session,
  scanId: number,
  by: Partial<Record<CountedAs, number>>,
): Promise<void> {
  const { new: fresh = 0, still = 0, reopened = 0, resolved = 0, gone: _gone, ...unverified } = by;
  const row = await scanRow(session.query, scanId);
  const reasons = { ...(fromJson(row.unverified_reasons) as Partial<Record<UnverifiedReason, number>>) };
  for (const [reason, events] of Object.entries(unverified) as [UnverifiedReason, number][]) {
    const left = (reasons[reason] ?? 0) + events;
    if (left > 0) reasons[reason] = left;
    else delete reasons[reason];
  }
  await session.execute(
    `UPDATE scout_scans
      SET events_new = ?, events_still = ?, events_reopened = ?, events_resolved = ?, events_unverified = ?,
        unverified_reasons = ?
      WHERE id = ?`,
    [
      Math.max(0, row.events_new + fresh),
      Math.max(0, row.events_still + still),
      Math.max(0, row.events_reopened + reopened),
      Math.max(0, row.events_resolved + resolved),
      Object.values(reasons).reduce((sum, events) => sum + events, 0),
      sqlJson(reasons),
      scanId,
    ],
  );
}
