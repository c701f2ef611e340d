import type { FileHandle } from 'node:fs/promises';
import type { RowCounts } from '../../model/view360.ts';
import { isAmong } from '../../store/database/statements.ts';
import type { Session, Store } from '../../store/database/store.ts';
import { sqlTime } from '../../store/database/values.ts';
import type { SqlValue } from '../../store/database/values.ts';
import { organizationOf } from '../../store/view360/ledger.ts';
import type { RejectedRow, TableStats } from '../../store/view360/ledger.ts';
import { rowHash, rowKey, RowWriter } from '../../store/view360/row-writer.ts';
import type { Origin, TableRow } from '../../store/view360/row-writer.ts';
import { converterOf, Misfit } from '../payload/convert.ts';
import type { Convert } from '../payload/convert.ts';
import { collected } from '../payload/envelope.ts';
import type { Envelope } from '../payload/envelope.ts';
import { containerOf, mappings } from '../payload/mapping.ts';
import type { Around, Mapping, PayloadRow } from '../payload/mapping.ts';
import { readRows } from '../payload/rows.ts';
import type { ReadRow } from '../payload/rows.ts';

/** A file whose sections are being loaded. */
export interface Loading {
  store: Store;
  session: Session;
  handle: FileHandle;
  envelope: Envelope;
  organizationId: string;
  origin: Origin;
  /** By table and region, since when rows are gone that this file still has. */
  goneSince: ReadonlyMap<string, ReadonlyMap<string, string>>;
  signal: AbortSignal;
  onRows: (rows: number) => void;
}

export interface LoadedSection {
  stats: TableStats[];
  rejects: RejectedRow[];
}

/** More rows than both of these may not be wrong in a section. */
const TOLERATED_REJECTS = { rows: 10, share: 0.05 };
const MOST_REJECTS_KEPT = 10_000;
const MOST_ROW_JSON = 2000;

/** What a row became, for those that lie in it; undefined when it was rejected. */
type Parent = Record<string, SqlValue> | undefined;

/** So many rows of a section are wrong that none of it is taken. */
export class TooManyRejects extends Error {
  readonly stats: readonly TableStats[];
  readonly rejects: readonly RejectedRow[];

  constructor({ stats, rejects }: LoadedSection) {
    const rejected = rejects.length;
    super(`${rejected} rows are wrong; the first: ${rejects[0]?.path}: ${rejects[0]?.message}`);
    this.stats = stats;
    this.rejects = rejects;
  }
}

/** Whether a file has anything to load of a section: every file has of the account, and of how collecting went. */
export function hasSection({ sections }: Envelope, section: string): boolean {
  return section === 'account' || section === 'logs' || sections.has(section);
}

/**
 * Loads one section, its tables parents first, in the transaction that the session is in. What it does has no effect outside of
 * it.
 *
 * @throws TooManyRejects
 */
export async function loadSection(loading: Loading, section: string): Promise<LoadedSection> {
  const parents = new Map<string, Parent[]>();
  const loaded: LoadedSection = { stats: [], rejects: [] };
  for (const mapping of mappings.filter((one) => one.section === section)) {
    const table = new TableLoad(loading, mapping, parents, loaded.rejects);
    loaded.stats.push(await table.run());
  }
  const rowsIn = loaded.stats.reduce((sum, stats) => sum + stats.rowsIn, 0);
  const rejected = loaded.stats.reduce((sum, stats) => sum + stats.rejected, 0);
  if (rejected > TOLERATED_REJECTS.rows && rejected > rowsIn * TOLERATED_REJECTS.share)
    throw new TooManyRejects(loaded);
  return loaded;
}

/** One table of a section. */
class TableLoad {
  readonly #loading: Loading;
  readonly #mapping: Mapping;
  readonly #parents: Map<string, Parent[]>;
  readonly #rejects: RejectedRow[];
  readonly #writer: RowWriter;
  readonly #columns: readonly { name: string; convert: Convert; isKey: boolean; required: boolean }[];
  readonly #keyAt: readonly number[];
  readonly #restAt: readonly number[];
  readonly #own: Parent[] = [];
  readonly #keepsOwn: boolean;
  readonly #foreign = new Map<string, boolean>();
  readonly #counts: RowCounts = { rowsIn: 0, created: 0, updated: 0, skipped: 0, rejected: 0, gone: 0 };
  #batch: TableRow[] = [];

  constructor(loading: Loading, mapping: Mapping, parents: Map<string, Parent[]>, rejects: RejectedRow[]) {
    const { table, changedAt } = mapping;
    this.#loading = loading;
    this.#mapping = mapping;
    this.#parents = parents;
    this.#rejects = rejects;
    this.#writer = new RowWriter(loading.store, loading.session, table, loading.origin, {
      goneSince: loading.goneSince.get(table.name) ?? new Map<string, string>(),
      changedAt,
    });
    this.#columns = table.told.map((column) => ({
      name: column.name,
      isKey: table.key.includes(column.name),
      required: !column.nullable,
      convert: converterOf(column, table.key.includes(column.name)),
    }));
    this.#keyAt = table.key.map((name) => table.told.findIndex((column) => column.name === name));
    // Numbers that this database gave to other rows say nothing of the row.
    this.#restAt = table.told.flatMap(({ name }, at) =>
      table.key.includes(name) || name === 'log_id' ? [] : [at],
    );
    this.#keepsOwn = mappings.some(({ parent }) => parent === table.name);
  }

  async run(): Promise<TableStats> {
    const startedAt = Date.now();
    const { table, section } = this.#mapping;
    await this.#resolveParents();
    for await (const rows of this.#read()) {
      for (const row of rows) {
        for (const one of this.#expanded(row)) {
          this.#take(one.row, one.path, row, one.index);
          if (this.#batch.length >= this.#writer.batchRows) await this.#flush();
        }
      }
    }
    await this.#flush();
    if (this.#keepsOwn) this.#parents.set(table.name, this.#own);
    this.#counts.gone = await this.#markGone();
    Object.assign(this.#counts, this.#writer.counts);
    return { ...this.#counts, section, table: table.name, durationMs: Date.now() - startedAt };
  }

  async *#read(): AsyncGenerator<readonly ReadRow[]> {
    const { handle, envelope, signal } = this.#loading;
    const { table, section } = this.#mapping;
    const place = envelope.sections.get(section);
    const alone = (value: unknown): ReadRow[] => [{ value, key: section, index: 0, parentIndex: 0 }];
    if (table.name === 'account_regions' && !envelope.present.has('account.regions')) {
      yield alone({ region: envelope.region });
    } else if (table.name === 'accounts' && (await this.#knowsMore(place !== undefined))) {
      return;
    } else if (place !== undefined) {
      yield* readRows(handle, place, this.#mapping, signal);
    } else if (table.name === 'accounts' || table.name === 'logs') {
      yield alone({});
    }
  }

  /** Whether the account is known better than this file knows it. */
  async #knowsMore(isTold: boolean): Promise<boolean> {
    const { session, envelope } = this.#loading;
    const { status } = collected(envelope, 'account', undefined);
    if (isTold && status !== 'Fail' && status !== 'NotRun') return false;
    return (await organizationOf(session, envelope.accountId)) !== undefined;
  }

  #expanded({
    value,
    key,
    index,
    parentIndex,
  }: ReadRow): { row: PayloadRow | undefined; path: string; index: number }[] {
    const path = this.#pathOf(key, index, parentIndex);
    const { expand } = this.#mapping;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (expand === undefined) return [{ row: isObject ? (value as PayloadRow) : undefined, path, index }];
    const around = {
      envelope: this.#loading.envelope,
      organizationId: this.#loading.organizationId,
      index,
      key,
      parent: {},
    };
    return expand(value, around).map((row, at) => ({
      row,
      path: at === 0 ? path : `${path}#${at}`,
      index: index + at,
    }));
  }

  #pathOf(key: string, index: number, parentIndex: number): string {
    const { path, parent } = this.#mapping;
    const lists = path.filter((part) => part === '[]').length;
    let seen = 0;
    return path
      .map((part) => {
        if (part === '{}') return `.${key}`;
        if (part !== '[]') return `.${part}`;
        seen += 1;
        return `[${seen === lists ? index : parent === undefined ? 0 : parentIndex}]`;
      })
      .join('')
      .slice(1, 255);
  }

  #take(row: PayloadRow | undefined, path: string, { key, parentIndex }: ReadRow, index: number): void {
    const place = this.#counts.rowsIn;
    this.#counts.rowsIn += 1;
    const taken =
      row === undefined
        ? new Misfit('is no object')
        : this.#rowOf(row, key, index, this.#parentOf(parentIndex, place));
    if (taken instanceof Misfit) {
      this.#reject(path, taken.problem, row);
      if (this.#keepsOwn) this.#own.push(undefined);
      return;
    }
    if (this.#keepsOwn) {
      const values = Object.fromEntries(
        this.#columns.map(({ name }, at) => [name, taken.values[at] ?? null]),
      );
      this.#own.push({ ...values, row_key: taken.key });
    }
    this.#batch.push(taken);
  }

  #parentOf(parentIndex: number, place: number): Parent {
    const { parent } = this.#mapping;
    if (parent === undefined) return {};
    const isSameRow = mappings.some(
      ({ table, path }) => table.name === parent && path.join() === this.#mapping.path.join(),
    );
    return this.#parents.get(parent)?.[isSameRow ? place : parentIndex];
  }

  #rowOf(row: PayloadRow, key: string, index: number, parent: Parent): TableRow | Misfit {
    if (parent === undefined) return new Misfit('lies in a row that was rejected');
    const { envelope, organizationId } = this.#loading;
    const around: Around = { envelope, organizationId, index, key, parent };
    const { fields, ofOtherAccounts } = this.#mapping;
    const values: SqlValue[] = [];
    for (const { name, convert, isKey, required } of this.#columns) {
      const own = fields[name];
      let raw = own === undefined ? row[name] : own(row, around);
      if (name === 'account_id') raw ??= envelope.accountId;
      const value = convert(raw);
      if (value instanceof Misfit) return new Misfit(`${name} ${value.problem}`);
      if (value === null && required) return new Misfit(`${name} is missing`);
      if (name === 'account_id' && value !== envelope.accountId && !ofOtherAccounts)
        return new Misfit(`account_id is ${String(value)}, another account`);
      if (isKey && value === '' && !EMPTY_KEYS.has(name)) return new Misfit(`${name} is empty`);
      values.push(value);
    }
    return {
      key: rowKey(this.#keyAt.map((at) => values[at] as SqlValue)),
      hash: rowHash(this.#restAt.map((at) => values[at] as SqlValue)),
      values,
    };
  }

  #reject(path: string, message: string, row: unknown): void {
    this.#counts.rejected += 1;
    if (this.#rejects.length >= MOST_REJECTS_KEPT) return;
    const written = JSON.stringify(row) as string | undefined;
    this.#rejects.push({
      path: this.#rejects.some((other) => other.path === path)
        ? `${path} (${this.#mapping.table.name})`
        : path,
      code: /missing|empty/.test(message) ? 'E_KEY' : 'E_ROW',
      message: `${this.#mapping.table.name}: ${message}`,
      row: written !== undefined && written.length <= MOST_ROW_JSON ? written : null,
    });
  }

  async #flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    await this.#writer.write(this.#mapping.ofOtherAccounts ? await this.#ofOurs(batch) : batch);
    this.#loading.onRows(batch.length);
  }

  /** Without rows of accounts that another organisation has; accounts that nobody has become known. */
  async #ofOurs(rows: readonly TableRow[]): Promise<readonly TableRow[]> {
    const at = this.#columns.findIndex(({ name }) => name === 'account_id');
    const { envelope, session, organizationId, origin } = this.#loading;
    this.#foreign.set(envelope.accountId, true);
    for (const row of rows) {
      const accountId = String(row.values[at]);
      if (this.#foreign.has(accountId)) continue;
      const owner = await organizationOf(session, accountId);
      if (owner === undefined) await addDiscovered(this.#loading, accountId, origin);
      else await sawEarlier(session, accountId, origin);
      this.#foreign.set(accountId, owner === undefined || owner === organizationId);
    }
    return rows.filter(({ values }) => {
      const accountId = String(values[at]);
      if (this.#foreign.get(accountId) === true) return true;
      this.#reject(
        `${containerOf(this.#mapping)} (${accountId})`,
        'account_id belongs to another organisation',
        undefined,
      );
      return false;
    });
  }

  /** Ids that the database has given to the rows above. */
  async #resolveParents(): Promise<void> {
    const { parent, needsParentId } = this.#mapping;
    const rows = (parent === undefined ? undefined : this.#parents.get(parent)) ?? [];
    const keys = rows.flatMap((row) => (row === undefined ? [] : [row['row_key'] as string]));
    if (!needsParentId || keys.length === 0) return;
    const [among, ...values] = isAmong('row_key', keys);
    const found = await this.#loading.session.query<{ id: number | string; row_key: string }>(
      `SELECT id, row_key FROM view360_${parent} WHERE ${among}`,
      values,
    );
    const ids = new Map(found.map((row) => [row.row_key, Number(row.id)]));
    for (const row of rows) if (row !== undefined) row['id'] = ids.get(row['row_key'] as string) ?? null;
  }

  /** What a complete look did not show any more. */
  async #markGone(): Promise<number> {
    const { session, envelope, origin } = this.#loading;
    const { table, period } = this.#mapping;
    const regions = completeRegions(envelope, this.#mapping);
    if (regions === undefined) return 0;
    if (period !== undefined) {
      const [condition, ...values] = period({ envelope });
      return session.execute(
        `DELETE FROM ${table.sqlName} WHERE ${condition} AND source_file_id IN (SELECT id FROM view360_ingest_files WHERE generated_at < ?) AND source_file_id <> ?`,
        [...values, origin.generatedAt, origin.fileId],
      );
    }
    if (table.kind !== 'entity') return 0;
    const [among, ...values] = regions[0] === '' ? ['1 = 1'] : isAmong('region', regions);
    return session.execute(
      `UPDATE ${table.sqlName} SET gone_at = ?, updated_at = ? WHERE account_id = ? AND gone_at IS NULL AND last_seen_at < ? AND ${among}`,
      [origin.generatedAt, origin.now, envelope.accountId, origin.generatedAt, ...values],
    );
  }
}

/** What may be empty though it tells rows apart. */
const EMPTY_KEYS = new Set([
  'version',
  'kb_id',
  'environment',
  'dimension',
  'detail_key',
  'resource_type',
  'subscription_id',
]);

/**
 * The regions in which a file shows all rows of a table, `['']` for a table without regions; undefined when it does not: what it
 * lacks may still be there.
 */
export function completeRegions(envelope: Envelope, mapping: Mapping): readonly string[] | undefined {
  const { table, section, part, neverGone, period } = mapping;
  if (neverGone || table.name === 'accounts' || (table.kind !== 'entity' && period === undefined))
    return undefined;
  const { complete, status, regions } = collected(envelope, section, part);
  if (!complete || status !== 'Pass' || !envelope.present.has(containerOf(mapping))) return undefined;
  if (!REGIONAL.has(table.name)) return [''];
  return regions.length === 0 ? [envelope.region] : regions;
}

/** Tables whose rows are in a region, and are looked for region by region. */
const REGIONAL = new Set(
  mappings
    .filter(({ table, section }) => table.has.has('region') && section !== 'account')
    .map(({ table }) => table.name)
    .filter((name) => !['trusted_advisor_resources', 'health_events', 'ri_sp_daily_savings'].includes(name)),
);

async function addDiscovered(
  { session, organizationId }: Loading,
  accountId: string,
  origin: Origin,
): Promise<void> {
  const row: Readonly<Record<string, SqlValue>> = {
    organization_id: organizationId,
    account_id: accountId,
    account_name: accountId,
    account_full: `${accountId}-${accountId}`,
    account_status: 'DISCOVERED',
    csp: 'AWS',
    row_key: rowKey([accountId]),
    row_hash: rowHash([]),
    // Whatever its own payload says is newer.
    first_seen_at: origin.generatedAt,
    last_seen_at: EARLIEST,
    source_file_id: origin.fileId,
    created_at: origin.now,
    updated_at: origin.now,
  };
  const columns = Object.keys(row);
  await session.execute(
    `INSERT INTO view360_accounts (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    Object.values(row),
  );
}

async function sawEarlier(session: Session, accountId: string, { generatedAt }: Origin): Promise<void> {
  await session.execute(
    'UPDATE view360_accounts SET first_seen_at = ? WHERE account_id = ? AND first_seen_at > ?',
    [generatedAt, accountId, generatedAt],
  );
}

const EARLIEST = sqlTime('2000-01-01T00:00:00Z');
