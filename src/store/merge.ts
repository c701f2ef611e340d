import { keyCondition, keyValues } from './scan-key.ts';
import type { ScanKey } from './scan-key.ts';
import type { StagedEvents } from './staging.ts';
import { insertJoined, lookUp, updateJoined } from './statements.ts';
import type { Session, Store } from './store.ts';
import type { SqlValue } from './values.ts';

/** What a scan is to its events. */
export interface MergedScan {
  id: number;
  key: ScanKey;
  /** As the datetime columns hold it. */
  time: string;
}

/** How the known events stand that staged ones meet; `Merged` are those that this scan has brought already. */
const Standing = { Active: 1, Resolved: 2, Merged: 3 } as const;

/** Known events whose description is not what the scan says. */
const DIFFERS =
  '(e.level <> s.level OR e.resource_id <> s.resource_id OR e.resource_type <> s.resource_type ' +
  "OR e.item_path <> s.item_path OR e.details <> s.details OR COALESCE(e.region, '') <> COALESCE(s.region, '') " +
  "OR COALESCE(e.resource_name, '') <> COALESCE(s.resource_name, ''))";

const NEW_EVENT_COLUMNS =
  'organization_id, account_id, source, service, check_id, level, resource_id, resource_name, resource_type, region, ' +
  'item_path, details, event_hash, first_seen, last_seen, last_scan_id';

/**
 * Merges staged events into the tables and counts them in the scan's row; within a transaction. What the scan has brought is
 * known by `last_scan_id`, so that an event that comes again changes nothing and counts nothing.
 */
export async function mergeStaged(
  { dialect }: Store,
  session: Session,
  scan: MergedScan,
  staged: StagedEvents,
): Promise<void> {
  const known = { target: 'scout_events e', source: `${staged.table} s` };
  const update = async (standing: number, set: Parameters<typeof updateJoined>[1]['set'], and = '') => {
    const on = `s.standing = ? AND s.event_id = e.id${and}`;
    const { sql, values } = updateJoined(dialect, { ...known, on: [on, standing], set });
    await session.execute(sql, values);
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

  await meetKnownEvents({ dialect }, session, scan, staged);
  const counts = await countStandings(session, staged);
  if (counts.still > 0) {
    // Apart from the rest, for SQLite writes every index of the columns that are set, whether they change or not.
    await update(Standing.Active, seen);
    // What an active event is known to be is not overwritten by what a scan with fetch errors says.
    const details = ['CASE WHEN s.unconfirmed = 1 THEN e.details ELSE s.details END'] as const;
    await update(Standing.Active, { ...described, details }, ` AND ${DIFFERS}`);
  }
  if (counts.reopened > 0) {
    await update(Standing.Resolved, {
      ...seen,
      ...described,
      details: ['s.details'],
      resolved_at: ['NULL'],
      reopened_at: ['?', scan.time],
      times_reopened: ['e.times_reopened + 1'],
      notified: ['0'],
    });
  }
  if (counts.new > 0) await insertNewEvents(session, scan, staged);
  await insertLinks({ dialect }, session, scan, staged, ['COALESCE(s.standing, 0) <> ?', Standing.Merged]);
  await session.execute(
    'UPDATE scout_scans SET events_new = events_new + ?, events_still = events_still + ?, ' +
      'events_reopened = events_reopened + ? WHERE id = ?',
    [counts.new, counts.still, counts.reopened, scan.id],
  );
}

/** Staged events of a scan that is not the newest: it may know earlier times of known events, and is linked to them. */
export async function mergeSuperseded(
  { dialect }: Store,
  session: Session,
  scan: MergedScan,
  staged: StagedEvents,
): Promise<void> {
  await meetKnownEvents({ dialect }, session, scan, staged);
  const { sql, values } = updateJoined(dialect, {
    target: 'scout_events e',
    source: `${staged.table} s`,
    on: ['s.event_id = e.id AND e.first_seen > ?', scan.time],
    set: { first_seen: ['?', scan.time] },
  });
  await session.execute(sql, values);
  await insertLinks({ dialect }, session, scan, staged, [
    'NOT EXISTS (SELECT 1 FROM scout_event_findings l WHERE l.scan_id = ? AND l.event_id = e.id)',
    scan.id,
  ]);
}

async function meetKnownEvents(
  { dialect }: Pick<Store, 'dialect'>,
  session: Session,
  { id, key }: MergedScan,
  { table }: StagedEvents,
): Promise<void> {
  const { sql, values } = lookUp(dialect, {
    target: `${table} s`,
    source: 'scout_events e',
    on: [`${keyCondition('e')} AND e.event_hash = s.event_hash`, ...keyValues(key)],
    set: {
      event_id: 'e.id',
      standing:
        `CASE WHEN e.last_scan_id = ${id} THEN ${Standing.Merged} WHEN e.resolved_at IS NOT NULL ` +
        `THEN ${Standing.Resolved} WHEN e.id IS NOT NULL THEN ${Standing.Active} END`,
    },
  });
  await session.execute(sql, values);
}

async function countStandings(
  session: Session,
  { table }: StagedEvents,
): Promise<{ new: number; still: number; reopened: number }> {
  const rows = await session.query<{ standing: number | null; events: unknown }>(
    `SELECT s.standing, COUNT(*) AS events FROM ${table} s GROUP BY s.standing`,
  );
  const count = (standing: number | null) =>
    Number(rows.find((row) => row.standing === standing)?.events ?? 0);
  return {
    new: count(null),
    still: count(Standing.Active),
    reopened: count(Standing.Resolved),
  };
}

async function insertNewEvents(
  session: Session,
  { id, key, time }: MergedScan,
  { table }: StagedEvents,
): Promise<void> {
  await session.execute(
    `INSERT INTO scout_events (${NEW_EVENT_COLUMNS}) SELECT ?, ?, ?, s.service, s.check_id, s.level, s.resource_id, ` +
      's.resource_name, s.resource_type, s.region, s.item_path, s.details, s.event_hash, ?, ?, ? ' +
      `FROM ${table} s WHERE s.standing IS NULL ORDER BY s.position`,
    [...keyValues(key), time, time, id],
  );
}

async function insertLinks(
  { dialect }: Pick<Store, 'dialect'>,
  session: Session,
  { id, key }: MergedScan,
  { table }: StagedEvents,
  [condition, value]: readonly [sql: string, value: SqlValue],
): Promise<void> {
  const { sql, values } = insertJoined(dialect, {
    into: 'scout_event_findings (organization_id, event_id, finding_id, scan_id)',
    select: ['?, e.id, f.id, f.scan_id', key.organizationId],
    from: `${table} s`,
    joins: [
      ['scout_events e', `${keyCondition('e')} AND e.event_hash = s.event_hash`, ...keyValues(key)],
      ['scout_findings f', 'f.scan_id = ? AND f.service = s.service AND f.finding_id = s.check_id', id],
    ],
    where: [condition, value],
  });
  await session.execute(sql, values);
}
