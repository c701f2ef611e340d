import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { VedetteError } from '../../errors.ts';
import type { RowCounts } from '../../model/view360.ts';
import { openRegularFile } from '../../regular-file.ts';
import { inTransaction } from '../../store/database/store.ts';
import type { Store } from '../../store/database/store.ts';
import { sqlTime } from '../../store/database/values.ts';
import { finishFile, loadedTwin, noteFile } from '../../store/view360/ledger.ts';
import { rowHash, rowKey, RowWriter } from '../../store/view360/row-writer.ts';
import type { TableRow } from '../../store/view360/row-writer.ts';
import { setUpView360 } from '../../store/view360/set-up.ts';
import { tableNamed } from '../../store/view360/tables.ts';
import type { WorkContext } from '../../work-context.ts';
import { converterOf, Misfit } from '../payload/convert.ts';
import { recordsOf } from './focus-records.ts';
import { LOCAL } from './load-file.ts';

/** What importing a file of costs in the FOCUS format came to. */
export interface FocusOutcome extends RowCounts {
  file: string;
  status: 'loaded' | 'duplicate';
  version: '1.0' | '1.1' | '1.2';
  warnings: readonly string[];
  /** The first of the rows that were left out, and why. */
  problems: readonly string[];
}

const COSTS = tableNamed('focus_cost_and_usage');
const TAGS = tableNamed('focus_tags');
/** Columns that every version has, and that nothing can stand in for. */
const REQUIRED = [
  'BilledCost',
  'BillingAccountId',
  'BillingCurrency',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargePeriodStart',
  'ServiceName',
];
/** Columns that came with a version. */
const SINCE = {
  '1.2': ['PricingCurrency', 'BillingAccountType', 'SubAccountType', 'InvoiceId'],
  '1.1': ['CapacityReservationId', 'CommitmentDiscountQuantity', 'ServiceSubcategory', 'SkuMeter'],
} as const;
const MOST_PROBLEMS = 20;

/**
 * Imports costs in the FOCUS format, 1.0 to 1.2, CSV, CSV compressed with gzip, or Parquet; columns are known by their names. The same
 * file with other content replaces what it brought before.
 *
 * @throws VedetteError `results-invalid` for what is no such file, `results-missing`
 */
export async function importFocus(
  store: Store,
  file: string,
  organizationId: string,
  context: WorkContext,
): Promise<FocusOutcome> {
  await setUpView360(store);
  const { handle, facts } = await openRegularFile(file, 'Name a FOCUS file, *.csv, *.csv.gz or *.parquet.');
  const sha256 = await hashOf(handle);
  const identity = { organizationId, bucket: LOCAL, key: resolve(file), version: sha256 };
  return store.session((session) =>
    inTransaction(store, session, context.signal, async () => {
      const empty = { rowsIn: 0, created: 0, updated: 0, skipped: 0, rejected: 0, gone: 0 };
      const told = { ...FACTS, sha256, sizeBytes: facts.size };
      if (await loadedTwin(session, organizationId, sha256, null))
        return {
          file,
          status: 'duplicate' as const,
          version: '1.2' as const,
          warnings: [],
          problems: [],
          ...empty,
        };
      const fileId = await noteFile(session, identity, told, 'LOADING');
      const now = sqlTime(new Date());
      const origin = { fileId, generatedAt: now, region: 'global', now };
      const rest = { goneSince: new Map<string, string>(), changedAt: undefined };
      const costs = new RowWriter(store, session, COSTS, origin, rest);
      const tags = new RowWriter(store, session, TAGS, origin, rest);
      const reader = new FocusReader(file, organizationId);
      const waiting = { costs: [] as TableRow[], tags: [] as TableRow[] };
      const flush = async (all: boolean): Promise<void> => {
        for (const [rows, writer] of [
          [waiting.costs, costs],
          [waiting.tags, tags],
        ] as const) {
          while (rows.length >= (all ? 1 : writer.batchRows))
            await writer.write(rows.splice(0, writer.batchRows));
        }
      };
      for await (const record of readable(file)) {
        context.signal.throwIfAborted();
        const taken = reader.take(record);
        if (taken === undefined) continue;
        waiting.costs.push(taken.cost);
        waiting.tags.push(...taken.tags);
        await flush(false);
      }
      await flush(true);
      reader.end();
      const gone = await session.execute(
        'DELETE FROM view360_focus_cost_and_usage WHERE x_OrganizationId = ? AND x_SourcePartition = ? AND source_file_id <> ?',
        [organizationId, reader.partition, fileId],
      );
      const counts = { ...costs.counts, rowsIn: reader.rows, rejected: reader.rejected, gone };
      await finishFile(session, fileId, { status: 'LOADED', counts });
      return {
        file,
        status: 'loaded' as const,
        version: reader.version,
        warnings: reader.warnings,
        problems: reader.problems,
        ...counts,
      };
    }),
  );
}

const FACTS = {
  sseKmsKey: null,
  accountId: null,
  region: null,
  interval: null,
  periodEnd: null,
  schema: 'focus',
  generatedAt: null,
  runId: null,
};

/** Rows of a file, from its header on. */
class FocusReader {
  readonly partition: string;
  readonly warnings: string[] = [];
  readonly problems: string[] = [];
  version: FocusOutcome['version'] = '1.0';
  rows = 0;
  rejected = 0;
  readonly #file: string;
  readonly #organizationId: string;
  readonly #convert = COSTS.told.map((column) => ({
    ...column,
    convert: converterOf(column, COSTS.key.includes(column.name)),
  }));
  #header: readonly string[] | undefined;

  constructor(file: string, organizationId: string) {
    this.#file = file;
    this.#organizationId = organizationId;
    this.partition = `file:${basename(file)}`.slice(0, 128);
  }

  take(record: readonly string[]): { cost: TableRow; tags: TableRow[] } | undefined {
    if (this.#header === undefined) {
      this.#readHeader(record);
      return undefined;
    }
    this.rows += 1;
    const row = this.#costOf(record);
    if (!(row instanceof Misfit)) return row;
    this.rejected += 1;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(`row ${this.rows}: ${row.problem}`);
    return undefined;
  }

  end(): void {
    if (this.#header === undefined) throw this.#invalid('is empty');
  }

  #readHeader(record: readonly string[]): void {
    const header = record.map((name) => name.replace(/^\ufeff/, '').trim());
    const missing = REQUIRED.filter((name) => !header.includes(name));
    if (missing.length > 0) throw this.#invalid(`is no FOCUS file: it has no column ${missing.join(', ')}`);
    const unknown = header.filter((name) => !COSTS.has.has(name));
    if (unknown.length > 0)
      this.warnings.push(`columns that are not of FOCUS 1.2 are left out: ${unknown.join(', ')}`);
    const has = (names: readonly string[]) => names.some((name) => header.includes(name));
    this.version = has(SINCE['1.2']) ? '1.2' : has(SINCE['1.1']) ? '1.1' : '1.0';
    this.#header = header;
  }

  #costOf(record: readonly string[]): { cost: TableRow; tags: TableRow[] } | Misfit {
    const given: Record<string, unknown> = {};
    for (const [at, name] of (this.#header ?? []).entries()) {
      const text = record[at];
      if (text !== undefined && text !== '' && text !== 'NULL') given[name] = text;
    }
    for (const name of ['Tags', 'SkuPriceDetails'])
      if (typeof given[name] === 'string') given[name] = jsonOf(given[name]);
    const start =
      typeof given['ChargePeriodStart'] === 'string' ? given['ChargePeriodStart'].slice(0, 10) : undefined;
    const whole: Readonly<Record<string, unknown>> = {
      EffectiveCost: given['BilledCost'],
      ListCost: given['BilledCost'],
      ContractedCost: given['BilledCost'],
      BillingPeriodEnd: given['BillingPeriodStart'],
      ChargePeriodEnd: given['ChargePeriodStart'],
      InvoiceIssuerName: given['ProviderName'] ?? 'AWS',
      ProviderName: 'AWS',
      PublisherName: given['ProviderName'] ?? 'AWS',
      ServiceCategory: 'Other',
      ...given,
      x_OrganizationId: this.#organizationId,
      x_Source: 'FOCUS',
      x_FocusVersion: this.version,
      x_SourcePartition: this.partition,
      x_RowNumber: this.rows,
      x_ChargeDate: start,
      x_BillingMonth:
        typeof given['BillingPeriodStart'] === 'string' ? given['BillingPeriodStart'].slice(0, 7) : undefined,
    };
    const values: TableRow['values'][number][] = [];
    for (const { name, nullable, convert } of this.#convert) {
      const value = convert(whole[name]);
      if (value instanceof Misfit) return new Misfit(`${name} ${value.problem}`);
      if (value === null && !nullable) return new Misfit(`${name} is missing`);
      values.push(value);
    }
    const key = rowKey([this.#organizationId, this.partition, this.rows]);
    return { cost: { key, hash: rowHash(values), values }, tags: tagsOf(given['Tags'], key) };
  }

  #invalid(problem: string): VedetteError {
    return new VedetteError('results-invalid', `${this.#file} ${problem}.`, {
      remedy: GIVE,
    });
  }
}

function tagsOf(tags: unknown, key: string): TableRow[] {
  if (typeof tags !== 'object' || tags === null) return [];
  return Object.entries(tags).map(([name, value]) => {
    const tag = name.slice(0, 255);
    const text = value === null ? null : String(value).slice(0, 1024);
    return { key: rowKey([key, tag]), hash: rowHash([text]), values: [key, tag, text] };
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function* readable(file: string): AsyncGenerator<readonly string[]> {
  try {
    yield* recordsOf(file);
  } catch (cause) {
    throw new VedetteError('results-invalid', `${file} cannot be read: ${String(cause)}`, {
      cause,
      remedy: GIVE,
    });
  }
}
const GIVE = 'Give a FOCUS 1.0, 1.1 or 1.2 file with its header, *.csv, *.csv.gz or *.parquet.';

/** Closes the file. */
async function hashOf(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of file.createReadStream()) hash.update(piece as Buffer);
  return hash.digest('hex');
}
