import type { Dialect } from './column-types.ts';

/**
 * Behind a table's name: the index to read it by. The databases know how many rows have one value, but not which values go
 * together, and so choose badly for lists of events.
 */
export function useIndex(dialect: Dialect, index: string): string {
  return dialect === 'mysql' ? `FORCE INDEX (${index})` : `INDEXED BY ${index}`;
}

/** Between two tables: a join that reads the first one first. */
export function joinInOrder(dialect: Dialect): string {
  return dialect === 'mysql' ? 'STRAIGHT_JOIN' : 'CROSS JOIN';
}
