import type { EventSort } from '../../model/event.ts';
import { LEVELS } from '../../model/level.ts';
import type { Level } from '../../model/level.ts';
import type { Fragment } from '../database/statements.ts';

/** Holds the events by organisation, status, level and the time that they were last seen. */
export const BY_LEVEL = 'idx_events_level';

/**
 * The orders of a list; `-` turns one round. `-level` has the gravest first, and of those the last seen. Each index begins
 * with organisation and status, that of the levels with the level too, and goes on with the column.
 */
export const SORTS: Readonly<Record<EventSort, Sort>> = {
  newest: { column: 'e.id', descending: true, index: 'idx_events_newest' },
  lastSeen: { column: 'e.last_seen', descending: false, index: BY_LEVEL },
  '-lastSeen': { column: 'e.last_seen', descending: true, index: BY_LEVEL },
  firstSeen: { column: 'e.first_seen', descending: false, index: 'idx_events_first_seen' },
  '-firstSeen': { column: 'e.first_seen', descending: true, index: 'idx_events_first_seen' },
  resolvedAt: { column: 'e.resolved_at', descending: false, index: 'idx_events_resolved', some: true },
  '-resolvedAt': { column: 'e.resolved_at', descending: true, index: 'idx_events_resolved', some: true },
  reopenedAt: { column: 'e.reopened_at', descending: false, index: 'idx_events_reopened', some: true },
  '-reopenedAt': { column: 'e.reopened_at', descending: true, index: 'idx_events_reopened', some: true },
  level: { column: 'e.last_seen', descending: false, index: BY_LEVEL, byLevel: true },
  '-level': { column: 'e.last_seen', descending: true, index: BY_LEVEL, byLevel: true },
};

export interface Sort {
  column: string;
  descending: boolean;
  index: string;
  byLevel?: boolean;
  /** Only some events have that time; a list has no others. */
  some?: boolean;
}

/** What every event of a list must meet for its order. */
export function belongsInto({ column, some = false }: Sort): Fragment | undefined {
  return some ? [`${column} IS NOT NULL`] : undefined;
}

/** Where an event stands in a list. */
export type Place = readonly [weight: number, moment: string, id: number];

/** The order of a list in SQL, for the rows of a page's query as `p`. */
export function orderOf(sort: EventSort): string {
  const direction = SORTS[sort].descending ? 'DESC' : 'ASC';
  return `p.weight ${direction}, p.moment ${direction}, p.id ${direction}`;
}

/** What the sort's column is compared with, for what comes after a place. */
export function momentOf({ column }: Sort, [, moment, id]: Place): string | number {
  return column === 'e.id' ? id : moment;
}

/** The end of a query for the first events `e` of a list; the limit is bound. */
export function orderAndLimit({ column, descending, byLevel = false }: Sort): string {
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
