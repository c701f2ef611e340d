import type { QueryRunner } from 'typeorm';

/**
 * How migrations make tables. Frozen with the released ones, which stand on it: what must differ gets a new file, and a new
 * migration may use either.
 */

/** SQLite, or the family of MySQL and MariaDB. */
export type Dialect = 'sqlite' | 'mysql';

/** The types of columns, in SQL. Text compares byte by byte in both dialects. */
export function columnTypes(dialect: Dialect) {
  const mysql = dialect === 'mysql';
  const binary = mysql ? ' COLLATE utf8mb4_bin' : '';
  const ascii = mysql ? ' COLLATE ascii_bin' : '';
  return {
    number: mysql ? 'int' : 'integer',
    text: (length: number) => `varchar(${length})${binary}`,
    ascii: (length: number) => `varchar(${length})${ascii}`,
    longText: `${mysql ? 'mediumtext' : 'text'}${binary}`,
    json: 'json',
    time: 'datetime(3)',
    flag: mysql ? 'tinyint' : 'boolean',
  } as const;
}

export interface TableColumn {
  type: string;
  nullable?: boolean;
  default?: string;
}

export interface TableIndex {
  columns: readonly string[];
  unique?: boolean;
  /** MySQL: characters that are indexed, for columns that are too long to be indexed whole. */
  prefixes?: Readonly<Record<string, number>>;
}

export interface TableForeignKey {
  column: string;
  table: string;
}

export interface TableDefinition {
  name: string;
  columns: Readonly<Record<string, TableColumn>>;
  indexes: Readonly<Record<string, TableIndex>>;
  foreignKeys?: Readonly<Record<string, TableForeignKey>>;
}

export function dialectOf(runner: QueryRunner): Dialect {
  return runner.dataSource.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql';
}

/**
 * The statements that make a table with an `id`, its indexes and its foreign keys. Each can run again after a crash:
 * MySQL commits every statement that changes the schema at once.
 */
export function createTable(dialect: Dialect, table: TableDefinition): string[] {
  return dialect === 'mysql' ? mysqlTable(table) : sqliteTable(table);
}

/** What an index is on, as it stands between its parentheses. */
export function indexColumns(dialect: Dialect, { columns, prefixes = {} }: TableIndex): string {
  if (dialect === 'sqlite') return columns.map((column) => `"${column}"`).join(', ');
  return columns
    .map((column) => {
      const prefix = prefixes[column];
      return `\`${column}\`${prefix === undefined ? '' : `(${prefix})`}`;
    })
    .join(', ');
}

function mysqlTable({ name: table, columns, indexes, foreignKeys = {} }: TableDefinition): string[] {
  const lines = [
    '`id` int NOT NULL AUTO_INCREMENT',
    ...Object.entries(columns).map(([column, definition]) => `\`${column}\` ${columnSql(definition)}`),
    'PRIMARY KEY (`id`)',
    ...Object.entries(indexes).map(
      ([name, index]) => `${index.unique ? 'UNIQUE ' : ''}KEY \`${name}\` (${indexColumns('mysql', index)})`,
    ),
    ...Object.entries(foreignKeys).map(([key, definition]) => foreignKeySql('`', key, definition)),
  ];
  const options = 'ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';
  return [`CREATE TABLE IF NOT EXISTS \`${table}\` (${lines.join(', ')}) ${options}`];
}

function sqliteTable({ name, columns, indexes, foreignKeys = {} }: TableDefinition): string[] {
  const lines = [
    '"id" integer PRIMARY KEY AUTOINCREMENT NOT NULL',
    ...Object.entries(columns).map(([column, definition]) => `"${column}" ${columnSql(definition)}`),
    ...Object.entries(foreignKeys).map(([key, definition]) => foreignKeySql('"', key, definition)),
  ];
  return [
    `CREATE TABLE IF NOT EXISTS "${name}" (${lines.join(', ')})`,
    ...Object.entries(indexes).map(([index, definition]) => {
      const unique = definition.unique ? 'UNIQUE ' : '';
      return `CREATE ${unique}INDEX IF NOT EXISTS "${index}" ON "${name}" (${indexColumns('sqlite', definition)})`;
    }),
  ];
}

function columnSql({ type, nullable = false, default: fallback }: TableColumn): string {
  return `${type} ${nullable ? 'NULL' : 'NOT NULL'}${fallback === undefined ? '' : ` DEFAULT ${fallback}`}`;
}

function foreignKeySql(quote: string, name: string, { column, table }: TableForeignKey): string {
  const quoted = (identifier: string) => quote + identifier + quote;
  const references = `REFERENCES ${quoted(table)} (${quoted('id')}) ON DELETE CASCADE ON UPDATE NO ACTION`;
  return `CONSTRAINT ${quoted(name)} FOREIGN KEY (${quoted(column)}) ${references}`;
}
