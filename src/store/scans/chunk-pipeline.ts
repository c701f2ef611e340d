import { VedetteError } from '../../errors.ts';
import type { ObservedEvent } from '../../model/observation.ts';
import { UnverifiedReason } from '../../model/scope.ts';
import type { ScanScope, UnseenPlace } from '../../model/scope.ts';
import type { WorkContext } from '../../work-context.ts';
import { inTransaction, letOthersWrite } from '../database/store.ts';
import type { Session, Sessions, Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import type { IncomingScan } from './incoming-scan.ts';
import { linkMerged, mergeStaged, mergeSuperseded } from './merge.ts';
import { PlaceIndex } from './places.ts';
import {
  finalFigures,
  findScan,
  finishScan,
  insertScan,
  isOlder,
  isUnfinished,
  outcomeOfRepeated,
  supersededFigures,
} from './scan-rows.ts';
import type { PersistResult } from './scan-rows.ts';
import { outcomeOfRow } from './scans.ts';
import { SerialQueue } from './serial-queue.ts';
import { StagedEvents } from './staged-events.ts';

const PROGRESS_EVERY = 5000;

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

/**
 * Brings the events of one scan into the tables, chunk by chunk: each is staged, merged, and linked to the findings. Every
 * step takes the chunks in their order; with two sessions, every second chunk is one's: while one is merged, the one before
 * is linked and the next one staged.
 */
export class ChunkPipeline {
  readonly #store: Store;
  readonly #sessions: Sessions;
  readonly #scan: IncomingScan;
  readonly #context: WorkContext;
  readonly #chunkRows: number;
  readonly #startedAt: number;
  /** What the scanner could not read; null when it could read everything. */
  readonly #unread: PlaceIndex<UnseenPlace> | null;
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
    scan: IncomingScan,
    context: WorkContext,
    { chunkRows, startedAt }: { chunkRows: number; startedAt: number },
  ) {
    this.#store = store;
    this.#sessions = sessions;
    this.#scan = scan;
    this.#context = context;
    this.#chunkRows = chunkRows;
    this.#startedAt = startedAt;
    this.#unread = placesWithFetchErrors(scan.facts.scope);
  }

  async run(): Promise<PersistResult> {
    const ends = await Promise.allSettled(this.#sessions.map((session) => this.#storeChunks(session)));
    for (const end of ends) {
      if (end.status === 'rejected') throw end.reason;
    }
    if (this.#outcome === undefined) {
      throw new VedetteError('unexpected', 'The last chunk of the scan did not end it.');
    }
    return this.#outcome;
  }

  async #storeChunks(session: Session): Promise<void> {
    for (;;) {
      // The first chunk is read before anything is stored: results of one chunk that turn out to be damaged leave nothing.
      const chunk = await this.#staging.add(() => this.#stage(session));
      if (chunk === undefined) return;
      try {
        const { linked } = await this.#merging.add(() => this.#merge(chunk));
        await linked;
      } finally {
        await drop(chunk.staged);
      }
    }
  }

  /** Undefined when there are no more events. */
  async #stage(session: Session): Promise<Chunk | undefined> {
    if (this.#isRead || this.#outcome !== undefined) return undefined;
    const staged = await StagedEvents.create(session, this.#store.dialect);
    try {
      await this.#fill(staged);
    } catch (error) {
      await drop(staged);
      throw error;
    }
    return { session, staged, isLast: this.#isRead };
  }

  async #fill(staged: StagedEvents): Promise<void> {
    while (staged.size < this.#chunkRows && !this.#isRead) {
      const next = await this.#scan.events.next();
      this.#context.signal.throwIfAborted();
      if (next.done === true) this.#isRead = true;
      else await this.#add(staged, next.value);
    }
    await staged.finish();
  }

  async #add(staged: StagedEvents, event: ObservedEvent): Promise<void> {
    await staged.add(event, this.#unread?.ofKind(event).holding(event) !== undefined);
    this.#read += 1;
    if (this.#read % PROGRESS_EVERY === 0) this.#context.onProgress(`${this.#read} events read`);
  }

  /** Does not wait until the chunk is linked. */
  async #merge(chunk: Chunk): Promise<{ linked: Promise<void> | undefined }> {
    const { signal, onProgress } = this.#context;
    const transaction = async <Result>(work: () => Promise<Result>): Promise<Result> =>
      inTransaction(this.#store, chunk.session, signal, work);
    onProgress(`storing events: ${this.#percentStored()} %`);
    // The last chunk ends the scan, which has all its links then.
    if (chunk.isLast) await this.#linking.ended();
    const { outcome, link } = await transaction(() => this.#record(chunk));
    this.#outcome = outcome;
    this.#stored += chunk.staged.size;
    if (outcome === undefined) await letOthersWrite(this.#store, signal);
    return { linked: link && this.#linking.add(() => transaction(link)) };
  }

  #percentStored(): number {
    const flagged = this.#scan.findings.reduce((sum, { flaggedItems }) => sum + flaggedItems, 0);
    return Math.floor((100 * this.#stored) / Math.max(1, flagged, this.#stored));
  }

  /** With the scan itself where the chunk is the first one; ends the scan when it is the last. */
  async #record({ session, staged, isLast }: Chunk): Promise<Stored> {
    const { key, facts } = this.#scan;
    // Both may have changed since the last chunk.
    const isSuperseded = await isOlder(session, this.#scan);
    const row =
      (await findScan(session, this.#scan)) ?? (await insertScan(session, this.#scan, this.#context.signal));
    // Another process may have been faster where the lock does not reach it.
    if (!isUnfinished(row)) return { outcome: outcomeOfRepeated(row, this.#scan) };
    const merged = { id: row.id, key, time: sqlTime(facts.scanTime) };
    const merge = isSuperseded ? mergeSuperseded : mergeStaged;
    const unlinked = await merge(this.#store, session, merged, staged);
    const link = async () => linkMerged(this.#store, session, merged, unlinked);
    if (!isLast && this.#sessions.length > 1) return { link };
    await link();
    if (!isLast) return {};
    const figures = isSuperseded
      ? await supersededFigures(session, this.#scan, merged, this.#stored + staged.size)
      : finalFigures(this.#scan);
    const durationMs = Date.now() - this.#startedAt;
    return { outcome: outcomeOfRow(await finishScan(session, merged, figures, durationMs)) };
  }
}

/** What failed before is the error to tell. */
async function drop(staged: StagedEvents): Promise<void> {
  await staged.drop().catch(() => undefined);
}

function placesWithFetchErrors({ unseen }: ScanScope): PlaceIndex<UnseenPlace> | null {
  const unread = unseen.filter(({ reason }) => reason === UnverifiedReason.FetchError);
  return unread.length === 0 ? null : new PlaceIndex(unread, 'possibly');
}
