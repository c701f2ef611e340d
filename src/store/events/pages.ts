import { EVENT_STATUSES } from '../../model/event.ts';
import type { EventSort } from '../../model/event.ts';
import type { EventFilter } from '../../model/filters.ts';
import { LEVELS } from '../../model/level.ts';
import type { Level } from '../../model/level.ts';
import type { PageRequest } from '../../model/page.ts';
import type { Dialect } from '../database/column-types.ts';
import { decodeKey } from '../database/cursor.ts';
import { joinInOrder, useIndex } from '../database/index-hints.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Fragment, Statement } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { checksBeginningWith, countByService, countByStatusAndLevel, kindsOf } from './counts.ts';
import { beginsWith, eventConditions } from './event-conditions.ts';

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

export interface EventPageRequest extends PageRequest {
  /** `newest` when left out. */
  sort?: EventSort;
}

/** Where an event stands in a list. */
export type Place = readonly [weight: number, moment: string, id: number];

/** Up to how many events are gathered and sorted rather than looked for in the order of the list. */
export interface Gathering {
  events: number;
  /** Where each has to be read for it. */
  rows: number;
  /** Events of one account follow each other in every order, and may be the last of all. */
  ofAccounts: number;
}

const GATHERING: Gathering = { events: 50_000, rows: 10_000, ofAccounts: Infinity };

/**
 * A query for the ids of a page's events and, if there are more, of the one after it: `id`, `weight` and `moment`, in the
 * list's order. Undefined when no event matches.
 *
 * The index of a sort falls into pieces, by status or by status and level. Of some pieces few events match: these are
 * gathered by what they have in common, and sorted. Through the others, where many match, a walk soon finds a page.
 *
 * @throws VedetteError `usage` for a cursor that is none, or of a list in another order.
 */
export async function pageQuery(
  store: Store,
  asked: EventFilter,
  { sort: name = 'newest', cursor, limit }: EventPageRequest,
  gathering: Gathering = GATHERING,
): Promise<Statement | undefined> {
  const sort: Sort = SORTS[name];
  const after = cursor === undefined ? undefined : decodeKey<Place>(name, [0, '', 0], cursor);
  const list = { sort, after, limit: limit + 1, few: gathering.rows };
  const { from, filter } = await resolveSearch(store, asked, gathering.rows);
  if (from !== undefined) return gather(from, [filter], list);
  const { few, many } = divided(await piecesOf(store, filter, sort), mostGathered(filter, gathering));
  const parts: Statement[] = few.length === 0 ? [] : [gather(kindsOf(store.dialect, filter), few, list)];
  for (const piece of many) parts.push(...(await walk(store, piece, list)));
  return parts.length === 0 ? undefined : merged(parts, list);
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
  /** So many events are better read all than looked for. */
  few: number;
}

/** The part of a filter that lies in one piece of an index, and how many events match its kinds. */
interface Piece extends EventFilter {
  events: number;
}

async function piecesOf(store: Store, filter: EventFilter, { index }: Sort): Promise<Piece[]> {
  const counts = await countByStatusAndLevel(store, filter);
  const pieces = (filter.statuses ?? EVENT_STATUSES).flatMap((status): Piece[] => {
    const ofStatus = counts.filter((count) => count.status === status);
    if (index !== BY_LEVEL) return [{ ...filter, statuses: [status], events: sumOf(ofStatus) }];
    return (filter.levels ?? LEVELS).map((level) => {
      const events = sumOf(ofStatus.filter((count) => count.level === level));
      return { ...filter, statuses: [status], levels: [level], events };
    });
  });
  // Events that a scan brings are counted when it is complete; lists of all events do not wait for that.
  return namesKinds(filter) ? pieces.filter(({ events }) => events > 0) : pieces;
}

function sumOf(counts: readonly { events: number }[]): number {
  return counts.reduce((sum, { events }) => sum + events, 0);
}

function namesKinds({ accountIds, sources, services, checkIds, regions }: EventFilter): boolean {
  return [accountIds, sources, services, checkIds, regions].some((wanted) => wanted !== undefined);
}

/** The smallest pieces, as long as they hold no more than `most` events together, and the others. */
function divided(pieces: readonly Piece[], most: number): { few: Piece[]; many: Piece[] } {
  const few: Piece[] = [];
  const many: Piece[] = [];
  let gathered = 0;
  for (const piece of pieces.toSorted((a, b) => a.events - b.events)) {
    gathered += piece.events;
    (most === 0 || gathered > most ? many : few).push(piece);
  }
  return { few, many };
}

function mostGathered(filter: EventFilter, gathering: Gathering): number {
  const { accountIds, resource, search } = filter;
  // Without a kind, a piece holds nothing but what matches.
  if (!namesKinds(filter)) return 0;
  if (accountIds !== undefined) return gathering.ofAccounts;
  return resource === undefined && search === undefined ? gathering.events : gathering.rows;
}

/** Where events are to be found: among those of `from`, or without it among all that match the filter's kinds. */
export interface EventSource {
  from?: Statement;
  /** What they must match; may say the same as the one that was asked for in other words. */
  filter: EventFilter;
}

/** Where the events of a search, or those seen since then, are to be found if they are few. */
export async function narrowedSource(store: Store, asked: EventFilter): Promise<EventSource> {
  const { from, filter } = await resolveSearch(store, asked, GATHERING.rows);
  if (from !== undefined || filter.since === undefined) return { ...(from && { from }), filter };
  const seen = seenSince(store.dialect, { ...EVERY_STATUS_AND_LEVEL, ...filter, since: filter.since });
  return (await isFew(store, seen, GATHERING.rows))
    ? { from: joined(store.dialect, seen), filter }
    : { filter };
}

/**
 * Resources that are called or begin so, where these are few. A search that only checks match becomes their list; of one
 * that only ids match, the services are found out.
 */
async function resolveSearch(store: Store, filter: EventFilter, most: number): Promise<EventSource> {
  const { organizationId, resource, search } = filter;
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

async function isFew(store: Store, query: Statement, most: number): Promise<boolean> {
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
        `SELECT e.id FROM scout_events e ${index} WHERE e.organization_id = ? AND e.service = ? AND ${begins} LIMIT 1`,
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

/** Events of `from` that match one of the filters, which differ in status and level alone. */
function gather(from: Statement, filters: readonly EventFilter[], { sort, after, limit }: List): Statement {
  const [filter] = filters;
  const weight = sort.byLevel === true ? weightOf('e.level') : '0';
  const beyond = sort.descending ? '<' : '>';
  const { sql, values } = conditions([
    filter && eventConditions({ ...filter, ...EVERY_STATUS_AND_LEVEL }),
    anyOf(
      filters.map(({ statuses, levels }) =>
        conditions([isOneOf('e.status', statuses), isOneOf('e.level', levels)]),
      ),
    ),
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

const EVERY_STATUS_AND_LEVEL = { statuses: EVENT_STATUSES, levels: LEVELS };

function anyOf(list: readonly Statement[]): Fragment | undefined {
  // Without any condition, everything is wanted.
  if (list.some(({ sql }) => sql === '')) return undefined;
  return [list.map(({ sql }) => `(${sql})`).join(' OR '), ...list.flatMap(({ values }) => values)];
}

/** The first events of a piece, in the order of the index. */
async function walk(store: Store, piece: Piece, list: List): Promise<Statement[]> {
  const { sort, after, limit } = list;
  const [level] = piece.levels ?? [];
  const weight = sort.byLevel === true && level !== undefined ? WEIGHTS.indexOf(level) : 0;
  const path = await indexFor(store, piece, list);
  return continuations(sort, weight, after).map((continuation) => {
    const { sql, values } = conditions([eventConditions(path.filter), continuation]);
    return {
      sql:
        `SELECT e.id, ${weight} AS weight, ${sort.column} AS moment FROM scout_events e ` +
        `${useIndex(store.dialect, path.index)} WHERE ${sql} ${orderAndLimit({ ...sort, byLevel: false })}`,
      values: [...values, limit],
    };
  });
}

function merged(parts: readonly Statement[], { sort, limit }: List): Statement {
  const all = parts.map(({ sql }, index) => `SELECT * FROM (${sql}) p${index}`).join(' UNION ALL ');
  return {
    sql: `SELECT e.id, e.weight, e.moment FROM (${all}) e ${orderAndLimit({ ...sort, column: 'e.moment' })}`,
    values: [...parts.flatMap(({ values }) => values), limit],
  };
}

/** Few events of a level, or seen since then, are found by their level. */
async function indexFor(store: Store, { events, ...filter }: Piece, { sort: { index }, few }: List) {
  const { organizationId, statuses = [], levels = LEVELS, since } = filter;
  if (index === BY_LEVEL || (filter.levels === undefined && since === undefined)) return { index, filter };
  const byLevel = { index: BY_LEVEL, filter: { ...filter, levels } };
  if (events <= few) return byLevel;
  if (since === undefined) return { index, filter };
  const seen = seenSince(store.dialect, { organizationId, statuses, levels, since });
  return (await isFew(store, seen, few)) ? byLevel : { index, filter };
}

/** Ids of the events that were seen since then, whatever else is asked of them. */
function seenSince(
  dialect: Dialect,
  { organizationId, statuses, levels, since }: Required<Pick<EventFilter, SeenBy>>,
): Statement {
  const [sql, ...values] = eventConditions({ organizationId, statuses, levels, since });
  return { sql: `SELECT e.id FROM scout_events e ${useIndex(dialect, BY_LEVEL)} WHERE ${sql}`, values };
}

type SeenBy = 'organizationId' | 'statuses' | 'levels' | 'since';

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
