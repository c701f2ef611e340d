import { createHash } from 'node:crypto';
import type { RowCounts } from '../../model/view360.ts';
import { insertInto, isAmong } from '../database/statements.ts';
import type { Session, Store } from '../database/store.ts';
import type { SqlValue } from '../database/values.ts';
import type { Table } from './tables.ts';

/** The file that rows come from. */
export interface Origin {
  fileId: number;
  /** As the database writes times: when the payload was made. */
  generatedAt: string;
  /** That the payload is about. */
  region: string;
  /** When it is loaded. */
  now: string;
}

/** A row with the values of its columns, in the order of `table.told`. */
export interface TableRow {
  key: string;
  hash: string;
  values: readonly SqlValue[];
}

type Written = Pick<RowCounts, 'created' | 'updated' | 'skipped'>;

interface ExistingRow {
  row_key: string;
  row_hash: string;
  seen_at: string | null;
  seen_region: string | null;
  changed_at: string | null;
}

const MOST_ROWS = 500;
/** SQLite takes 32,766 in one statement. */
const MOST_VALUES = 30_000;

/** What tells a row from all others of its table. @param values of the columns of the natural key */
export function rowKey(values: readonly SqlValue[]): string {
  return sha256(values.map((value) => (value === null ? '' : String(value))).join('\u001F'));
}

/** What a row says, so that a change is seen. @param values of all columns that are no part of the natural key */
export function rowHash(values: readonly SqlValue[]): string {
  return sha256(JSON.stringify(values));
}

/**
 * Writes rows of one table, many at a time, and counts what became of each. A row that a later payload has written stays as
 * that one left it.
 */
export class RowWriter {
  readonly counts: Written = { created: 0, updated: 0, skipped: 0 };
  readonly batchRows: number;
  readonly #dialect: Store['dialect'];
  readonly #session: Session;
  readonly #table: Table;
  readonly #origin: Origin;
  /** Of entities: since when rows are known to be gone that this file still has, by region; `''` is any. */
  readonly #goneSince: ReadonlyMap<string, string>;
  readonly #columns: readonly string[];
  readonly #regionAt: number;
  readonly #changedAt: { name: string; at: number } | undefined;

  constructor(
    { dialect }: Pick<Store, 'dialect'>,
    session: Session,
    table: Table,
    origin: Origin,
    { goneSince, changedAt }: { goneSince: ReadonlyMap<string, string>; changedAt: string | undefined },
  ) {
    this.#dialect = dialect;
    this.#session = session;
    this.#table = table;
    this.#origin = origin;
    this.#goneSince = goneSince;
    const told = table.told.map(({ name }) => name);
    this.#regionAt = told.indexOf('region');
    this.#changedAt = changedAt === undefined ? undefined : { name: changedAt, at: told.indexOf(changedAt) };
    const life = table.kind === 'entity' ? ['first_seen_at', 'last_seen_at', 'gone_at'] : [];
    this.#columns = [...told, 'row_key', 'row_hash', ...life, 'source_file_id', 'created_at', 'updated_at'];
    this.batchRows = Math.min(MOST_ROWS, Math.floor(MOST_VALUES / this.#columns.length));
  }

  /** At most `batchRows`; of those with the same key the last counts. */
  async write(rows: readonly TableRow[]): Promise<void> {
    if (rows.length === 0) return;
    const distinct = new Map(rows.map((row) => [row.key, row]));
    this.counts.skipped += rows.length - distinct.size;
    const existing = await this.#existing([...distinct.keys()]);
    const changed: TableRow[] = [];
    const same: TableRow[] = [];
    const stale: TableRow[] = [];
    for (const row of distinct.values()) {
      const before = existing.get(row.key);
      if (before === undefined) {
        this.counts.created += 1;
        changed.push(row);
      } else if (this.#isNewer(before, row)) {
        this.counts.skipped += 1;
        stale.push(row);
      } else if (before.row_hash === row.hash) {
        this.counts.skipped += 1;
        same.push(row);
      } else {
        this.counts.updated += 1;
        changed.push(row);
      }
    }
    await this.#put(changed);
    await this.#touch(same);
    await this.#sawEarlier(stale);
  }

  async #existing(keys: readonly string[]): Promise<Map<string, ExistingRow>> {
    const [among, ...values] = isAmong('t.row_key', keys);
    const { sqlName, kind } = this.#table;
    const changed = this.#changedAt === undefined ? 'NULL' : `t.${this.#changedAt.name}`;
    const seen = kind === 'entity' ? 't.last_seen_at' : 'f.generated_at';
    const joined = 'LEFT JOIN view360_ingest_files f ON f.id = t.source_file_id';
    const rows = await this.#session.query<ExistingRow>(
      `SELECT t.row_key, t.row_hash, ${seen} AS seen_at, f.region AS seen_region, ${changed} AS changed_at FROM ${sqlName} t ${joined} WHERE ${among}`,
      values,
    );
    return new Map(rows.map((row) => [row.row_key, row]));
  }

  /** Whether what the database has is newer than the row. */
  #isNewer(
    { seen_at: seenAt, seen_region: seenRegion, changed_at: changedAt }: ExistingRow,
    row: TableRow,
  ): boolean {
    const own = this.#changedAt === undefined ? null : row.values[this.#changedAt.at];
    if (typeof own === 'string' && changedAt !== null && own !== changedAt) return own < changedAt;
    const { generatedAt, region } = this.#origin;
    if (seenAt === null || generatedAt !== seenAt) return seenAt !== null && generatedAt < seenAt;
    // Made at once for several regions: whichever comes last, the same one counts.
    return seenRegion !== null && seenRegion !== region && weightOf(region) < weightOf(seenRegion);
  }

  async #put(rows: readonly TableRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { sqlName, kind } = this.#table;
    const { fileId, generatedAt, now } = this.#origin;
    const values = rows.flatMap((row) => [
      ...row.values,
      row.key,
      row.hash,
      ...(kind === 'entity' ? [generatedAt, generatedAt, this.#goneAt(row)] : []),
      fileId,
      now,
      now,
    ]);
    const kept = new Set(['row_key', 'first_seen_at', 'created_at']);
    const mysql = this.#dialect === 'mysql';
    const name = (column: string) => (mysql ? `\`${column}\`` : `"${column}"`);
    const sets = this.#columns
      .filter((column) => !kept.has(column))
      .map((column) => `${name(column)} = ${mysql ? `VALUES(${name(column)})` : `excluded.${name(column)}`}`);
    const insert = insertInto(sqlName, this.#columns.map(name), rows.length);
    const conflict = mysql ? 'ON DUPLICATE KEY UPDATE' : 'ON CONFLICT (row_key) DO UPDATE SET';
    await this.#session.execute(`${insert} ${conflict} ${sets.join(', ')}`, values);
  }

  /** The row is as it was; it was seen once more. */
  async #touch(rows: readonly TableRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { sqlName, kind } = this.#table;
    const { fileId, generatedAt } = this.#origin;
    for (const [goneAt, those] of groupBy(rows, (row) => this.#goneAt(row))) {
      const [among, ...keys] = isAmong(
        'row_key',
        those.map(({ key }) => key),
      );
      const [life, lifeValues] =
        kind === 'entity' ? [', last_seen_at = ?, gone_at = ?', [generatedAt, goneAt]] : ['', []];
      await this.#session.execute(`UPDATE ${sqlName} SET source_file_id = ?${life} WHERE ${among}`, [
        fileId,
        ...lifeValues,
        ...keys,
      ]);
    }
  }

  async #sawEarlier(rows: readonly TableRow[]): Promise<void> {
    if (rows.length === 0 || this.#table.kind !== 'entity') return;
    const [among, ...keys] = isAmong(
      'row_key',
      rows.map(({ key }) => key),
    );
    await this.#session.execute(
      `UPDATE ${this.#table.sqlName} SET first_seen_at = ? WHERE first_seen_at > ? AND ${among}`,
      [this.#origin.generatedAt, this.#origin.generatedAt, ...keys],
    );
  }

  #goneAt({ values }: TableRow): string | null {
    const region = this.#regionAt < 0 ? undefined : values[this.#regionAt];
    const times = [
      this.#goneSince.get(''),
      typeof region === 'string' ? this.#goneSince.get(region) : undefined,
    ];
    return times.filter((time) => time !== undefined).toSorted()[0] ?? null;
  }
}

/** What is told of the account as a whole counts most. */
function weightOf(region: string): string {
  return region === 'global' ? '~' : region;
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
