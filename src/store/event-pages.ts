import { EventStatus } from '../model/event.ts';
import type { EventSort } from '../model/event.ts';
import { LEVELS } from '../model/level.ts';
import type { Level } from '../model/level.ts';
import type { Dialect } from './column-types.ts';
import { decodeKey } from './cursor.ts';
import { checksBeginningWith, countMatching, kindsOf } from './event-counts.ts';
import { beginsWith, eventConditions } from './event-filter.ts';
import type { EventFilter } from './event-filter.ts';
import { joinInOrder, useIndex } from './index-hints.ts';
import type { Page } from './scans.ts';
import { conditions } from './statements.ts';
import type { Fragment, Statement } from './statements.ts';
import type { Store } from './store.ts';

const BY_LEVEL = 'idx_events_level';

/**
 * The orders of a list; `-` turns one round. `-level` has the gravest first, and of those the last seen. Each index begins
 * with organisation and status, that of the levels with the level too, and goes on with the column.
 */
const SORTS = {
  newest: { column: 'e.id', descending: true, index: 'idx_events_newest' },
  lastSeen: { column: 'e.last_seen', descending: false, index: BY_LEVEL },
  '-lastSeen': { column: 'e.last_seen', descending: true, index: BY_LEVEL },
  firstSeen: { column: 'e.first_seen', descending: false, index: 'idx_events_first_seen' },
  '-firstSeen': { column: 'e.first_seen', descending: true, index: 'idx_events_first_seen' },
  level: { column: 'e.last_seen', descending: false, index: BY_LEVEL, byLevel: true },
  '-level': { column: 'e.last_seen', descending: true, index: BY_LEVEL, byLevel: true },
} as const satisfies Record<EventSort, Sort>;

interface Sort {
  column: string;
  descending: boolean;
  index: string;
  byLevel?: boolean;
}

export interface EventPage extends Page {
  /** `newest` when left out. */
  sort?: EventSort;
}

/** Where an event stands in a list. */
export type Place = readonly [weight: number, moment: string, id: number];

/** So many events are gathered and sorted rather than looked for in the order of the list. */
const GATHERED = 100_000;
/** As `GATHERED`, where each event has to be read for it. */
const GATHERED_ROWS = 10_000;

/**
 * A query for the ids of a page's events and, if there are more, of the one after it: `id`, `weight` and `moment`, in the
 * list's order. Undefined when no event matches.
 *
 * Few events are gathered by what they have in common, and sorted. Many are looked for in the order of the list, where one
 * of few others matches.
 *
 * @throws VedetteError `usage` for a cursor that is none, or of a list in another order.
 */
export async function pageQuery(
  store: Store,
  filter: EventFilter,
  { sort: name = 'newest', cursor, limit }: EventPage,
): Promise<Statement | undefined> {
  const sort: Sort = SORTS[name];
  const after = cursor === undefined ? undefined : decodeKey<Place>(name, [0, '', 0], cursor);
  const source = await chooseSource(store, filter, mostGathered(filter));
  if (source === undefined) return undefined;
  const list = { sort, after, limit: limit + 1 };
  return source.from === undefined
    ? walk(store, source.filter, list)
    : gather(source.from, source.filter, list);
}

function mostGathered({ accountIds, resource, search }: EventFilter): number {
  // Events of one account follow each other in every order, and may be the last of all.
  if (accountIds !== undefined) return Infinity;
  return resource === undefined && search === undefined ? GATHERED : GATHERED_ROWS;
}

/** The order of a list in SQL, for the rows of a page's query as `p`. */
export function orderOf(sort: EventSort): string {
  const direction = SORTS[sort].descending ? 'DESC' : 'ASC';
  return `p.weight ${direction}, p.moment ${direction}, p.id ${direction}`;
}

interface List {
  sort: Sort;
  after: Place | undefined;
  limit: number;
}

/** Where a page's events are to be found: among those of `from`, or without it by walking through the index of the sort. */
export interface EventSource {
  from?: Statement;
  /** What they must match; may say the same as the filter in other words. */
  filter: EventFilter;
}

/** A set of at most so many events that is known to hold all that match, if there is one; undefined when none match. */
export async function chooseSource(
  store: Store,
  asked: EventFilter,
  most: number,
): Promise<EventSource | undefined> {
  const found = await resolveSearch(store, asked);
  const { filter } = found;
  if (found.from !== undefined || !namesKinds(filter)) return found;
  const matching = await countMatching(store, filter);
  if (matching === 0) return undefined;
  return matching > most ? { filter } : { from: kindsOf(store.dialect, filter), filter };
}

function namesKinds({ accountIds, sources, services, checkIds, regions }: EventFilter): boolean {
  return [accountIds, sources, services, checkIds, regions].some((wanted) => wanted !== undefined);
}

/** Resources that begin so, or are called so, where these are few; a search that only checks match becomes their list. */
async function resolveSearch(store: Store, filter: EventFilter): Promise<EventSource> {
  const { organizationId, search, checkIds } = filter;
  if (filter.resource === undefined && search === undefined) return { filter };
  const checks = search === undefined ? [] : await checksBeginningWith(store, organizationId, search);
  const few = resourcesOf(store.dialect, filter, GATHERED_ROWS + 1);
  const [row] = await store.read<{ total: unknown }>(
    `SELECT COUNT(*) AS total FROM (${few.sql}) few`,
    few.values,
  );
  const total = Number(row?.total);
  if (total > GATHERED_ROWS) return { filter };
  if (checks.length === 0) return { from: joined(store.dialect, resourcesOf(store.dialect, filter)), filter };
  if (total > 0) return { filter };
  const { search: _, ...rest } = filter;
  return {
    filter: {
      ...rest,
      checkIds: checkIds === undefined ? checks : checks.filter((id) => checkIds.includes(id)),
    },
  };
}

/** Ids of the events whose resource has the wanted id or name, or one that begins with what is searched for. */
function resourcesOf(
  dialect: Dialect,
  { organizationId, resource, search = '' }: EventFilter,
  limit?: number,
): Statement {
  const bounded = limit === undefined ? '' : ` LIMIT ${limit}`;
  const parts = Object.entries(RESOURCE_INDEXES).map(([column, index]) => {
    const [sql, ...values]: Fragment =
      resource === undefined ? beginsWith(column, search) : [`${column} = ?`, resource];
    const rows = `SELECT e.id FROM scout_events e ${useIndex(dialect, index)} WHERE e.organization_id = ? AND ${sql}${bounded}`;
    return { sql: `SELECT * FROM (${rows}) ${index}`, values: [organizationId, ...values] };
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

function gather(from: Statement, filter: EventFilter, { sort, after, limit }: List): Statement {
  const weight = sort.byLevel === true ? weightOf('e.level') : '0';
  const beyond = sort.descending ? '<' : '>';
  const { sql, values } = conditions([
    eventConditions(filter),
    after && [
      `${weight} ${beyond} ? OR ${weight} = ? AND (${sort.column} ${beyond} ? OR ${sort.column} = ? AND e.id ${beyond} ?)`,
      after[0],
      after[0],
      momentOf(sort, after),
      momentOf(sort, after),
      after[2],
    ],
  ]);
  return {
    sql: `SELECT e.id, ${weight} AS weight, ${sort.column} AS moment FROM ${from.sql} WHERE ${sql} ${orderAndLimit(sort)}`,
    values: [...from.values, ...values, limit],
  };
}

/** Each status, or status and level, has its own piece of the index: the first of each, merged. */
async function walk(store: Store, filter: EventFilter, list: List): Promise<Statement> {
  const pieces: Statement[] = [];
  for (const status of filter.statuses ?? Object.values(EventStatus)) {
    const ofStatus = { ...filter, statuses: [status] };
    const { organizationId, levels = LEVELS, since } = filter;
    if (list.sort.index === BY_LEVEL) {
      for (const level of levels)
        pieces.push(...piecesOf(store.dialect, { ...ofStatus, levels: [level] }, list));
    } else if (
      since !== undefined &&
      (await fewSince(store, { organizationId, statuses: [status], levels, since }))
    ) {
      const sort = { ...list.sort, index: BY_LEVEL };
      pieces.push(...piecesOf(store.dialect, { ...ofStatus, levels }, { ...list, sort }));
    } else {
      pieces.push(...piecesOf(store.dialect, ofStatus, list));
    }
  }
  const parts = pieces.map(({ sql }, index) => `SELECT * FROM (${sql}) p${index}`);
  const { sort, limit } = list;
  return {
    sql:
      `SELECT e.id, e.weight, e.moment FROM (${parts.join(' UNION ALL ')}) e ` +
      orderAndLimit({ ...sort, column: 'e.moment' }),
    values: [...pieces.flatMap(({ values }) => values), limit],
  };
}

/** Whether so few events of a status were seen since then that they are better read all. */
async function fewSince(
  { dialect, read }: Store,
  filter: Required<Pick<EventFilter, 'organizationId' | 'statuses' | 'levels' | 'since'>>,
): Promise<boolean> {
  const [sql, ...values] = eventConditions(filter);
  const [row] = await read<{ total: unknown }>(
    `SELECT COUNT(*) AS total FROM (SELECT e.id FROM scout_events e ${useIndex(dialect, BY_LEVEL)} WHERE ${sql} ` +
      'LIMIT ?) few',
    [...values, GATHERED_ROWS + 1],
  );
  return Number(row?.total) <= GATHERED_ROWS;
}

function piecesOf(dialect: Dialect, filter: EventFilter, { sort, after, limit }: List): Statement[] {
  const [level] = filter.levels ?? [];
  const weight = sort.byLevel === true && level !== undefined ? WEIGHTS.indexOf(level) : 0;
  return continuations(sort, weight, after).map((continuation) => {
    const { sql, values } = conditions([eventConditions(filter), continuation]);
    return {
      sql:
        `SELECT e.id, ${weight} AS weight, ${sort.column} AS moment FROM scout_events e ${useIndex(dialect, sort.index)} ` +
        `WHERE ${sql} ${orderAndLimit({ ...sort, byLevel: false })}`,
      values: [...values, limit],
    };
  });
}

/** What comes after the place, in ranges of the index. */
function continuations(sort: Sort, weight: number, after: Place | undefined): (Fragment | undefined)[] {
  if (after === undefined) return [undefined];
  const beyond = sort.descending ? '<' : '>';
  if (weight !== after[0]) return weight < after[0] === sort.descending ? [undefined] : [];
  const rest: Fragment = [`${sort.column} ${beyond} ?`, momentOf(sort, after)];
  if (sort.column === 'e.id') return [rest];
  return [[`${sort.column} = ? AND e.id ${beyond} ?`, after[1], after[2]], rest];
}

function momentOf({ column }: Sort, [, moment, id]: Place): string | number {
  return column === 'e.id' ? id : moment;
}

function orderAndLimit({ column, descending, byLevel = false }: Sort): string {
  const direction = descending ? 'DESC' : 'ASC';
  const weight = byLevel ? `weight ${direction}, ` : '';
  return `ORDER BY ${weight}${column} ${direction}${column === 'e.id' ? '' : `, e.id ${direction}`} LIMIT ?`;
}

/** The gravest weighs most. */
export const WEIGHTS: readonly Level[] = LEVELS.toReversed();

/** A level's place in `WEIGHTS`. */
export function weightOf(column: string): string {
  return `CASE ${column} ${WEIGHTS.map((level, weight) => `WHEN '${level}' THEN ${weight}`).join(' ')} END`;
}
