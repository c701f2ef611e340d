import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { failureKinds, reportOf } from '../../errors.ts';
import type { FileStatus, LoadOutcome, LoadStatus, RowCounts, SectionOutcome } from '../../model/view360.ts';
import { openRegularFile } from '../../regular-file.ts';
import { withNamedLock } from '../../store/database/named-lock.ts';
import { inTransaction } from '../../store/database/store.ts';
import type { Session, Store } from '../../store/database/store.ts';
import { sqlTime } from '../../store/database/values.ts';
import { setReportClock } from '../../store/view360/clock.ts';
import {
  findFile,
  finishFile,
  goneSince,
  loadedSections,
  loadedTwin,
  newestLoaded,
  noteFile,
  noteRejects,
  noteSeen,
  noteSection,
  organizationOf,
} from '../../store/view360/ledger.ts';
import type { Coverage, FileFacts, FileIdentity, TableStats } from '../../store/view360/ledger.ts';
import { setUpView360 } from '../../store/view360/set-up.ts';
import type { WorkContext } from '../../work-context.ts';
import type { Envelope } from '../payload/envelope.ts';
import { mappings, SECTIONS } from '../payload/mapping.ts';
import { readEnvelope } from '../payload/read-envelope.ts';
import { Rejected } from '../payload/rejected.ts';
import { completeRegions, hasSection, loadSection, TooManyRejects } from './load-section.ts';
import type { Loading } from './load-section.ts';

/** A payload that lies in a file of this machine, and where it comes from. */
export interface PayloadFile {
  file: string;
  /** Of an object in S3; a file that lies here anyway has none. */
  object?: { bucket: string; key: string; version: string; lastModified: string; sseKmsKey: string | null };
}

export interface LoadOptions {
  organizationId: string;
  /** Only tell what would become of it. */
  dryRun?: boolean;
  /** Of the run of the receiver that came upon it. */
  runId?: number | null;
  /** Whether accounts that nobody has made known may appear by themselves. */
  unknownAccounts?: 'allow' | 'refuse';
}

/** In place of a bucket, of files that lie on this machine. */
export const LOCAL = 'local';
const NO_ROWS: RowCounts = { rowsIn: 0, created: 0, updated: 0, skipped: 0, rejected: 0, gone: 0 };
/** Rows that follow from others of the same section, and are not counted with them. */
const DERIVED = new Set(['focus_cost_and_usage', 'product_accounts']);

/** Takes everything back that a trial did. */
class DryRun extends Error {}

/**
 * Loads one payload: exactly once, whatever is delivered how often; an older one never over a newer one. What cannot be taken is
 * told in the outcome, and in the ledger with its reason.
 *
 * @throws VedetteError what may pass, such as a database that is away: the ledger then says FAILED, and the file can be loaded
 *   again, which goes on where it was.
 */
export async function loadFile(
  store: Store,
  payload: PayloadFile,
  options: LoadOptions,
  context: WorkContext,
): Promise<LoadOutcome> {
  await setUpView360(store);
  const startedAt = Date.now();
  const { handle, facts } = await openRegularFile(payload.file, NAME_IT);
  try {
    const identity = identityOf(payload, options.organizationId);
    const place = {
      name: identity.key,
      isBucket: payload.object !== undefined,
      lastModified: payload.object?.lastModified ?? facts.mtime.toISOString(),
      sizeBytes: facts.size,
    };
    if (payload.object !== undefined && options.dryRun !== true)
      await seen(store, identity, { sizeBytes: facts.size, runId: options.runId ?? null }, context);
    let envelope: Envelope;
    try {
      envelope = await readEnvelope(handle, place, context.signal);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      const version = payload.object?.version ?? (await hashOfFile(handle, facts.size));
      const known = { ...NO_FACTS, sizeBytes: facts.size, runId: options.runId ?? null };
      return await reject(store, { ...identity, version }, known, error, { payload, options, startedAt });
    }
    const version = payload.object?.version ?? envelope.sha256;
    const load = new FileLoad(
      store,
      handle,
      { ...identity, version },
      envelope,
      payload,
      options,
      context,
      startedAt,
    );
    return await load.run(facts.size);
  } finally {
    await handle.close();
  }
}

/** One payload, from its envelope to its last section. */
class FileLoad {
  readonly #store: Store;
  readonly #handle: FileHandle;
  readonly #identity: FileIdentity;
  readonly #envelope: Envelope;
  readonly #payload: PayloadFile;
  readonly #options: LoadOptions;
  readonly #context: WorkContext;
  readonly #startedAt: number;
  #rows = 0;

  constructor(
    store: Store,
    handle: FileHandle,
    identity: FileIdentity,
    envelope: Envelope,
    payload: PayloadFile,
    options: LoadOptions,
    context: WorkContext,
    startedAt: number,
  ) {
    this.#store = store;
    this.#handle = handle;
    this.#identity = identity;
    this.#envelope = envelope;
    this.#payload = payload;
    this.#options = options;
    this.#context = context;
    this.#startedAt = startedAt;
  }

  async run(sizeBytes: number): Promise<LoadOutcome> {
    const { accountId, region, interval, periodEnd, schema, generatedAt, sha256 } = this.#envelope;
    const facts: FileFacts = {
      sha256,
      sizeBytes,
      sseKmsKey: this.#payload.object?.sseKmsKey ?? null,
      accountId,
      region,
      interval,
      periodEnd,
      schema,
      generatedAt,
      runId: this.#options.runId ?? null,
    };
    const { signal } = this.#context;
    return this.#store.session((session) =>
      // Everything of one account is written by one writer at a time.
      withNamedLock(this.#store, session, `view360/${accountId}`, signal, () =>
        this.#options.dryRun === true ? this.#try(session, facts) : this.#load(session, facts),
      ),
    );
  }

  async #try(session: Session, facts: FileFacts): Promise<LoadOutcome> {
    let outcome: LoadOutcome | undefined;
    try {
      await inTransaction(this.#store, session, this.#context.signal, async () => {
        outcome = await this.#load(session, facts, (work) => work());
        throw new DryRun();
      });
    } catch (error) {
      if (!(error instanceof DryRun)) throw error;
    }
    return { ...(outcome as LoadOutcome), fileId: null };
  }

  /** @param transact runs work in a transaction of its own, or in the one that is */
  async #load(
    session: Session,
    facts: FileFacts,
    transact: <Result>(work: () => Promise<Result>) => Promise<Result> = (work) =>
      inTransaction(this.#store, session, this.#context.signal, work),
  ): Promise<LoadOutcome> {
    const claimed = await transact(() => this.#claim(session, facts));
    if ('outcome' in claimed) return claimed.outcome;
    const { fileId } = claimed;
    try {
      return await this.#sections(session, fileId, transact);
    } catch (error) {
      if (error instanceof DryRun) throw error;
      const { type, message } = reportOf(error);
      // The database may be what is away; then the ledger keeps saying that it is being loaded.
      await transact(() =>
        finishFile(session, fileId, { status: 'FAILED', error: { code: type, message } }),
      ).catch(() => undefined);
      throw error;
    }
  }

  async #claim(session: Session, facts: FileFacts): Promise<{ fileId: number } | { outcome: LoadOutcome }> {
    const { accountId, generatedAt, sha256 } = this.#envelope;
    const { organizationId, unknownAccounts = 'allow' } = this.#options;
    await setReportClock(session, new Date());
    const known = await findFile(session, this.#identity);
    const end = async (status: FileStatus, told: LoadStatus, error: LoadOutcome['error'] = null) => {
      const fileId = await noteFile(session, this.#identity, facts, status);
      await finishFile(session, fileId, { status, error, durationMs: Date.now() - this.#startedAt });
      return { outcome: this.#outcome(told, fileId, [], error) };
    };
    if (known?.status === 'LOADED' || known?.status === 'DUPLICATE')
      return { outcome: this.#outcome('duplicate', known.id, []) };
    if (known?.status === 'SUPERSEDED') return { outcome: this.#outcome('superseded', known.id, []) };
    const owner = await organizationOf(session, accountId);
    if (owner !== undefined && owner !== organizationId)
      return end('REJECTED', 'rejected', {
        code: 'E_ACCOUNT_TAKEN',
        message: `account ${accountId} belongs to another organisation`,
      });
    if (owner === undefined && unknownAccounts === 'refuse')
      return end('REJECTED', 'rejected', {
        code: 'E_UNKNOWN_ACCOUNT',
        message: `nobody has made account ${accountId} known (vedette account add)`,
      });
    if (await loadedTwin(session, organizationId, sha256, known?.id ?? null))
      return end('DUPLICATE', 'duplicate');
    const newest = await newestLoaded(session, facts);
    if (newest !== null && newest > generatedAt) return end('SUPERSEDED', 'superseded');
    return { fileId: await noteFile(session, this.#identity, facts, 'LOADING') };
  }

  async #sections(
    session: Session,
    fileId: number,
    transact: <Result>(work: () => Promise<Result>) => Promise<Result>,
  ): Promise<LoadOutcome> {
    const envelope = this.#envelope;
    const outcomes: SectionOutcome[] = [];
    let mayLoad = true;
    for (const section of SECTIONS.filter((name) => hasSection(envelope, name))) {
      this.#context.signal.throwIfAborted();
      // Every row belongs to an account: without it there is nothing that the others could be of.
      if (!mayLoad) break;
      const outcome = await this.#section(session, fileId, section, transact);
      outcomes.push(outcome);
      if (section === 'account' && outcome.status === 'failed') mayLoad = false;
    }
    const counts = sum(outcomes);
    const isWhole = outcomes.every(({ status }) => status === 'loaded');
    await transact(() =>
      finishFile(session, fileId, {
        status: isWhole ? 'LOADED' : 'PARTIAL',
        counts,
        coverage: coverageOf(envelope, outcomes),
        durationMs: Date.now() - this.#startedAt,
      }),
    );
    return this.#outcome(isWhole ? 'loaded' : 'partial', fileId, outcomes);
  }

  async #section(
    session: Session,
    fileId: number,
    section: string,
    transact: <Result>(work: () => Promise<Result>) => Promise<Result>,
  ): Promise<SectionOutcome> {
    const { accountId, generatedAt, region } = this.#envelope;
    const before = this.#rows;
    try {
      const stats = await transact(async () => {
        this.#rows = before;
        const earlier = (await loadedSections(session, fileId)).filter(
          (one) => one.section === section && one.status === 'loaded',
        );
        // An attempt before this one got so far.
        if (earlier.length > 0) return earlier;
        const loading: Loading = {
          store: this.#store,
          session,
          handle: this.#handle,
          envelope: this.#envelope,
          organizationId: this.#options.organizationId,
          origin: { fileId, generatedAt: sqlTime(generatedAt), region, now: sqlTime(new Date()) },
          goneSince: await goneSince(session, accountId, sqlTime(generatedAt)),
          signal: this.#context.signal,
          onRows: (rows) => this.#progress(section, rows),
        };
        const loaded = await loadSection(loading, section);
        await noteRejects(session, fileId, section, loaded.rejects);
        await noteSection(session, fileId, loaded.stats, 'loaded');
        return loaded.stats;
      });
      return { section, status: 'loaded', ...sum(stats.filter(({ table }) => !DERIVED.has(table))) };
    } catch (error) {
      return await this.#sectionFailed(session, fileId, section, error, transact);
    }
  }

  /** What may pass is thrown on; the rest fails this section alone. */
  async #sectionFailed(
    session: Session,
    fileId: number,
    section: string,
    error: unknown,
    transact: <Result>(work: () => Promise<Result>) => Promise<Result>,
  ): Promise<SectionOutcome> {
    this.#context.signal.throwIfAborted();
    const isOfData = error instanceof TooManyRejects || error instanceof Rejected;
    if (!isOfData) throw error;
    const { message } = error;
    const stats: readonly TableStats[] =
      error instanceof TooManyRejects
        ? error.stats.map((one) => ({ ...one, created: 0, updated: 0, skipped: 0, gone: 0 }))
        : [{ ...NO_ROWS, section, table: '', durationMs: 0 }];
    await transact(async () => {
      await noteRejects(session, fileId, section, error instanceof TooManyRejects ? error.rejects : []);
      await noteSection(session, fileId, stats, 'failed', message);
    });
    return { section, status: 'failed', ...sum(stats), error: message };
  }

  #progress(section: string, rows: number): void {
    this.#rows += rows;
    this.#context.onProgress(`${this.#payload.file}: ${section}, ${this.#rows} rows`);
  }

  #outcome(
    status: LoadStatus,
    fileId: number | null,
    sections: readonly SectionOutcome[],
    error: LoadOutcome['error'] = null,
  ): LoadOutcome {
    const { accountId, region, interval, period, warnings } = this.#envelope;
    return {
      file: nameOf(this.#payload),
      fileId,
      accountId,
      region,
      interval,
      period,
      status,
      sections,
      warnings,
      error,
      durationMs: Date.now() - this.#startedAt,
    };
  }
}

const NO_FACTS: FileFacts = {
  sha256: null,
  sizeBytes: 0,
  sseKmsKey: null,
  accountId: null,
  region: null,
  interval: null,
  periodEnd: null,
  schema: null,
  generatedAt: null,
  runId: null,
};

/** One process at a time says so of a file. */
async function seen(
  store: Store,
  identity: FileIdentity,
  facts: { sizeBytes: number; runId: number | null },
  { signal }: WorkContext,
): Promise<void> {
  const lock = `view360/${identity.bucket}/${identity.key}`;
  await store.session((session) =>
    withNamedLock(store, session, lock, signal, () =>
      inTransaction(store, session, signal, () => noteSeen(session, identity, facts)),
    ),
  );
}

async function reject(
  store: Store,
  identity: FileIdentity,
  facts: FileFacts,
  { code, message }: Rejected,
  { payload, options, startedAt }: { payload: PayloadFile; options: LoadOptions; startedAt: number },
): Promise<LoadOutcome> {
  const error = { code, message };
  const { signal } = new AbortController();
  const durationMs = Date.now() - startedAt;
  const fileId =
    options.dryRun === true
      ? null
      : await store.session((session) =>
          inTransaction(store, session, signal, async () => {
            const id = await noteFile(session, identity, facts, 'REJECTED');
            await finishFile(session, id, { status: 'REJECTED', error, durationMs });
            return id;
          }),
        );
  return {
    file: nameOf(payload),
    fileId,
    accountId: null,
    region: null,
    interval: null,
    period: null,
    status: 'rejected',
    sections: [],
    warnings: [],
    error,
    durationMs,
  };
}

function nameOf({ file, object }: PayloadFile): string {
  return object === undefined ? file : `s3://${object.bucket}/${object.key}`;
}

function identityOf({ file, object }: PayloadFile, organizationId: string): FileIdentity {
  return object === undefined
    ? { organizationId, bucket: LOCAL, key: resolve(file), version: '' }
    : { organizationId, bucket: object.bucket, key: object.key, version: object.version };
}

const NAME_IT = 'Name the payload itself, such as data/111111111111/2025-09-15_DAILY.json.';

async function hashOfFile(handle: FileHandle, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256').update(String(sizeBytes));
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return hash.update(buffer.subarray(0, bytesRead)).digest('hex');
}
/** Of a file that is not read to its end, the beginning and the size tell it from others. */
const HEAD_BYTES = 1024 * 1024;

function sum(parts: readonly RowCounts[]): RowCounts {
  const total = { ...NO_ROWS };
  for (const part of parts)
    for (const name of Object.keys(total) as (keyof RowCounts)[]) total[name] += part[name];
  return total;
}

/** What the loaded sections showed completely. */
function coverageOf(envelope: Envelope, outcomes: readonly SectionOutcome[]): Coverage {
  const loaded = new Set(outcomes.filter(({ status }) => status === 'loaded').map(({ section }) => section));
  return Object.fromEntries(
    mappings
      .filter(({ section, table }) => loaded.has(section) && table.kind === 'entity')
      .flatMap((mapping) => {
        const regions = completeRegions(envelope, mapping);
        return regions === undefined ? [] : [[mapping.table.name, regions]];
      }),
  );
}

/** Whether loading a file again can help. */
export function mayPass(error: unknown): boolean {
  return failureKinds[reportOf(error).type].retryable;
}
