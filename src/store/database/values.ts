import { wellFormed } from '../../text/well-formed.ts';

/** How values lie in the tables; both dialects give and take the same. */

/** What can be bound to a statement. Times and JSON go through the functions below. */
export type SqlValue = string | number | boolean | null;

/** ISO 8601 as `YYYY-MM-DD HH:MM:SS.mmm` in UTC, as the datetime columns hold it. */
export function sqlTime(iso: string | Date): string {
  return new Date(iso).toISOString().slice(0, 23).replace('T', ' ');
}

/** A datetime column as ISO 8601 in UTC, with milliseconds. */
export function isoTime(stored: string): string {
  return new Date(`${stored.replace(' ', 'T')}Z`).toISOString();
}

export function isoTimeOrNull(stored: string | null): string | null {
  return stored === null ? null : isoTime(stored);
}

/** What drivers are given: they would make one character of all text that has no UTF-8. */
export function boundValues(values: readonly SqlValue[]): SqlValue[] {
  return values.map((value) => (typeof value === 'string' ? wellFormed(value) : value));
}

/** A lone surrogate, escaped by JSON.stringify because it has no UTF-8; databases refuse it. */
const LONE_SURROGATE = /(?<!\\)((?:\\\\)*)\\u(d[89a-f][0-9a-f]{2})/g;

/** With lone surrogates as `wellFormed` has them. */
export function sqlJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(LONE_SURROGATE, '$1\uFFFD$2');
}

/** MySQL gives JSON columns parsed, MariaDB and SQLite as text. */
export function fromJson(stored: unknown): unknown {
  return typeof stored === 'string' ? JSON.parse(stored) : stored;
}
