import type { UnverifiedReason } from '../../model/scope.ts';
import type { EventKind, EventResource } from './places.ts';
import { judge } from './resolution-rules.ts';
import type { Look, Verdict } from './resolution-rules.ts';

/** A recorded scan that takes part in an account's history. */
export interface ReplayedScan {
  id: number;
  /** As the datetime columns hold it. */
  time: string;
  look: Look;
  /** Older than the newest one when it was recorded: it only knows that events were there earlier. */
  isSuperseded: boolean;
  /** Whether it has judged what it did not bring. */
  isJudged: boolean;
}

export type ReplayedKind = EventKind & EventResource;

/** What an event is after some scans. Times are as the datetime columns hold them. */
export interface EventState {
  firstSeen: string;
  lastSeen: string;
  /** Null where no scan that is left brought it. */
  lastScanId: number | null;
  resolvedAt: string | null;
  /** Whether it ended without being fixed. */
  isGone: boolean;
  reopenedAt: string | null;
  timesReopened: number;
  /** What each scan that concerned it counted it as. */
  countedAs: ReadonlyMap<number, CountedAs>;
}

export type CountedAs = 'new' | 'still' | 'reopened' | 'resolved' | 'gone' | UnverifiedReason;

/**
 * What scans, in the order of their times, make of an event; null when none of them stores it.
 *
 * @param broughtBy ids of the scans that brought it
 * @param knownAt times at which it was there, as far as scans brought it whose links a purge has removed
 */
export function replay(
  kind: ReplayedKind,
  scans: readonly ReplayedScan[],
  broughtBy: ReadonlySet<number>,
  knownAt: readonly string[],
): EventState | null {
  const history = new EventHistory(kind);
  const forgotten = [...knownAt].toSorted();
  for (const [index, scan] of scans.entries()) {
    while (forgotten[0] !== undefined && forgotten[0] <= scan.time)
      history.seen(forgotten.shift() as string, null);
    const isBrought = broughtBy.has(scan.id);
    if (scan.isSuperseded) {
      if (isBrought) history.knownSince(scan.time);
    } else if (isBrought) {
      history.seen(scan.time, scan.id);
    } else if (scan.isJudged) {
      history.missing(scan, scans.slice(0, index));
    }
  }
  for (const time of forgotten) history.seen(time, null);
  return history.state();
}

class EventHistory {
  readonly #kind: ReplayedKind;
  readonly #countedAs = new Map<number, CountedAs>();
  #state: Omit<EventState, 'countedAs'> | null = null;
  /** By scans that store no event. */
  #knownSince: string | null = null;

  constructor(kind: ReplayedKind) {
    this.#kind = kind;
  }

  knownSince(time: string): void {
    if (this.#knownSince === null || time < this.#knownSince) this.#knownSince = time;
  }

  seen(time: string, scanId: number | null): void {
    const before = this.#state;
    const isReopened = before !== null && before.resolvedAt !== null;
    if (scanId !== null)
      this.#countedAs.set(scanId, before === null ? 'new' : isReopened ? 'reopened' : 'still');
    this.#state = {
      firstSeen: before?.firstSeen ?? time,
      lastSeen: time,
      lastScanId: scanId ?? before?.lastScanId ?? null,
      resolvedAt: null,
      isGone: false,
      reopenedAt: isReopened ? time : (before?.reopenedAt ?? null),
      timesReopened: (before?.timesReopened ?? 0) + (isReopened ? 1 : 0),
    };
  }

  missing(scan: ReplayedScan, earlier: readonly ReplayedScan[]): void {
    const state = this.#state;
    if (state === null || state.resolvedAt !== null || state.lastSeen >= scan.time) return;
    const verdict = this.#verdict(state.lastSeen, scan, earlier);
    this.#countedAs.set(scan.id, verdict);
    if (verdict !== 'resolved' && verdict !== 'gone') return;
    this.#state = { ...state, resolvedAt: scan.time, isGone: verdict === 'gone' };
  }

  state(): EventState | null {
    const state = this.#state;
    if (state === null) return null;
    const known = this.#knownSince;
    const firstSeen = known !== null && known < state.firstSeen ? known : state.firstSeen;
    return { ...state, firstSeen, countedAs: this.#countedAs };
  }

  #verdict(lastSeen: string, { look }: ReplayedScan, earlier: readonly ReplayedScan[]): Verdict {
    const { resourceType, resourceId, ...kind } = this.#kind;
    const looks = earlier.filter(({ isSuperseded }) => !isSuperseded).map((scan) => scan.look);
    const lastVersion = looks.findLast(({ scanTime }) => scanTime === lastSeen)?.version ?? '';
    const judgement = judge({ ...kind, lastSeen, lastVersion }, look, looks.toReversed());
    return typeof judgement === 'function' ? judgement({ resourceType, resourceId }) : judgement;
  }
}
