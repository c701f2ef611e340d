/** SQLite, or the family of MySQL and MariaDB. */
export type Dialect = 'sqlite' | 'mysql';

export interface ColumnType {
  /** As TypeORM names it. */
  type:
    | 'int'
    | 'integer'
    | 'bigint'
    | 'varchar'
    | 'text'
    | 'mediumtext'
    | 'json'
    | 'datetime'
    | 'tinyint'
    | 'boolean';
  length?: number;
  precision?: number;
  collation?: string;
}

/** The types of all columns. Text compares byte by byte in both dialects: names that differ in case or accent are different names. */
export function columnTypes(dialect: Dialect) {
  const mysql = dialect === 'mysql';
  const binary = mysql ? { collation: 'utf8mb4_bin' } : {};
  return {
    number: { type: mysql ? 'int' : 'integer' },
    large: { type: mysql ? 'bigint' : 'integer' },
    text: (length: number) => ({ type: 'varchar', length, ...binary }),
    ascii: (length: number) => ({ type: 'varchar', length, ...(mysql ? { collation: 'ascii_bin' } : {}) }),
    longText: { type: mysql ? 'mediumtext' : 'text', ...binary },
    json: { type: 'json' },
    time: { type: 'datetime', precision: 3 },
    flag: { type: mysql ? 'tinyint' : 'boolean' },
  } as const satisfies Record<string, ColumnType | ((length: number) => ColumnType)>;
}

/** A column's type in SQL. */
export function sqlType({ type, length, precision, collation }: ColumnType): string {
  const size = length ?? precision;
  return `${type}${size === undefined ? '' : `(${size})`}${collation === undefined ? '' : ` COLLATE ${collation}`}`;
}

/** The longest resource id and name that are kept as they are. */
export const MAX_RESOURCE_TEXT = 2048;

/** Characters of a resource id or name that an index of MySQL holds. */
export const INDEXED_TEXT = 255;

/** Characters that a search looks into: as many as fit into an index of MySQL beside the ids. */
export const SEARCHED_TEXT = 700;

/** Columns of events that follow from others: what stands behind them in SQL. */
export const EVENT_EXPRESSIONS = {
  status:
    "CASE WHEN resolved_at IS NOT NULL THEN 'resolved' WHEN suppression_id IS NOT NULL THEN 'suppressed' ELSE 'active' END",
  /** As much of the resource's id as an index of MySQL can hold, and so put in order. */
  resource_start: `SUBSTR(resource_id, 1, ${INDEXED_TEXT})`,
  /** What a search looks into, in small letters: the resource's id, where it is another its name, and its tags as key=value. */
  search_text:
    `LOWER(SUBSTR(CONCAT(SUBSTR(resource_id, 1, ${INDEXED_TEXT}), '\n', COALESCE(SUBSTR(NULLIF(resource_name, resource_id), 1, ${INDEXED_TEXT}), ''), '\n', ` +
    `COALESCE(REPLACE(REPLACE(SUBSTR(CONCAT(JSON_EXTRACT(details, '$.tags'), ''), 2), '": "', '='), '":"', '='), '')), 1, ${SEARCHED_TEXT}))`,
} as const;

/** Where TypeORM keeps the expressions of generated columns. */
export const METADATA_TABLE = 'vedette_metadata';
