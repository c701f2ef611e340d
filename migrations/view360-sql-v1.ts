import type { Dialect } from './tables-v1.ts';
import type { View360Table } from './view360-tables-v1.ts';
import type { View360View } from './view360-views-v1.ts';

/** How the tables and views of accounts become SQL. Frozen with the migration that uses it. */

export const VIEW360_PREFIX = 'view360_';

export interface View360Column {
  name: string;
  /** As the declaration of the tables explains them. */
  type: string;
  nullable: boolean;
  default?: string;
}

const NUMBERS: Readonly<Record<string, readonly [mysql: string, sqlite: string]>> = {
  id: ['bigint AUTO_INCREMENT PRIMARY KEY', 'integer PRIMARY KEY'],
  big: ['bigint', 'integer'],
  int: ['int', 'integer'],
  bool: ['tinyint', 'integer'],
  money: ['decimal(30,15)', 'numeric'],
  pct: ['decimal(9,4)', 'numeric'],
  ratio: ['decimal(12,8)', 'numeric'],
};
const TEXTS: Readonly<Record<string, string>> = {
  date: 'date',
  ts: 'datetime(3)',
  text: 'mediumtext COLLATE utf8mb4_bin',
  json: 'mediumtext COLLATE utf8mb4_bin',
  hash: 'char(64) CHARACTER SET ascii COLLATE ascii_bin',
  acct: 'char(12) CHARACTER SET ascii COLLATE ascii_bin',
};
const ENTITY = 'first_seen_at ts!, last_seen_at ts!, gone_at ts';
const LINEAGE = 'source_file_id big, created_at ts!, updated_at ts!';
const ACCOUNT =
  'account account_name account_full account_type account_category account_status account_partner account_customer project_product_name';

/** All columns of a table, those that every row has included. */
export function view360Columns({ kind, columns }: View360Table): View360Column[] {
  const common = {
    entity: `, row_key hash!, row_hash hash!, ${ENTITY}, ${LINEAGE}`,
    fact: `, row_key hash!, row_hash hash!, ${LINEAGE}`,
    system: '',
  };
  return (columns + common[kind]).split(',').map((declared) => {
    const [, name = '', type = '', required, fallback] =
      /^\s*(\w+)\s+(\w+)(!?)(?:=(\w+))?\s*$/.exec(declared) ?? [];
    return {
      name,
      type,
      nullable: required !== '!',
      ...(fallback === undefined ? {} : { default: fallback }),
    };
  });
}

/** The statements that make a table; each can run again. */
export function createView360Table(dialect: Dialect, table: View360Table): string[] {
  const mysql = dialect === 'mysql';
  const name = VIEW360_PREFIX + table.name;
  const columns = view360Columns(table);
  const primary = columns.find(({ type }) => type === 'id')?.name ?? naturalPrimary(table);
  const lines = [
    ...(primary === undefined
      ? [mysql ? '`id` bigint AUTO_INCREMENT PRIMARY KEY' : 'id integer PRIMARY KEY']
      : []),
    ...columns.map((column) => columnSql(column, mysql, column.name === primary)),
  ];
  const unique = table.kind === 'system' ? table.key : ['row_key'];
  if (unique.join() !== primary) lines.push(uniqueSql(name, unique, mysql));
  const indexes = (table.indexes ?? []).map((on) => ({
    name: `ix_${name}_${on.join('_')}`.slice(0, 64),
    on,
  }));
  if (mysql) lines.push(...indexes.map((index) => `INDEX ${index.name} (${index.on.join(', ')})`));
  for (const [column, [parent, referenced]] of Object.entries(table.foreignKeys ?? {})) {
    lines.push(
      `CONSTRAINT fk_${name}_${column} FOREIGN KEY (${column}) REFERENCES ${VIEW360_PREFIX}${parent} (${referenced}) ON DELETE CASCADE`,
    );
  }
  const options = mysql
    ? ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC'
    : '';
  return [
    `CREATE TABLE IF NOT EXISTS ${name} (\n  ${lines.join(',\n  ')}\n)${options}`,
    ...(mysql
      ? []
      : indexes.map(
          (index) => `CREATE INDEX IF NOT EXISTS ${index.name} ON ${name} (${index.on.join(', ')})`,
        )),
  ];
}

/** The statements that make a view, or make it anew. */
export function createView360View(dialect: Dialect, { name, sql }: View360View): string[] {
  const text = view360Sql(sql);
  return dialect === 'mysql'
    ? [`CREATE OR REPLACE SQL SECURITY INVOKER VIEW ${name} AS ${text}`]
    : [`DROP VIEW IF EXISTS ${name}`, `CREATE VIEW ${name} AS ${text}`];
}

/** With the names of tables, and what is told of every account, put in. */
export function view360Sql(sql: string): string {
  const account = ACCOUNT.split(' ')
    .map((column) => `d.${column}`)
    .join(', ');
  return sql
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll('{account}', account)
    .replaceAll(/\{(\w+)\}/g, `${VIEW360_PREFIX}$1`);
}

function naturalPrimary({ name, kind, key }: View360Table): string | undefined {
  return name === 'accounts' || (kind === 'system' && key.length === 1) ? key[0] : undefined;
}

function columnSql(
  { name, type, nullable, default: fallback }: View360Column,
  mysql: boolean,
  primary: boolean,
): string {
  const number = NUMBERS[type];
  const text = type.startsWith('s') ? `varchar(${type.slice(1)}) COLLATE utf8mb4_bin` : TEXTS[type];
  const sql = number === undefined ? (mysql ? text : 'text') : number[mysql ? 0 : 1];
  const quoted = mysql ? `\`${name}\`` : `"${name}"`;
  const key = primary && type !== 'id' ? ' PRIMARY KEY' : '';
  const given = fallback === undefined ? '' : ` DEFAULT '${fallback}'`;
  return `${quoted} ${sql}${nullable || type === 'id' ? '' : ' NOT NULL'}${given}${key}`;
}

function uniqueSql(name: string, columns: readonly string[], mysql: boolean): string {
  const on = columns.join(', ');
  return mysql ? `UNIQUE INDEX uq_${name} (${on})` : `CONSTRAINT uq_${name} UNIQUE (${on})`;
}
