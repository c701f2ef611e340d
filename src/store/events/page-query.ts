import { EVENT_STATUSES } from '../../model/event.ts';
import type { EventSort } from '../../model/event.ts';
import type { EventFilter } from '../../model/filters.ts';
import { LEVELS } from '../../model/level.ts';
import type { PageRequest } from '../../model/page.ts';
import type { Dialect } from '../database/column-types.ts';
import { decodeKey } from '../database/cursor.ts';
import { useIndex } from '../database/index-hints.ts';
import { anyOf, conditions, isOneOf } from '../database/statements.ts';
import type { Fragment, Statement } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { countByStatusAndLevel, kindsOf } from './counts.ts';
import { eventConditions } from './event-conditions.ts';
import type { SoughtFilter } from './event-conditions.ts';
import { belongsInto, BY_LEVEL, momentOf, orderAndLimit, SORTS, weightOf, WEIGHTS } from './event-order.ts';
import type { Place, Sort } from './event-order.ts';
import { EVERY_STATUS_AND_LEVEL, FEW_ROWS, narrowedSource } from './event-source.ts';

export interface EventPageRequest extends PageRequest {
  /** `newest` when left out. */
  sort?: EventSort;
}

/** Up to how many events are gathered and sorted rather than looked for in the order of the list. */
export interface Gathering {
  events: number;
  /** Where each has to be read for it. */
  rows: number;
  /** Events of one account follow each other in every order, and may be the last of all. */
  ofAccounts: number;
}

const GATHERING: Gathering = { events: 50_000, rows: FEW_ROWS, ofAccounts: Infinity };

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
  const sort = SORTS[name];
  const after = cursor === undefined ? undefined : decodeKey<Place>(name, [0, '', 0], cursor);
  const list = { sort, after, limit: limit + 1, few: gathering.rows };
  const { from, filter } = await narrowedSource(store, asked, gathering.rows);
  if (from !== undefined) return gather(from, [filter], list);
  const { few, many } = divided(await piecesOf(store, filter, sort), mostGathered(filter, sort, gathering));
  const parts: Statement[] = few.length === 0 ? [] : [gather(kindsOf(store.dialect, filter), few, list)];
  for (const piece of many) parts.push(...walk(store.dialect, piece, list));
  return parts.length === 0 ? undefined : merged(parts, list);
}

interface List {
  sort: Sort;
  after: Place | undefined;
  limit: number;
  /** So many events are better read all than looked for. */
  few: number;
}

/** The part of a filter that lies in one piece of an index, and how many events match its kinds. */
interface Piece extends SoughtFilter {
  events: number;
}

async function piecesOf(store: Store, filter: SoughtFilter, { index }: Sort): Promise<Piece[]> {
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

/** What an index does not hold with the kinds has to be read event by event. */
function mostGathered(filter: EventFilter, { some = false }: Sort, gathering: Gathering): number {
  const { accountIds, resource, search } = filter;
  const { resolvedSince, resolvedUntil, reopenedSince, reopenedUntil, dueUntil } = filter;
  // Without a kind, a piece holds nothing but what matches.
  if (!namesKinds(filter)) return 0;
  if (accountIds !== undefined) return gathering.ofAccounts;
  const needsRows = [
    resource,
    search,
    resolvedSince,
    resolvedUntil,
    reopenedSince,
    reopenedUntil,
    dueUntil,
  ].some((part) => part !== undefined);
  return needsRows || some ? gathering.rows : gathering.events;
}

/** Events of `from` that match one of the filters, which differ in status and level alone. */
function gather(from: Statement, filters: readonly SoughtFilter[], { sort, after, limit }: List): Statement {
  const [filter] = filters;
  const weight = sort.byLevel === true ? weightOf('e.level') : '0';
  const beyond = sort.descending ? '<' : '>';
  const { sql, values } = conditions([
    filter && eventConditions({ ...filter, ...EVERY_STATUS_AND_LEVEL }),
    belongsInto(sort),
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
    sql: `SELECT e.id, ${weight} AS weight, ${sort.column} AS moment
      FROM ${from.sql}
      WHERE ${sql}
      ${orderAndLimit(sort)}`,
    values: [...from.values, ...values, limit],
  };
}

/** The first events of a piece, in the order of the index. */
function walk(dialect: Dialect, piece: Piece, list: List): Statement[] {
  const { sort, after, limit } = list;
  const [level] = piece.levels ?? [];
  const weight = sort.byLevel === true && level !== undefined ? WEIGHTS.indexOf(level) : 0;
  const path = indexFor(piece, list);
  return continuations(sort, weight, after).map((continuation) => {
    const { sql, values } = conditions([eventConditions(path.filter), belongsInto(sort), continuation]);
    return {
      sql: `SELECT e.id, ${weight} AS weight, ${sort.column} AS moment
        FROM scout_events e ${useIndex(dialect, path.index)}
        WHERE ${sql}
        ${orderAndLimit({ ...sort, byLevel: false })}`,
      values: [...values, limit],
    };
  });
}

function merged(parts: readonly Statement[], { sort, limit }: List): Statement {
  const all = parts.map(({ sql }, index) => `SELECT * FROM (${sql}) p${index}`).join(' UNION ALL ');
  return {
    sql: `SELECT e.id, e.weight, e.moment
      FROM (${all}) e
      ${orderAndLimit({ ...sort, column: 'e.moment' })}`,
    values: [...parts.flatMap(({ values }) => values), limit],
  };
}

/** Few events of a level are found by their level. */
function indexFor(
  { events, ...filter }: Piece,
  { sort: { index }, few }: List,
): { index: string; filter: SoughtFilter } {
  const isBetter = index !== BY_LEVEL && filter.levels !== undefined && events <= few;
  return { index: isBetter ? BY_LEVEL : index, filter };
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
