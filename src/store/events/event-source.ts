import { EVENT_STATUSES } from '../../model/event.ts';
import type { EventFilter } from '../../model/filters.ts';
import { LEVELS } from '../../model/level.ts';
import type { Dialect } from '../database/column-types.ts';
import { joinInOrder, useIndex } from '../database/index-hints.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Statement } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { checksMatching } from './checks.ts';
import { countMatching, kindsOf } from './counts.ts';
import { EVENT_TIMES, hasInText, within } from './event-conditions.ts';
import type { EventTime, SoughtFilter } from './event-conditions.ts';
import { BY_LEVEL } from './event-order.ts';

/** Up to how many events are gathered and sorted where each has to be read for it. */
export const FEW_ROWS = 10_000;

/** Where events are to be found: among those of `from`, or without it among all that match the filter's kinds. */
export interface EventSource {
  from?: Statement;
  /** What they must match; may say the same as the one that was asked for in other words. */
  filter: SoughtFilter;
}

/** Where the events of a run, of a resource, of a search, or of a time are to be found, if they are no more than `most`. */
export async function narrowedSource(
  store: Store,
  asked: EventFilter,
  most: number = FEW_ROWS,
): Promise<EventSource> {
  const { from, filter } = await resolveSearch(store, await withSoughtChecks(store, asked), most);
  if (from !== undefined) return { from, filter };
  const narrow = [
    ...(filter.runId === undefined ? [] : [ofRun(filter.organizationId, filter.runId)]),
    ...(filter.resource === undefined ? [] : [ofResource(store.dialect, filter, filter.resource)]),
    ...EVENT_TIMES.flatMap((time) => ofTime(store.dialect, filter, time) ?? []),
  ];
  for (const ids of narrow) {
    if (await isFew(store, ids, most)) return { from: joined(store.dialect, ids), filter };
  }
  return { filter };
}

/** The filter with the checks that its search means, as conditions on events need it. */
export async function withSoughtChecks(store: Store, filter: EventFilter): Promise<SoughtFilter> {
  const { organizationId, search } = filter;
  if (search === undefined) return filter;
  const checks = await checksMatching(store, organizationId, search);
  return { ...filter, soughtChecks: [...new Set(checks.map(({ checkId }) => checkId))] };
}

/** A search that only checks match becomes their list. */
async function resolveSearch(store: Store, filter: SoughtFilter, most: number): Promise<EventSource> {
  const { organizationId, search, soughtChecks = [] } = filter;
  if (search === undefined) return { filter };
  const ids = await idsOfText(store, organizationId, search, most + 1);
  if (ids.length === 0) {
    const { search: _, soughtChecks: __, ...rest } = filter;
    return { filter: { ...rest, checkIds: bothOf(filter.checkIds, soughtChecks) } };
  }
  const ofChecks = { organizationId, checkIds: soughtChecks };
  const events = soughtChecks.length === 0 ? 0 : await countMatching(store, ofChecks);
  if (ids.length + events > most) return { filter };
  const known = idList(store.dialect, ids);
  if (soughtChecks.length === 0) return { from: joined(store.dialect, known), filter };
  const kinds = kindsOf(store.dialect, ofChecks);
  const either = {
    sql: `${known.sql} UNION SELECT e.id FROM ${kinds.sql}`,
    values: [...known.values, ...kinds.values],
  };
  return { from: joined(store.dialect, either), filter };
}

/**
 * Ids of events whose resource's id, name or tags have the text in them, but no more than `limit`. The index is read from its
 * beginning: at most all of it, when few match; where many do, they soon turn up.
 */
async function idsOfText(
  store: Store,
  organizationId: string,
  search: string,
  limit: number,
): Promise<number[]> {
  const [sql, text] = hasInText(search);
  const rows = await store.read<{ id: number }>(
    `SELECT e.id
      FROM scout_events e ${useIndex(store.dialect, 'idx_events_search')}
      WHERE e.organization_id = ? AND ${sql}
      LIMIT ?`,
    [organizationId, text, limit],
  );
  return rows.map(({ id }) => id);
}

/** A table of ids, bound as one value. */
function idList(dialect: Dialect, ids: readonly number[]): Statement {
  const table =
    dialect === 'mysql'
      ? "SELECT j.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id INT PATH '$')) j"
      : 'SELECT j.value AS id FROM json_each(?) j';
  return { sql: table, values: [JSON.stringify(ids)] };
}

function bothOf(asked: readonly string[] | undefined, found: readonly string[]): readonly string[] {
  return asked === undefined ? found : found.filter((value) => asked.includes(value));
}

/** Whether the query has no more than so many rows; reads no more than that. */
async function isFew(store: Store, { sql, values }: Statement, most: number): Promise<boolean> {
  const [row] = await store.read<{ total: unknown }>(
    `SELECT COUNT(*) AS total FROM (SELECT * FROM (${sql}) r LIMIT ?) few`,
    [...values, most + 1],
  );
  return Number(row?.total) <= most;
}

/** Ids of the events whose resource has that id or name. */
function ofResource(dialect: Dialect, { organizationId }: EventFilter, resource: string): Statement {
  const parts = Object.entries(RESOURCE_INDEXES).map(
    ([column, index]) =>
      `SELECT e.id FROM scout_events e ${useIndex(dialect, index)} WHERE e.organization_id = ? AND ${column} = ?`,
  );
  return { sql: parts.join(' UNION '), values: parts.flatMap(() => [organizationId, resource]) };
}

const RESOURCE_INDEXES = {
  'e.resource_id': 'idx_resource_id_type',
  'e.resource_name': 'ix_scout_events_resource_name',
};

/** Ids of the events of that time, with the statuses and levels that are asked for; undefined when no time is. */
function ofTime(dialect: Dialect, filter: EventFilter, time: EventTime): Statement | undefined {
  const isWithin = within(filter, time);
  if (isWithin === undefined) return undefined;
  const { statuses, levels } = { ...EVERY_STATUS_AND_LEVEL, ...filter };
  const { sql, values } = conditions([
    ['e.organization_id = ?', filter.organizationId],
    isOneOf('e.status', statuses),
    time.index === BY_LEVEL ? isOneOf('e.level', levels) : undefined,
    isWithin,
  ]);
  return { sql: `SELECT e.id FROM scout_events e ${useIndex(dialect, time.index)} WHERE ${sql}`, values };
}

function joined(dialect: Dialect, { sql, values }: Statement): Statement {
  return { sql: `(${sql}) known ${joinInOrder(dialect)} scout_events e ON e.id = known.id`, values };
}

/** Ids of the events that scans of a run have found. */
function ofRun(organizationId: string, runId: string): Statement {
  return {
    sql: `SELECT DISTINCT l.event_id AS id
      FROM scout_scans s
      JOIN scout_event_findings l ON l.scan_id = s.id
      WHERE s.organization_id = ? AND s.run_id = ?`,
    values: [organizationId, runId],
  };
}

export const EVERY_STATUS_AND_LEVEL = { statuses: EVENT_STATUSES, levels: LEVELS };
