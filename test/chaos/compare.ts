import { isDeepStrictEqual } from 'node:util';
import type { Store } from '../../src/store/database/store.ts';
import { contents } from '../support/contents.ts';

export type Tables = Record<string, unknown[]>;
type Row = Record<string, unknown>;

/**
 * The tables without what differs between two undisturbed runs. Times of scans become `scan 1`, `scan 2` of their
 * account; the hash of a results file goes, for the file tells the time.
 */
export async function comparable(store: Store): Promise<Tables> {
  const tables = await contents(store);
  const names = namesOfScans(tables['scans'] as Row[]);
  const plain = (row: Row): Row => {
    const account = String(row['account_id']);
    const entries = Object.entries(row).filter(([column]) => column !== 'results_sha256');
    return Object.fromEntries(
      entries.map(([column, value]) => [column, names.get(`${account} ${String(value)}`) ?? value]),
    );
  };
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, (rows as Row[]).map(plain)]),
  );
}

/** By account and time, in the order of time. */
function namesOfScans(scans: readonly Row[]): Map<string, string> {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { account_id: account, scan_time: time } of scans) {
    const number = (counts.get(String(account)) ?? 0) + 1;
    counts.set(String(account), number);
    names.set(`${String(account)} ${String(time)}`, `scan ${number}`);
  }
  return names;
}

/** Each difference in a line: the table, and what was expected where something else is. */
export function differences(actual: Tables, expected: Tables): string[] {
  return Object.entries(expected).flatMap(([table, rows]) => {
    const found = actual[table] ?? [];
    const counts = found.length === rows.length ? [] : [`${table}: ${found.length} rows, not ${rows.length}`];
    const wrong = rows.flatMap((row, index) =>
      isDeepStrictEqual(found[index], row)
        ? []
        : [`${table}[${index}]: ${changed(found[index] as Row, row as Row)}`],
    );
    return [...counts, ...wrong];
  });
}

function changed(actual: Row | undefined, expected: Row): string {
  if (actual === undefined) return 'missing';
  return Object.keys(expected)
    .filter((column) => !isDeepStrictEqual(actual[column], expected[column]))
    .map((column) => `${column} ${JSON.stringify(actual[column])}, not ${JSON.stringify(expected[column])}`)
    .join('; ')
    .slice(0, 400);
}
