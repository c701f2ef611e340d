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
 * dialects put the parts, and so the values, in different places. MySQL reads the table called `first` first: it knows
 * nothing of a temporary table's content, and would choose badly.
 */
export function updateJoined(
  dialect: Dialect,
  parts: {
    target: string;
    source: string;
    first: 'target' | 'source';
    on: Fragment;
    set: Readonly<Record<string, Fragment>>;
  },
): Statement {
  const { target, source } = parts;
  const [on, ...onValues] = parts.on;
  const alias = target.split(' ')[1] ?? target;
  const sets = Object.entries(parts.set);
  const setValues = sets.flatMap(([, [, ...values]]) => values);
  if (dialect === 'mysql') {
    const tables = parts.first === 'target' ? [target, source] : [source, target];
    const assignments = sets.map(([column, [expression]]) => `${alias}.${column} = ${expression}`).join(', ');
    return {
      sql: `UPDATE ${tables.join(' STRAIGHT_JOIN ')} ON ${on} SET ${assignments}`,
      values: [...onValues, ...setValues],
    };
  }
  const assignments = sets.map(([column, [expression]]) => `${column} = ${expression}`).join(', ');
  return {
    sql: `UPDATE ${target.replace(' ', ' AS ')} SET ${assignments} FROM ${source.replace(' ', ' AS ')} WHERE ${on}`,
    values: [...setValues, ...onValues],
  };
}

/** An INSERT of rows that are joined in the order in which the tables are given, which the database keeps to. */
export function insertJoined(
  dialect: Dialect,
  parts: {
    into: string;
    select: Fragment;
    from: string;
    joins: readonly (readonly [table: string, on: string, ...values: SqlValue[]])[];
    where: Fragment;
  },
): Statement {
  const [select, ...selectValues] = parts.select;
  const [where, ...whereValues] = parts.where;
  const join = dialect === 'mysql' ? 'STRAIGHT_JOIN' : 'CROSS JOIN';
  const joins = parts.joins.map(([table, on]) => `${join} ${table} ON ${on}`).join(' ');
  return {
    sql: `INSERT INTO ${parts.into} SELECT ${select} FROM ${parts.from} ${joins} WHERE ${where}`,
    values: [...selectValues, ...parts.joins.flatMap(([, , ...values]) => values), ...whereValues],
  };
}

/** One INSERT for many rows of equal length. */
export function insertRows(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): Statement {
  const row = `(${columns.map(() => '?').join(', ')})`;
  return {
    sql: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => row).join(', ')}`,
    values: rows.flat(),
  };
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
  if (wanted === undefined) return undefined;
  return wanted.length === 0 ? ['1 = 0'] : [`${column} IN (${wanted.map(() => '?').join(', ')})`, ...wanted];
}
