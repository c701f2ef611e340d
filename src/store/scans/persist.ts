import { VedetteError } from '../../errors.ts';
import type { Observation, ObservedEvent, ObservedFinding, ScanFacts } from '../../model/observation.ts';
import { ScanStatus, UnverifiedReason } from '../../model/scan.ts';
import type { ScanOutcome } from '../../model/scan.ts';
import type { ScanScope, UnseenPlace } from '../../model/scope.ts';
import { describeScope } from '../../model/scope.ts';
import type { WorkContext } from '../../work-context.ts';
import { withNamedLock } from '../database/named-lock.ts';
import { insertRows } from '../database/statements.ts';
import type { Statement } from '../database/statements.ts';
import { inTransaction, letOthersWrite } from '../database/store.ts';
import type { Session, Sessions, Store } from '../database/store.ts';
import { sqlJson, sqlTime } from '../database/values.ts';
import type { SqlValue } from '../database/values.ts';
import { linkMerged, mergeStaged, mergeSuperseded } from './merge.ts';
import type { MergedScan } from './merge.ts';
import { PlaceIndex } from './places.ts';
import { keyCondition, keyValues, writerLock } from './scan-key.ts';
import type { ScanKey } from './scan-key.ts';
import { outcomeOfRow, scanRow } from './scans.ts';
import type { ScanRow } from './scans.ts';
import { boundScope, scopeFrom } from './scope.ts';
import { SerialQueue } from './serial-queue.ts';
import { StagedEvents } from './staging.ts';

export interface PersistInput {
  organizationId: string;
  /** The run that the scan belongs to; null for an import. */
  runId: string | null;
  /** The AWS profile that was scanned, where it is known. */
  profile: string | null;
  /** Of the results file. */
  resultsSha256: string;
}

/** `status` may be `duplicate`: then nothing was stored, and `scanId` is that of the scan that was there already. */
export type PersistResult = ScanOutcome & { scanId: number };

const FINDINGS_BATCH = 200;
const PROGRESS_EVERY = 5000;
/** Events that are merged in one transaction: no other writer waits for longer than that takes. */
const CHUNK_ROWS = 25_000;

/**
 * Stores one scan with its findings and events. The events are staged and merged in chunks, each in a transaction of its own
 * that also counts them; the scan itself is stored with the first chunk, and is `recording` until the last one. Killed at any
 * moment and run again, it arrives where one undisturbed run does. What the scan did not bring is judged afterwards, by
 * `resolveEvents`.
 *
 * The same scan again is a `duplicate`, unless it is the same run's or was never completed: then it goes on from where it
 * was, and the recorded figures come back.
 *
 * @param observations The facts of the scan, then its findings, then its events.
 * @throws VedetteError of the database, or `results-invalid`; the signal's reason when aborted. Nothing is stored then,
 *   unless a chunk was merged already.
 */
export async function persistScan(
  store: Store,
  observations: AsyncIterable<Observation>,
  input: PersistInput,
  context: WorkContext,
  chunkRows = CHUNK_ROWS,
): Promise<PersistResult> {
  const startedAt = Date.now();
  const iterator = observations[Symbol.asyncIterator]();
  try {
    const { facts, findings, events } = await readScan(iterator);
    const key = { organizationId: input.organizationId, accountId: facts.accountId, source: facts.source };
    return await store.sessions((sessions) =>
      withNamedLock(store, sessions[0], writerLock(key), context.signal, async () => {
        const recorded = await findRecorded(sessions[0], key, facts.scanTime);
        if (recorded !== undefined && !isUnfinished(recorded)) return repeated(recorded, input);
        const scan = new NewScan(store, sessions, key, facts, findings, input, context);
        return scan.persist(events, startedAt, chunkRows);
      }),
    );
  } finally {
    await iterator.return?.();
  }
}

interface ReadScan {
  facts: ScanFacts;
  findings: readonly ObservedFinding[];
  /** Not read yet. */
  events: AsyncIterator<ObservedEvent>;
}

/** The findings are as many as the scanner has checks; the events may be very many. */
async function readScan(observations: AsyncIterator<Observation>): Promise<ReadScan> {
  const first = await observations.next();
  if (first.done === true || first.value.kind !== 'scan') {
    throw new VedetteError('results-invalid', 'The results do not begin with the facts of the scan.');
  }
  const findings: ObservedFinding[] = [];
  let next = await observations.next();
  for (; next.done !== true && next.value.kind === 'finding'; next = await observations.next()) {
    findings.push(next.value.finding);
  }
  return { facts: first.value.scan, findings, events: eventsFrom(next, observations) };
}

async function* eventsFrom(
  first: IteratorResult<Observation>,
  rest: AsyncIterator<Observation>,
): AsyncGenerator<ObservedEvent> {
  for (let next = first; next.done !== true; next = await rest.next()) {
    if (next.value.kind !== 'event') {
      throw new VedetteError(
        'results-invalid',
        `The results hold a ${next.value.kind} after the first event.`,
      );
    }
    yield next.value.event;
  }
}

async function findRecorded(session: Session, key: ScanKey, scanTime: string): Promise<ScanRow | undefined> {
  const [row] = await session.query<ScanRow>(
    `SELECT s.* FROM scout_scans s WHERE ${keyCondition('s')} AND s.scan_time = ?`,
    [...keyValues(key), sqlTime(scanTime)],
  );
  return row;
}

function isUnfinished({ status }: ScanRow): boolean {
  return status === ScanStatus.Recording;
}

function repeated(row: ScanRow, { runId }: PersistInput): PersistResult {
  const outcome = outcomeOfRow(row);
  if (row.completed_at === null || (runId !== null && row.run_id === runId)) return outcome;
  const none = { new: 0, still: 0, resolved: 0, reopened: 0, unverified: 0 };
  return {
    ...outcome,
    status: 'duplicate',
    events: { total: outcome.events.total, ...none },
    notified: 0,
    warnings: [`This scan is recorded already, as scan ${row.id}.`],
  };
}

/** Some events of the scan, staged on one of its connections. */
interface Chunk {
  session: Session;
  staged: StagedEvents;
  isLast: boolean;
}

/** What one transaction did with a chunk. */
interface Stored {
  /** Of the scan that has ended with it. */
  outcome?: PersistResult;
  /** What is left for a transaction of its own. */
  link?: () => Promise<void>;
}

/** What failed before is the error to tell. */
async function drop(staged: StagedEvents): Promise<void> {
  await staged.drop().catch(() => undefined);
}

/** One scan that is not recorded yet, on its way into the tables. */
class NewScan {
  readonly #store: Store;
  readonly #sessions: Sessions;
  readonly #key: ScanKey;
  readonly #facts: ScanFacts;
  readonly #findings: readonly ObservedFinding[];
  readonly #input: PersistInput;
  readonly #context: WorkContext;
  readonly #scanTime: string;
  readonly #scope: ScanScope;
  /** What the scanner could not read; null when it could read everything. */
  readonly #unread: PlaceIndex<UnseenPlace> | null;
  /** Each takes the chunks in their order. */
  readonly #staging = new SerialQueue();
  readonly #merging = new SerialQueue();
  readonly #linking = new SerialQueue();
  #read = 0;
  #isRead = false;
  /** Events of the chunks before. */
  #stored = 0;
  #outcome: PersistResult | undefined;

  constructor(
    store: Store,
    sessions: Sessions,
    key: ScanKey,
    facts: ScanFacts,
    findings: readonly ObservedFinding[],
    input: PersistInput,
    context: WorkContext,
  ) {
    this.#store = store;
    this.#sessions = sessions;
    this.#key = key;
    this.#facts = facts;
    this.#findings = findings;
    this.#input = input;
    this.#context = context;
    this.#scanTime = sqlTime(facts.scanTime);
    this.#scope = boundScope(scopeFrom(facts.scope));
    this.#unread = placesWithFetchErrors(this.#scope);
  }

  async persist(
    events: AsyncIterator<ObservedEvent>,
    startedAt: number,
    chunkRows: number,
  ): Promise<PersistResult> {
    const ends = await Promise.allSettled(
      this.#sessions.map((session) => this.#storeChunks(session, events, startedAt, chunkRows)),
    );
    for (const end of ends) {
      if (end.status === 'rejected') throw end.reason;
    }
    if (this.#outcome === undefined) {
      throw new VedetteError('unexpected', 'The last chunk of the scan did not end it.');
    }
    return this.#outcome;
  }

  /** With two sessions, every second chunk: while one is merged, the one before is linked and the next one staged. */
  async #storeChunks(
    session: Session,
    events: AsyncIterator<ObservedEvent>,
    startedAt: number,
    rows: number,
  ): Promise<void> {
    for (;;) {
      // The first chunk is read before anything is stored: results of one chunk that turn out to be damaged leave nothing.
      const chunk = await this.#staging.add(() => this.#stage(session, events, rows));
      if (chunk === undefined) return;
      try {
        const { linked } = await this.#merging.add(() => this.#merge(chunk, startedAt));
        await linked;
      } finally {
        await drop(chunk.staged);
      }
    }
  }

  /** Does not wait until the chunk is linked. */
  async #merge(chunk: Chunk, startedAt: number): Promise<{ linked: Promise<void> | undefined }> {
    const { signal, onProgress } = this.#context;
    const transaction = async <Result>(work: () => Promise<Result>): Promise<Result> =>
      inTransaction(this.#store, chunk.session, signal, work);
    onProgress(`storing events: ${this.#percentStored()} %`);
    // The last chunk ends the scan, which has all its links then.
    if (chunk.isLast) await this.#linking.ended();
    const { outcome, link } = await transaction(() => this.#record(chunk, startedAt));
    this.#outcome = outcome;
    this.#stored += chunk.staged.size;
    if (outcome === undefined) await letOthersWrite(this.#store, signal);
    return { linked: link && this.#linking.add(() => transaction(link)) };
  }

  #percentStored(): number {
    const flagged = this.#findings.reduce((sum, { flaggedItems }) => sum + flaggedItems, 0);
    return Math.floor((100 * this.#stored) / Math.max(1, flagged, this.#stored));
  }

  /** Undefined when there are no more events. */
  async #stage(
    session: Session,
    events: AsyncIterator<ObservedEvent>,
    rows: number,
  ): Promise<Chunk | undefined> {
    if (this.#isRead || this.#outcome !== undefined) return undefined;
    const staged = await StagedEvents.create(session, this.#store.dialect);
    try {
      this.#isRead = await this.#fill(staged, events, rows);
    } catch (error) {
      await drop(staged);
      throw error;
    }
    return { session, staged, isLast: this.#isRead };
  }

  /** Gives whether there are no more events. */
  async #fill(staged: StagedEvents, events: AsyncIterator<ObservedEvent>, rows: number): Promise<boolean> {
    let isLast = false;
    while (staged.size < rows && !isLast) {
      const next = await events.next();
      this.#context.signal.throwIfAborted();
      if (next.done === true) isLast = true;
      else await this.#add(staged, next.value);
    }
    await staged.finish();
    return isLast;
  }

  async #add(staged: StagedEvents, event: ObservedEvent): Promise<void> {
    await staged.add(event, this.#unread?.ofKind(event).holding(event) !== undefined);
    this.#read += 1;
    if (this.#read % PROGRESS_EVERY === 0) this.#context.onProgress(`${this.#read} events read`);
  }

  /** With the scan itself where the chunk is the first one; ends the scan when it is the last. */
  async #record({ session, staged, isLast }: Chunk, startedAt: number): Promise<Stored> {
    const { recorded, isSuperseded } = await this.#stateOfScan(session);
    const row = recorded ?? (await this.#begin(session));
    // Another process may have been faster where the lock does not reach it.
    if (!isUnfinished(row)) return { outcome: repeated(row, this.#input) };
    const scan = { id: row.id, key: this.#key, time: this.#scanTime };
    const merge = isSuperseded ? mergeSuperseded : mergeStaged;
    const unlinked = await merge(this.#store, session, scan, staged);
    const link = async () => linkMerged(this.#store, session, scan, unlinked);
    if (!isLast && this.#sessions.length > 1) return { link };
    await link();
    if (!isLast) return {};
    const figures = isSuperseded
      ? await this.#supersededFigures(session, scan, this.#stored + staged.size)
      : finalFigures(statusOf(this.#scope));
    return { outcome: outcomeOfRow(await this.#finish(session, scan, figures, startedAt)) };
  }

  /** The row of an earlier chunk or attempt, and whether a newer scan is recorded: that may have come since the last chunk. */
  async #stateOfScan(session: Session): Promise<{ recorded: ScanRow | undefined; isSuperseded: boolean }> {
    const rows = await session.query<ScanRow>(
      `SELECT s.* FROM scout_scans s WHERE ${keyCondition('s')} AND s.scan_time >= ? ORDER BY s.scan_time LIMIT 2`,
      [...keyValues(this.#key), this.#scanTime],
    );
    return {
      recorded: rows.find(({ scan_time: time }) => time === this.#scanTime),
      isSuperseded: rows.some(({ scan_time: time }) => time > this.#scanTime),
    };
  }

  async #begin(session: Session): Promise<ScanRow> {
    const row = await this.#insertScan(session);
    await this.#insertFindings(session, row.id);
    return row;
  }

  async #insertScan(session: Session): Promise<ScanRow> {
    const { version, warnings } = this.#facts;
    const row: Record<string, SqlValue> = {
      organization_id: this.#key.organizationId,
      account_id: this.#key.accountId,
      source: this.#key.source,
      scan_time: this.#scanTime,
      version,
      total_findings: this.#findings.length,
      created_at: sqlTime(new Date()),
      run_id: this.#input.runId,
      profile: this.#input.profile,
      status: ScanStatus.Recording,
      scope: sqlJson(describeScope(this.#scope)),
      warnings: sqlJson(warnings),
      results_sha256: this.#input.resultsSha256,
      flagged_findings: this.#findings.filter(({ flaggedItems }) => flaggedItems > 0).length,
      unverified_reasons: '{}',
    };
    const { sql, values } = insertRows('scout_scans', Object.keys(row), [Object.values(row)]);
    await session.execute(sql, values);
    const inserted = await findRecorded(session, this.#key, this.#facts.scanTime);
    if (inserted === undefined) throw new VedetteError('unexpected', 'The new scan is not in its table.');
    return inserted;
  }

  async #finish(
    session: Session,
    scan: MergedScan,
    { sql, values }: Statement,
    startedAt: number,
  ): Promise<ScanRow> {
    await session.execute(
      `UPDATE scout_scans SET ${sql}, duration_ms = duration_ms + ? WHERE id = ? AND status = ?`,
      [...values, Date.now() - startedAt, scan.id, ScanStatus.Recording],
    );
    return scanRow(session.query, scan.id);
  }

  /** The events that it is linked to are known; the others have no place. */
  async #supersededFigures(session: Session, { id }: MergedScan, total: number): Promise<Statement> {
    const [row] = await session.query<{ known: unknown }>(
      'SELECT COUNT(*) AS known FROM scout_event_findings WHERE scan_id = ?',
      [id],
    );
    const unknown = total - Number(row?.known);
    const { warnings } = this.#facts;
    return {
      sql: 'status = ?, warnings = ?, events_total = ?, events_new = 0, events_still = 0, events_reopened = 0',
      values: [
        ScanStatus.Superseded,
        sqlJson(unknown > 0 ? [...warnings, unknownToNewer(unknown)] : warnings),
        total,
      ],
    };
  }

  async #insertFindings(session: Session, scanId: number): Promise<void> {
    for (let start = 0; start < this.#findings.length; start += FINDINGS_BATCH) {
      const rows = this.#findings
        .slice(start, start + FINDINGS_BATCH)
        .map((finding) => this.#findingRow(scanId, finding));
      const { sql, values } = insertRows('scout_findings', FINDING_COLUMNS, rows);
      await session.execute(sql, values);
      this.#context.signal.throwIfAborted();
    }
  }

  #findingRow(scanId: number, finding: ObservedFinding): SqlValue[] {
    return [
      this.#key.organizationId,
      scanId,
      finding.service,
      finding.checkId,
      finding.level,
      finding.sourceLevel,
      finding.flaggedItems,
      finding.checkedItems,
      finding.evaluated,
      finding.title,
      finding.title,
      finding.rationale,
      finding.remediation,
      sqlJson(finding.references),
      sqlJson(finding.compliance),
    ];
  }
}

const FINDING_COLUMNS = [
  'organization_id',
  'scan_id',
  'service',
  'finding_id',
  'level',
  'source_level',
  'flagged_items',
  'checked_items',
  'evaluated',
  'title',
  'description',
  'rationale',
  'remediation',
  'reference_links',
  'compliance',
];

function finalFigures(status: ScanStatus): Statement {
  return { sql: 'status = ?, events_total = events_new + events_still + events_reopened', values: [status] };
}

function statusOf({ unseen }: ScanScope): ScanStatus {
  return unseen.length === 0 ? ScanStatus.Recorded : ScanStatus.Partial;
}

function placesWithFetchErrors({ unseen }: ScanScope): PlaceIndex<UnseenPlace> | null {
  const unread = unseen.filter(({ reason }) => reason === UnverifiedReason.FetchError);
  return unread.length === 0 ? null : new PlaceIndex(unread, 'possibly');
}

function unknownToNewer(count: number): string {
  const events = count === 1 ? '1 event' : `${count} events`;
  return `A newer scan of this account is recorded: ${events} that only this older one knows were not stored.`;
}
