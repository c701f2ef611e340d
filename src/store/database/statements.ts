import type { Dialect } from './column-types.ts';
import type { SqlValue } from './values.ts';

export interface Statement {
  sql: string;
  values: SqlValue[];
}

/** A piece of SQL and the values of its placeholders. */
export type Fragment = readonly [sql: string, ...values: SqlValue[]];

/**
 * An UPDATE of `target` with values of the rows of `source` that `on` joins; tables are given as `name alias`. The two
 * dialects put the parts, and so the values, in different places. MySQL reads `source` first: it knows nothing of a
 * temporary table's content, and would choose badly.
 */
export function updateJoined(
  dialect: Dialect,
  { target, source, on: joined, set }: JoinedUpdate & { set: Readonly<Record<string, Fragment>> },
): Statement {
  const [on, ...onValues] = joined;
  const alias = target.split(' ')[1] ?? target;
  const sets = Object.entries(set);
  const setValues = sets.flatMap(([, [, ...values]]) => values);
  if (dialect === 'mysql') {
    const assignments = sets.map(([column, [expression]]) => `${alias}.${column} = ${expression}`).join(', ');
    return {
      sql: `UPDATE ${source} STRAIGHT_JOIN ${target} ON ${on} SET ${assignments}`,
      values: [...onValues, ...setValues],
    };
  }
  const assignments = sets.map(([column, [expression]]) => `${column} = ${expression}`).join(', ');
  return {
    sql: `UPDATE ${target.replace(' ', ' AS ')} SET ${assignments} FROM ${source.replace(' ', ' AS ')} WHERE ${on}`,
    values: [...setValues, ...onValues],
  };
}

interface JoinedUpdate {
  target: string;
  source: string;
  on: Fragment;
}

/**
 * An UPDATE of one column of all rows of `target` with a number of the one row of `source` that `on` joins; 0 where there is
 * none. The rows of `target` are read first.
 */
export function lookUp(
  dialect: Dialect,
  { target, column, value, source, on: joined }: JoinedUpdate & { column: string; value: string },
): Statement {
  const [on, ...values] = joined;
  if (dialect === 'mysql') {
    const alias = target.split(' ')[1] ?? target;
    const sql = `UPDATE ${target} LEFT JOIN ${source} ON ${on} SET ${alias}.${column} = COALESCE(${value}, 0)`;
    return { sql, values };
  }
  const found = `(SELECT ${value} FROM ${source} WHERE ${on})`;
  return { sql: `UPDATE ${target.replace(' ', ' AS ')} SET ${column} = COALESCE(${found}, 0)`, values };
}

/** One INSERT for many rows of equal length. */
export function insertRows(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): Statement {
  return { sql: insertInto(table, columns, rows.length), values: rows.flat() };
}

/** The same without the values, which follow each other row by row. */
export function insertInto(table: string, columns: readonly string[], rows: number): string {
  const row = `(${columns.map(() => '?').join(', ')})`;
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${`${row}, `.repeat(rows - 1)}${row}`;
}

/** Conditions that must all hold; those that are undefined are left out. */
export function conditions(list: readonly (Fragment | undefined)[]): Statement {
  const given = list.filter((condition) => condition !== undefined);
  return {
    sql: given.map(([sql]) => `(${sql})`).join(' AND '),
    values: given.flatMap(([, ...values]) => values),
  };
}

/** `column IN (…)`; undefined when nothing was asked for. */
export function isOneOf(column: string, wanted: readonly SqlValue[] | undefined): Fragment | undefined {
  return wanted && isAmong(column, wanted);
}

/** Conditions of which one must hold, each possibly of several; undefined where one of them asks nothing. */
export function anyOf(list: readonly Statement[]): Fragment | undefined {
  if (list.some(({ sql }) => sql === '')) return undefined;
  return [list.map(({ sql }) => `(${sql})`).join(' OR '), ...list.flatMap(({ values }) => values)];
}

/** `column IN (…)`; nothing is among none. */
export function isAmong(column: string, values: readonly SqlValue[]): Fragment {
  return values.length === 0 ? ['1 = 0'] : [`${column} IN (${values.map(() => '?').join(', ')})`, ...values];
}

/** Whether two texts are the same, byte by byte: MySQL takes those for equal that differ in blanks at the end. */
export function sameText(dialect: Dialect, one: string, other: string): string {
  const equal = `${one} = ${other}`;
  return dialect === 'mysql' ? `(${equal} AND LENGTH(${one}) = LENGTH(${other}))` : equal;
}

/** Terms of a GROUP BY that keeps texts apart which differ, byte by byte. */
export function byText(dialect: Dialect, columns: readonly string[]): string {
  const lengths = dialect === 'mysql' ? columns.map((column) => `LENGTH(${column})`) : [];
  return [...columns, ...lengths].join(', ');
}
