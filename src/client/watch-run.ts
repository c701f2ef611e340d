import { setTimeout as sleep } from 'node:timers/promises';
import { VedetteError } from '../errors.ts';
import type { Place } from './place.ts';
import type { RunDetails } from './run-details.ts';

export interface RunWatchOptions {
  /** How a run is now; `known` is how it was the time before. */
  look: (place: Place, runId: string, known: RunDetails | undefined) => Promise<RunDetails>;
  everyMs: number;
  /** A listener hears at least so often, also when nothing changed. */
  heartbeatMs: number;
}

/** One that is looked at, for all who listen. */
interface Watched {
  latest: RunDetails | undefined;
  /** Grows with every change. */
  version: number;
  /** Aborts when it changes, and is replaced then. */
  changed: AbortController;
  listeners: number;
  /** Why it cannot be looked at. */
  failure: Error | undefined;
}

/** Looks at running runs now and then: once for all listeners of a run, and not at all where nobody listens. */
export class RunWatch {
  readonly #options: RunWatchOptions;
  readonly #watched = new Map<string, Watched>();

  constructor(options: RunWatchOptions) {
    this.#options = options;
  }

  /** How many runs are being looked at. */
  get size(): number {
    return this.#watched.size;
  }

  /**
   * The run as it is, then whenever it has changed, the last time when it has ended; null as a heartbeat. A listener that
   * is slow misses what came in between.
   */
  async *follow(place: Place, runId: string, signal: AbortSignal): AsyncGenerator<RunDetails | null> {
    const key = `${place.organizationId}/${runId}`;
    const watched = this.#join(key, place, runId);
    try {
      for (let seen = 0; !signal.aborted;) {
        if (watched.version > seen && watched.latest !== undefined) {
          seen = watched.version;
          yield watched.latest;
          if (watched.latest.status !== 'running') return;
        } else if (watched.failure !== undefined) throw watched.failure;
        else if (!(await this.#changes(watched, signal)) && !signal.aborted) yield null;
      }
    } finally {
      watched.listeners -= 1;
      if (watched.listeners === 0) this.#forget(key, watched);
    }
  }

  #join(key: string, place: Place, runId: string): Watched {
    const known = this.#watched.get(key);
    if (known !== undefined) {
      known.listeners += 1;
      return known;
    }
    const watched: Watched = {
      latest: undefined,
      version: 0,
      changed: new AbortController(),
      listeners: 1,
      failure: undefined,
    };
    this.#watched.set(key, watched);
    void this.#keepLooking(watched, place, runId).then(() => this.#forget(key, watched));
    return watched;
  }

  #forget(key: string, watched: Watched): void {
    if (this.#watched.get(key) === watched) this.#watched.delete(key);
  }

  async #keepLooking(watched: Watched, place: Place, runId: string): Promise<void> {
    while (watched.listeners > 0) {
      try {
        const now = await this.#options.look(place, runId, watched.latest);
        if (JSON.stringify(now) !== JSON.stringify(watched.latest)) announce(watched, now);
        if (now.status !== 'running') break;
      } catch (error) {
        // Once it was seen, a server that is away for a while only delays what comes next.
        if (watched.latest === undefined) {
          watched.failure = error instanceof Error ? error : new VedetteError('unexpected', String(error));
          watched.changed.abort();
          break;
        }
      }
      await sleep(this.#options.everyMs, undefined, { ref: false });
    }
  }

  /** Resolves with whether it has changed, at the latest when it is time for a heartbeat. */
  async #changes(watched: Watched, signal: AbortSignal): Promise<boolean> {
    const { changed } = watched;
    const either = AbortSignal.any([changed.signal, signal]);
    await sleep(this.#options.heartbeatMs, undefined, { signal: either }).catch(() => undefined);
    return changed.signal.aborted;
  }
}

function announce(watched: Watched, latest: RunDetails): void {
  const { changed } = watched;
  Object.assign(watched, { latest, version: watched.version + 1, changed: new AbortController() });
  changed.abort();
}
