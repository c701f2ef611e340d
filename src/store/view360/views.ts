import { VIEW360_VIEWS_V1 } from '../../../migrations/view360-views-v1.ts';
import { VedetteError } from '../../errors.ts';
import { mostSimilar } from '../../text/similar.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Fragment } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import type { SqlValue } from '../database/values.ts';
import { keepClock } from './clock.ts';
import { setUpView360 } from './set-up.ts';

/** Reading of the views, always for one organisation. */

export interface View {
  name: string;
  /** What it answers. */
  purpose: string;
}

export const views: readonly View[] = VIEW360_VIEWS_V1.map(({ name, purpose }) => ({ name, purpose }));

export interface ViewColumn {
  name: string;
  isNumber: boolean;
}

export type ViewValue = string | number | null;
export type ViewRow = Readonly<Record<string, ViewValue>>;

export interface ViewQuery {
  organizationId: string;
  /** Of these accounts, by id. */
  accountIds?: readonly string[];
  /** Rows that have one of the values in a column. */
  where?: Readonly<Record<string, readonly string[]>>;
  /** Rows of this day and later, and before this one, by the first column that tells a day. */
  since?: string;
  until?: string;
  /** A column, with `-` before it for the greatest first. */
  sort?: string;
  limit: number;
  offset?: number;
}

/** Columns that tell whose a row is: of an account, or of the organisation itself. */
const ACCOUNT_COLUMNS = ['account', 'account_id', 'SubAccountId'];
const ORGANIZATION_COLUMNS = ['organization_id', 'x_OrganizationId'];
/** Columns that tell when, the ones that say it best first. */
const DAY_COLUMNS = [
  'date_from',
  'day',
  'period_start',
  'snapshot_date',
  'period_end',
  'date_created',
  'ChargePeriodStart',
  'BillingMonth',
  'first_seen_at',
  'created_at',
  'cost_date',
  'start_date',
  'start_time',
];
/** More decimals are noise of how SQLite reckons. */
const DECIMALS = 1e8;

/** @throws VedetteError `not-found` */
export function viewNamed(name: string): View {
  const found =
    views.find((view) => view.name === name) ?? views.find((view) => view.name === `view_${name}`);
  if (found !== undefined) return found;
  const similar = mostSimilar(
    name,
    views.map((view) => view.name),
  );
  throw new VedetteError('not-found', `There is no view ${JSON.stringify(name)}.`, {
    remedy: `${similar === undefined ? '' : `Did you mean ${similar}? `}vedette view360 query, or GET /views, lists them.`,
  });
}

/** Views that are sums, ranks or unions: all of one is reckoned for any row of it. */
const reckoned: ReadonlySet<string> = new Set(
  VIEW360_VIEWS_V1.filter(({ sql }) => /\b(?:GROUP BY|OVER|UNION|DISTINCT)\b/.test(sql)).map(
    ({ name }) => name,
  ),
);

const known = new WeakMap<Store['dataSource'], Map<string, readonly ViewColumn[]>>();

/** The columns of a view, in order. */
export async function viewColumns(store: Store, name: string): Promise<readonly ViewColumn[]> {
  await setUpView360(store);
  const ofStore = known.get(store.dataSource) ?? new Map<string, readonly ViewColumn[]>();
  known.set(store.dataSource, ofStore);
  const columns = ofStore.get(name) ?? (await readColumns(store, viewNamed(name).name));
  ofStore.set(name, columns);
  return columns;
}

async function readColumns(store: Store, name: string): Promise<ViewColumn[]> {
  if (store.dialect === 'sqlite') {
    // Values of SQLite have their types themselves.
    const rows = await store.read<{ name: string }>(`SELECT name FROM pragma_table_info('${name}')`);
    return rows.map((row) => ({ name: row.name, isNumber: false }));
  }
  const rows = await store.read<{ name: string; type: string }>(
    'SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position',
    [name],
  );
  return rows.map((row) => ({ name: row.name, isNumber: /int|decimal|double|float|bit/.test(row.type) }));
}

/**
 * Rows of a view that belong to the organisation; `total` is only counted when it is asked for.
 *
 * @throws VedetteError `not-found` for a view, `usage` for a column that there is none of
 */
export async function queryView(
  store: Store,
  name: string,
  query: ViewQuery,
): Promise<{ columns: readonly ViewColumn[]; rows: ViewRow[] }> {
  const view = viewNamed(name).name;
  const columns = await viewColumns(store, view);
  await keepClock(store);
  const asked = [
    scopeOf(columns, query),
    ...Object.entries(query.where ?? {}).map(([column, wanted]) =>
      isOneOf(quoted(store, columnNamed(view, columns, column)), wanted),
    ),
    ...daysOf(store, view, columns, query),
  ];
  const order = orderOf(store, view, columns, query.sort);
  const { sql, values } = conditions([...asked, await untilEndOfPage(store, view, columns, asked, query)]);
  const rows = await store.read<Record<string, SqlValue>>(
    `SELECT * FROM ${view} WHERE ${sql}${order} LIMIT ? OFFSET ?`,
    [...values, query.limit, query.offset ?? 0],
  );
  return { columns, rows: rows.map((row) => rowOf(row, columns)) };
}

/**
 * `column=value`, several of one column meaning any of them. A column may be called as it likes, also `constructor`.
 *
 * @throws VedetteError `usage` for what is no condition
 */
export function conditionsOf(given: readonly string[]): Record<string, string[]> {
  const byColumn = new Map<string, string[]>();
  for (const text of given) {
    const [, column, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
    if (column === undefined || value === undefined) {
      throw new VedetteError('usage', `${JSON.stringify(text)} is no condition.`, {
        remedy: 'Give column=value, e.g. --where severity=CRITICAL.',
      });
    }
    byColumn.set(column, [...(byColumn.get(column) ?? []), value]);
  }
  return Object.fromEntries(byColumn);
}

/** The column that rows are sorted by where nothing else is asked for: pages must have an order, and accounts one that is indexed. */
export function usualOrder(columns: readonly ViewColumn[]): string {
  const account = ACCOUNT_COLUMNS.find((name) => columns.some((column) => column.name === name));
  return account ?? columns[0]?.name ?? '';
}

/** Every view names the organisation itself, or is of accounts of it. */
function scopeOf(columns: readonly ViewColumn[], { organizationId, accountIds }: ViewQuery): Fragment {
  const has = (names: readonly string[]) =>
    names.find((name) => columns.some((column) => column.name === name));
  const organization = has(ORGANIZATION_COLUMNS);
  const account = has(ACCOUNT_COLUMNS);
  const [among, ...ids] = (account !== undefined && isOneOf(account, accountIds)) || ['1 = 1'];
  // Not by the account: a file that could not be read has none.
  if (organization !== undefined) return [`${organization} = ? AND ${among}`, organizationId, ...ids];
  if (account === undefined) return ofLogs(organizationId, accountIds);
  return [
    `${account} IN (SELECT account_id FROM view360_accounts WHERE organization_id = ?) AND ${among}`,
    organizationId,
    ...ids,
  ];
}

/** Messages name the row of the log that they belong to, whose account it is. */
function ofLogs(organizationId: string, accountIds: ViewQuery['accountIds']): Fragment {
  const [among, ...ids] = isOneOf('a.account_id', accountIds) ?? ['1 = 1'];
  return [
    `log_id IN (SELECT l.id FROM view360_logs l JOIN view360_accounts a ON a.account_id = l.account_id WHERE a.organization_id = ? AND ${among})`,
    organizationId,
    ...ids,
  ];
}

function daysOf(
  store: Store,
  view: string,
  columns: readonly ViewColumn[],
  { since, until }: ViewQuery,
): Fragment[] {
  if (since === undefined && until === undefined) return [];
  const day = DAY_COLUMNS.find((name) => columns.some((column) => column.name === name));
  if (day === undefined) {
    throw new VedetteError('usage', `Rows of ${view} tell no day.`, { remedy: 'Leave out since and until.' });
  }
  return [
    ...(since === undefined ? [] : [[`${quoted(store, day)} >= ?`, since] as const]),
    ...(until === undefined ? [] : [[`${quoted(store, day)} < ?`, until] as const]),
  ];
}

function orderOf(
  store: Store,
  view: string,
  columns: readonly ViewColumn[],
  sort: string | undefined,
): string {
  if (sort === undefined) return '';
  const name = quoted(store, columnNamed(view, columns, sort.replace(/^-/, '')));
  // All others after it: pages must not overlap.
  const rest = columns.map((column) => quoted(store, column.name)).filter((column) => column !== name);
  return ` ORDER BY ${[`${name}${sort.startsWith('-') ? ' DESC' : ''}`, ...rest].join(', ')}`;
}

/**
 * That a row stands no later in the order than the page ends. What is before and in the page is then sorted by all columns, and
 * their values are looked up, for few rows and not for all: the first column alone is mostly in an index. Undefined where all rows
 * are reckoned anyway, or fit into the page.
 */
async function untilEndOfPage(
  store: Store,
  view: string,
  columns: readonly ViewColumn[],
  asked: readonly (Fragment | undefined)[],
  { sort, limit, offset = 0 }: ViewQuery,
): Promise<Fragment | undefined> {
  if (sort === undefined || reckoned.has(view)) return undefined;
  const isFalling = sort.startsWith('-');
  const column = quoted(store, columnNamed(view, columns, sort.replace(/^-/, '')));
  const { sql, values } = conditions(asked);
  const [last] = await store.read<{ value: SqlValue }>(
    `SELECT ${column} AS value FROM ${view} WHERE ${sql} ORDER BY ${column}${isFalling ? ' DESC' : ''} LIMIT 1 OFFSET ?`,
    [...values, offset + limit - 1],
  );
  if (last === undefined) return undefined;
  // Nothing comes first where it rises, and last where it falls.
  if (last.value === null) return isFalling ? undefined : [`${column} IS NULL`];
  return isFalling ? [`${column} >= ?`, last.value] : [`${column} <= ? OR ${column} IS NULL`, last.value];
}

function columnNamed(view: string, columns: readonly ViewColumn[], wanted: string): string {
  const found = columns.find(({ name }) => name === wanted);
  if (found !== undefined) return found.name;
  throw new VedetteError('usage', `${view} has no column ${JSON.stringify(wanted)}.`, {
    remedy: `It has ${columns.map(({ name }) => name).join(', ')}.`,
  });
}

function quoted({ dialect }: Store, name: string): string {
  return dialect === 'mysql' ? `\`${name}\`` : `"${name}"`;
}

/** The same from every database: numbers as numbers, rounded alike. */
function rowOf(row: Readonly<Record<string, SqlValue>>, columns: readonly ViewColumn[]): ViewRow {
  return Object.fromEntries(
    columns.map(({ name, isNumber }) => {
      const value = row[name] ?? null;
      if (typeof value === 'number' || (isNumber && value !== null)) {
        return [name, Math.round(Number(value) * DECIMALS) / DECIMALS];
      }
      return [name, typeof value === 'boolean' ? Number(value) : value];
    }),
  );
}
