import { FACETS } from '../../model/event-overview.ts';
import type { Facet, Facets, FacetValue } from '../../model/event-overview.ts';
import type { EventStatus } from '../../model/event.ts';
import { timesOf } from '../../model/filters.ts';
import type { EventFilter } from '../../model/filters.ts';
import { compareLevels } from '../../model/level.ts';
import type { Level } from '../../model/level.ts';
import type { Dialect } from '../database/column-types.ts';
import { joinInOrder, useIndex } from '../database/index-hints.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Statement } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { COUNTS_BY_ACCOUNT, GRAINS } from './count-grains.ts';
import type { Grain } from './count-grains.ts';

/** The column of each facet, and what a filter wants of it. */
const DIMENSIONS = {
  level: { column: 'level', wanted: 'levels' },
  status: { column: 'status', wanted: 'statuses' },
  service: { column: 'service', wanted: 'services' },
  account: { column: 'account_id', wanted: 'accountIds' },
  source: { column: 'source', wanted: 'sources' },
  region: { column: 'region', wanted: 'regions' },
  check: { column: 'check_id', wanted: 'checkIds' },
} as const satisfies Record<Facet, { column: string; wanted: keyof EventFilter }>;

/** For each facet, how many events have each of its values, where the facet's own filter does not narrow it. */
export async function countFacets(store: Store, filter: EventFilter): Promise<Facets> {
  const [total, ...counted] = await Promise.all([
    countMatching(store, filter),
    ...FACETS.map(async (facet) => [facet, await countFacet(store, filter, facet)] as const),
  ]);
  const { resource, search, runId } = filter;
  const exact = [resource, search, runId, ...Object.values(timesOf(filter))].every(
    (part) => part === undefined,
  );
  return { ...(Object.fromEntries(counted) as Record<Facet, FacetValue[]>), total, exact };
}

/** The values of a facet that any event has, by name. */
export async function facetValues(store: Store, organizationId: string, facet: Facet): Promise<string[]> {
  const { column } = DIMENSIONS[facet];
  const { sql, values } = matchingCounts(store.dialect, { organizationId }, facet);
  const rows = await store.read<{ value: string }>(
    `SELECT DISTINCT c.${column} AS value ${sql} ORDER BY value`,
    values,
  );
  return rows.map(({ value }) => value);
}

async function countFacet(store: Store, filter: EventFilter, facet: Facet): Promise<FacetValue[]> {
  const { column, wanted } = DIMENSIONS[facet];
  const { [wanted]: _, ...others } = filter;
  const { sql, values } = matchingCounts(store.dialect, others, facet);
  const rows = await store.read<{ value: string; events: unknown }>(
    `SELECT c.${column} AS value, SUM(c.events) AS events
      ${sql}
      GROUP BY c.${column}
      ORDER BY events DESC, value`,
    values,
  );
  const found = rows.map(({ value, events }) => ({ value, events: Number(events) }));
  return facet === 'level'
    ? found.toSorted((a, b) => compareLevels(a.value as Level, b.value as Level))
    : found;
}

/** `FROM` and `WHERE`: the counts `c` that match; `apart` is told apart too, whatever the filter says of it. */
export function matchingCounts(dialect: Dialect, filter: EventFilter, apart?: Facet): Statement {
  const { sql, values } = conditions([
    ['c.organization_id = ?', filter.organizationId],
    ['c.grain = ?', grainOf(filter, apart)],
    ...FACETS.map((facet) => isOneOf(`c.${DIMENSIONS[facet].column}`, filter[DIMENSIONS[facet].wanted])),
  ]);
  return {
    sql: `FROM vedette_event_counts c ${useIndex(dialect, countIndex(filter, apart))}
      WHERE ${sql}`,
    values,
  };
}

/** The one that begins with what narrows most. */
function countIndex({ checkIds, accountIds, regions }: EventFilter, apart?: Facet): string {
  if (checkIds !== undefined) return 'idx_event_counts_check';
  if (accountIds !== undefined) return COUNTS_BY_ACCOUNT;
  if (regions !== undefined) return 'idx_event_counts_region';
  return (
    { check: 'idx_event_counts_check', region: 'idx_event_counts_region' }[String(apart)] ?? COUNTS_BY_ACCOUNT
  );
}

/** The coarsest that can tell what the filter asks for. */
function grainOf(filter: EventFilter, apart?: Facet): Grain {
  const check = filter.checkIds !== undefined || apart === 'check';
  const region = filter.regions !== undefined || apart === 'region';
  if (check) return region ? 'full' : 'check';
  return region ? 'region' : 'all';
}

/** How many events match, by their kinds alone: account, source, service, check, level, region and status. */
export async function countMatching(store: Store, filter: EventFilter): Promise<number> {
  const { sql, values } = matchingCounts(store.dialect, filter);
  const [row] = await store.read<{ total: unknown }>(`SELECT SUM(c.events) AS total ${sql}`, values);
  return Number(row?.total ?? 0);
}

export async function countByStatusAndLevel(
  store: Store,
  filter: EventFilter,
): Promise<{ status: EventStatus; level: Level; events: number }[]> {
  const { sql, values } = matchingCounts(store.dialect, filter);
  const rows = await store.read<{ status: EventStatus; level: Level; events: unknown }>(
    `SELECT c.status, c.level, SUM(c.events) AS events ${sql} GROUP BY c.status, c.level`,
    values,
  );
  return rows.map(({ status, level, events }) => ({ status, level, events: Number(events) }));
}

/**
 * `FROM` what gathers the events `e` of the kinds that the filter names: the counts say which there are, and an index holds
 * the events by kind, with all that lists are sorted by.
 */
export function kindsOf(dialect: Dialect, filter: EventFilter): Statement {
  const apart = filter.regions === undefined ? undefined : 'check';
  const { check, region } = GRAINS[grainOf(filter, apart)];
  const columns = ['organization_id', 'account_id', 'source', 'service'];
  // In the order of the index, whose next column is the check.
  if (check) columns.push('check_id', 'level');
  if (region) columns.push('region');
  const { sql, values } = matchingCounts(dialect, filter, apart);
  const kinds = `SELECT DISTINCT ${columns.map((column) => `c.${column}`).join(', ')} ${sql}`;
  const same = columns.map((column) =>
    column === 'region' ? sameRegion(dialect) : `e.${column} = k.${column}`,
  );
  return {
    sql: `(${kinds}) k
      ${joinInOrder(dialect)} scout_events e ${useIndex(dialect, 'idx_events_kind')} ON ${same.join(' AND ')}`,
    values,
  };
}

function sameRegion(dialect: Dialect): string {
  return `e.region ${dialect === 'mysql' ? '<=>' : 'IS'} NULLIF(k.region, '')`;
}
