import { view360Columns, VIEW360_PREFIX } from '../../../migrations/view360-sql-v1.ts';
import type { View360Column } from '../../../migrations/view360-sql-v1.ts';
import { VIEW360_TABLES_V1 } from '../../../migrations/view360-tables-v1.ts';

/** The tables as they are today. */

export interface Table {
  /** Without the prefix, as payloads and the documentation name it. */
  name: string;
  /** As the database names it. */
  sqlName: string;
  kind: 'entity' | 'fact' | 'system';
  about: string;
  key: readonly string[];
  columns: readonly Column[];
  /** Without those that are kept for every row: what a payload tells. */
  told: readonly Column[];
  has: ReadonlySet<string>;
}

export type Column = View360Column;

const OF_EVERY_ROW = new Set(
  'id row_key row_hash first_seen_at last_seen_at gone_at source_file_id created_at updated_at'.split(' '),
);

export const tables: ReadonlyMap<string, Table> = new Map(
  VIEW360_TABLES_V1.map((declared) => {
    const { name, kind, about, key } = declared;
    const columns = view360Columns(declared);
    const told = columns.filter((column) => !OF_EVERY_ROW.has(column.name));
    const has = new Set(columns.map((column) => column.name));
    return [name, { name, sqlName: VIEW360_PREFIX + name, kind, about, key, columns, told, has }];
  }),
);

export function tableNamed(name: string): Table {
  return tables.get(name) as Table;
}
