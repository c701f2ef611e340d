import { EVENT_STATUSES } from '../../model/event.ts';
import type { EventFilter } from '../../model/filters.ts';
import { LEVELS } from '../../model/level.ts';
import type { Dialect } from '../database/column-types.ts';
import { joinInOrder, useIndex } from '../database/index-hints.ts';
import type { Fragment, Statement } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { checksBeginningWith, countByService } from './counts.ts';
import { beginsWith, eventConditions } from './event-conditions.ts';
import { BY_LEVEL } from './event-order.ts';

/** Up to how many events are gathered and sorted where each has to be read for it. */
export const FEW_ROWS = 10_000;

/** Where events are to be found: among those of `from`, or without it among all that match the filter's kinds. */
export interface EventSource {
  from?: Statement;
  /** What they must match; may say the same as the one that was asked for in other words. */
  filter: EventFilter;
}

/** Where the events of a search or of a run, or those seen since then, are to be found if they are few. */
export async function narrowedSource(store: Store, asked: EventFilter): Promise<EventSource> {
  const { from, filter } = await resolveSearch(store, asked, FEW_ROWS);
  if (from !== undefined || filter.since === undefined) return { ...(from && { from }), filter };
  const seen = seenSince(store.dialect, { ...EVERY_STATUS_AND_LEVEL, ...filter, since: filter.since });
  return (await isFew(store, seen, FEW_ROWS)) ? { from: joined(store.dialect, seen), filter } : { filter };
}

/**
 * Resources that are called or begin so, where these are few. A search that only checks match becomes their list; of one
 * that only ids match, the services are found out.
 */
export async function resolveSearch(store: Store, filter: EventFilter, most: number): Promise<EventSource> {
  const { organizationId, resource, search, runId } = filter;
  if (runId !== undefined) {
    const found = foundInRun(organizationId, runId);
    if (await isFew(store, found, most)) return { from: joined(store.dialect, found), filter };
  }
  if (resource === undefined && search === undefined) return { filter };
  const [ids, names, checks] = await Promise.all([
    countUpTo(store, resourcesOf(store.dialect, filter, ['e.resource_id']), most + 1),
    countUpTo(store, resourcesOf(store.dialect, filter, ['e.resource_name']), most + 1),
    search === undefined ? [] : checksBeginningWith(store, organizationId, search),
  ]);
  if (checks.length === 0 && ids + names <= most)
    return {
      from: joined(store.dialect, resourcesOf(store.dialect, filter, ['e.resource_id', 'e.resource_name'])),
      filter,
    };
  if (resource === undefined && search !== undefined && ids + names === 0) {
    const { search: _, ...rest } = filter;
    return { filter: { ...rest, checkIds: bothOf(filter.checkIds, checks) } };
  }
  if (resource === undefined && search !== undefined && names === 0 && checks.length === 0)
    return {
      filter: {
        ...filter,
        services: bothOf(filter.services, await servicesOfResources(store, filter, search)),
      },
    };
  return { filter };
}

function bothOf(asked: readonly string[] | undefined, found: readonly string[]): readonly string[] {
  return asked === undefined ? found : found.filter((value) => asked.includes(value));
}

/** Whether the query has no more than so many rows; reads no more than that. */
export async function isFew(store: Store, query: Statement, most: number): Promise<boolean> {
  return (await countUpTo(store, query, most + 1)) <= most;
}

/** How many rows the query has, but no more than `limit`. */
async function countUpTo(store: Store, { sql, values }: Statement, limit: number): Promise<number> {
  const [row] = await store.read<{ total: unknown }>(
    `SELECT COUNT(*) AS total FROM (SELECT * FROM (${sql}) r LIMIT ?) few`,
    [...values, limit],
  );
  return Number(row?.total);
}

async function servicesOfResources(store: Store, filter: EventFilter, search: string): Promise<string[]> {
  const [begins, ...start] = beginsWith('e.resource_start', search);
  const index = useIndex(store.dialect, 'idx_events_resource');
  const services = (await countByService(store, filter)).map(({ service }) => service);
  const found = await Promise.all(
    services.map((service) =>
      store.read(
        `SELECT e.id
          FROM scout_events e ${index}
          WHERE e.organization_id = ? AND e.service = ? AND ${begins}
          LIMIT 1`,
        [filter.organizationId, service, ...start],
      ),
    ),
  );
  return services.filter((_service, place) => found[place]?.length === 1);
}

/** Ids of the events whose resource has the wanted id or name, or one that begins with what is searched for. */
function resourcesOf(
  dialect: Dialect,
  { organizationId, resource, search = '' }: EventFilter,
  columns: readonly (keyof typeof RESOURCE_INDEXES)[],
): Statement {
  const parts = columns.map((column) => {
    const [sql, ...values]: Fragment =
      resource === undefined ? beginsWith(column, search) : [`${column} = ?`, resource];
    const index = useIndex(dialect, RESOURCE_INDEXES[column]);
    return {
      sql: `SELECT e.id FROM scout_events e ${index} WHERE e.organization_id = ? AND ${sql}`,
      values: [organizationId, ...values],
    };
  });
  return { sql: parts.map(({ sql }) => sql).join(' UNION '), values: parts.flatMap(({ values }) => values) };
}

const RESOURCE_INDEXES = {
  'e.resource_id': 'idx_resource_id_type',
  'e.resource_name': 'ix_scout_events_resource_name',
};

function joined(dialect: Dialect, { sql, values }: Statement): Statement {
  return { sql: `(${sql}) known ${joinInOrder(dialect)} scout_events e ON e.id = known.id`, values };
}

/** Ids of the events that scans of a run have found. */
function foundInRun(organizationId: string, runId: string): Statement {
  return {
    sql: `SELECT DISTINCT l.event_id AS id
      FROM scout_scans s
      JOIN scout_event_findings l ON l.scan_id = s.id
      WHERE s.organization_id = ? AND s.run_id = ?`,
    values: [organizationId, runId],
  };
}

/** Ids of the events that were seen since then, whatever else is asked of them. */
export function seenSince(
  dialect: Dialect,
  { organizationId, statuses, levels, since }: Required<Pick<EventFilter, SeenBy>>,
): Statement {
  const [sql, ...values] = eventConditions({ organizationId, statuses, levels, since });
  return { sql: `SELECT e.id FROM scout_events e ${useIndex(dialect, BY_LEVEL)} WHERE ${sql}`, values };
}

type SeenBy = 'organizationId' | 'statuses' | 'levels' | 'since';

export const EVERY_STATUS_AND_LEVEL = { statuses: EVENT_STATUSES, levels: LEVELS };
