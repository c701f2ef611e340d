import { LEVELS } from '../../model/level.ts';
import type { Dialect } from '../database/column-types.ts';
import { joinInOrder } from '../database/index-hints.ts';
import { lookUp, sameText, updateJoined } from '../database/statements.ts';
import type { Fragment } from '../database/statements.ts';
import type { Session, Store } from '../database/store.ts';
import { keyCondition, keyValues } from './scan-key.ts';
import type { ScanKey } from './scan-key.ts';
import type { StagedEvents } from './staged-events.ts';

/** What a scan is to its events. */
export interface MergedScan {
  id: number;
  key: ScanKey;
  /** As the datetime columns hold it. */
  time: string;
}

/** Known events whose description is not what the scan says. */
const DIFFERS = `(
  e.level <> s.level
  OR e.resource_id <> s.resource_id
  OR e.resource_type <> s.resource_type
  OR e.item_path <> s.item_path
  OR e.details <> s.details
  OR COALESCE(e.region, '') <> COALESCE(s.region, '')
  OR COALESCE(e.resource_name, '') <> COALESCE(s.resource_name, '')
)`;

/** By the status, which no index begins with: the staged events are to be read first. */
const IS_OPEN = "e.status <> 'resolved'";
const IS_RESOLVED = "e.status = 'resolved'";

/** The gravest is 0. */
function rankOf(level: string): string {
  const cases = LEVELS.map((name, rank) => `WHEN '${name}' THEN ${rank}`);
  return `CASE ${level} ${cases.join(' ')} END`;
}

/** Staged events that are in the tables now, and are still to be linked to the scan's findings. */
export interface Unlinked {
  staged: StagedEvents;
  /** Where the ids of those lie that were new. */
  newIds: { after: number; upTo: number } | undefined;
  /** Events among them that were known. */
  known: number;
  /** Whether some of them may be linked already. */
  mayBeLinked: boolean;
}

/**
 * Merges staged events into the tables and counts them in the scan's row; within a transaction. What the scan has brought is
 * known by `last_scan_id`, so that an event that comes again changes nothing and counts nothing.
 */
export async function mergeStaged(
  { dialect }: Store,
  session: Session,
  scan: MergedScan,
  staged: StagedEvents,
): Promise<Unlinked> {
  const update = async (
    condition: string,
    set: Parameters<typeof updateJoined>[1]['set'],
  ): Promise<number> => {
    const { sql, values } = updateJoined(dialect, {
      target: 'scout_events e',
      source: `${staged.table} s`,
      on: [`s.event_id = e.id AND e.last_scan_id <> ? AND ${condition}`, scan.id],
      set,
    });
    return session.execute(sql, values);
  };
  const seen = { last_seen: ['?', scan.time], last_scan_id: ['?', scan.id] } as const;
  const described = {
    level: ['s.level'],
    resource_id: ['s.resource_id'],
    resource_name: ['s.resource_name'],
    resource_type: ['s.resource_type'],
    region: ['s.region'],
    item_path: ['s.item_path'],
  } as const;

  const known = await meetKnownEvents({ dialect }, session, scan, staged);
  let still = 0;
  let reopened = 0;
  if (known > 0) {
    // What an open event is known to be is not overwritten by what a scan says that could not read all of it.
    const details = ['CASE WHEN s.unconfirmed = 1 THEN e.details ELSE s.details END'] as const;
    // Apart from the rest, for SQLite writes every index of the columns that are set, whether they change or not.
    // Before the level becomes what the scan says. Who was told of the event at a lower level is told again.
    const rises = `${rankOf('s.level')} < ${rankOf('e.level')}`;
    await update(`${IS_OPEN} AND e.level <> s.level`, {
      raised_from: [`CASE WHEN ${rises} THEN e.level END`],
      notified: [`CASE WHEN ${rises} THEN 0 ELSE e.notified END`],
    });
    await update(`${IS_OPEN} AND ${DIFFERS}`, { ...described, details });
    still = await update(IS_OPEN, seen);
  }
  if (known > still) {
    reopened = await update(IS_RESOLVED, {
      ...seen,
      ...described,
      details: ['s.details'],
      resolved_at: ['NULL'],
      ended_because: ['NULL'],
      reopened_at: ['?', scan.time],
      times_reopened: ['e.times_reopened + 1'],
      raised_from: ['NULL'],
      notified: ['0'],
    });
  }
  const fresh = staged.size - known;
  const newIds = fresh > 0 ? await insertNewEvents(session, scan, staged) : undefined;
  await session.execute(
    `UPDATE scout_scans
      SET
        events_new = events_new + ?,
        events_still = events_still + ?,
        events_reopened = events_reopened + ?
      WHERE id = ?`,
    [fresh, still, reopened, scan.id],
  );
  return { staged, newIds, known, mayBeLinked: known > still + reopened };
}

/** Staged events of a scan that is not the newest: it may know earlier times of known events, and is linked to them. */
export async function mergeSuperseded(
  { dialect }: Store,
  session: Session,
  scan: MergedScan,
  staged: StagedEvents,
): Promise<Unlinked> {
  const known = await meetKnownEvents({ dialect }, session, scan, staged);
  const { sql, values } = updateJoined(dialect, {
    target: 'scout_events e',
    source: `${staged.table} s`,
    on: ['s.event_id = e.id AND e.first_seen > ?', scan.time],
    set: { first_seen: ['?', scan.time] },
  });
  await session.execute(sql, values);
  return { staged, newIds: undefined, known, mayBeLinked: true };
}

/** Notes the ids of known events beside the staged ones; gives how many there are. */
async function meetKnownEvents(
  { dialect }: Pick<Store, 'dialect'>,
  session: Session,
  { key }: MergedScan,
  { table }: StagedEvents,
): Promise<number> {
  const { sql, values } = lookUp(dialect, {
    target: `${table} s`,
    column: 'event_id',
    value: 'e.id',
    source: 'scout_events e',
    on: [`${keyCondition('e')} AND e.event_hash = s.event_hash`, ...keyValues(key)],
  });
  await session.execute(sql, values);
  const [row] = await session.query<{ known: unknown }>(
    `SELECT COUNT(*) AS known FROM ${table} s WHERE s.event_id > 0`,
  );
  return Number(row?.known);
}

/** Gives where their ids lie: no other chunk of the scan has ids there. */
async function insertNewEvents(
  session: Session,
  { id, key, time }: MergedScan,
  { table }: StagedEvents,
): Promise<{ after: number; upTo: number }> {
  const lastId = async () => {
    const [last] = await session.query<{ id: number | null }>('SELECT MAX(id) AS id FROM scout_events');
    return last?.id ?? 0;
  };
  const after = await lastId();
  await session.execute(
    `INSERT INTO scout_events (
        organization_id, account_id, source, service, check_id, level,
        resource_id, resource_name, resource_type, region, item_path, details, event_hash,
        first_seen, last_seen, last_scan_id
      )
      SELECT
        ?, ?, ?, s.service, s.check_id, s.level,
        s.resource_id, s.resource_name, s.resource_type, s.region, s.item_path, s.details, s.event_hash,
        ?, ?, ?
      FROM ${table} s
      WHERE s.event_id = 0
      ORDER BY s.position`,
    [...keyValues(key), time, time, id],
  );
  return { after, upTo: await lastId() };
}

/** Links merged events to the scan's findings, each once; within a transaction. */
export async function linkMerged(
  { dialect }: Store,
  session: Session,
  scan: MergedScan,
  { staged, newIds, known, mayBeLinked }: Unlinked,
): Promise<void> {
  if (known > 0) {
    const isLinked = `
      SELECT 1 FROM scout_event_findings l
      WHERE l.scan_id = ? AND l.event_id = s.event_id`;
    await insertLinks(dialect, session, scan, {
      events: `${staged.table} s`,
      eventId: 's.event_id',
      check: isOfCheck(dialect, 's'),
      where: mayBeLinked ? [`s.event_id > 0 AND NOT EXISTS (${isLinked})`, scan.id] : ['s.event_id > 0'],
    });
  }
  if (newIds === undefined) return;
  // They are found by their ids: by their hashes they would be looked for one by one.
  await insertLinks(dialect, session, scan, {
    events: 'scout_events e',
    eventId: 'e.id',
    check: isOfCheck(dialect, 'e'),
    where: ['e.id > ? AND e.id <= ? AND e.last_scan_id = ?', newIds.after, newIds.upTo, scan.id],
  });
}

function isOfCheck(dialect: Dialect, alias: string): string {
  return `${sameText(dialect, 'f.service', `${alias}.service`)} AND ${sameText(dialect, 'f.finding_id', `${alias}.check_id`)}`;
}

async function insertLinks(
  dialect: Dialect,
  session: Session,
  { id, key }: MergedScan,
  { events, eventId, check, where }: { events: string; eventId: string; check: string; where: Fragment },
): Promise<void> {
  const [condition, ...values] = where;
  await session.execute(
    `INSERT INTO scout_event_findings (organization_id, event_id, finding_id, scan_id)
      SELECT ?, ${eventId}, f.id, f.scan_id
      FROM ${events}
      ${joinInOrder(dialect)} scout_findings f ON f.scan_id = ? AND ${check}
      WHERE ${condition}`,
    [key.organizationId, id, ...values],
  );
}
