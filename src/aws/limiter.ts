import { setTimeout as sleep } from 'node:timers/promises';

export interface Pace {
  /** Calls a second: at first, and the bounds of what it becomes. */
  first: number;
  least: number;
  most: number;
  /** Calls that may come at once after a rest. */
  burst: number;
}

/** Time, as the limiter sees and spends it; tests bring their own. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** What AWS lets nearly every account read at: EC2, the strictest of the large ones, refills 20 calls a second. */
export const READING_PACE: Pace = { first: 20, least: 0.5, most: 100, burst: 20 };
/** Of services that let more through, by what they are called. */
const PACES: Readonly<Record<string, Pace>> = {
  // A full bucket of its reading calls holds 100, of those without a filter 50.
  ec2: { ...READING_PACE, burst: 50 },
  // It counts by the second and prefix, in thousands; each bucket is asked a dozen things.
  s3: { first: 100, least: 0.5, most: 300, burst: 100 },
};

/** At which a service is read at first. @param service as `AwsCall` names it */
export function paceOf(service: string): Pace {
  return Object.hasOwn(PACES, service) ? (PACES[service] ?? READING_PACE) : READING_PACE;
}

/** Calls that are under way when the first one is refused are refused for the same reason. */
const HALVE_AT_MOST_EVERY_MS = 1000;
/** A second of calls that all go through adds as many calls a second. */
const GROWTH = 1;

const systemClock: Clock = { now: () => performance.now(), sleep: (ms) => sleep(ms) };

/**
 * The pace at which one service of one account is called in one region. Like TCP: halved when AWS says that it is too
 * much, and one call a second faster with every second that goes well.
 */
export class Limiter {
  readonly #pace: Pace;
  readonly #clock: Clock;
  #rate: number;
  #tokens: number;
  #countedAt: number;
  #halvedAt = -Infinity;
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(pace: Pace = READING_PACE, clock: Clock = systemClock) {
    this.#pace = pace;
    this.#clock = clock;
    this.#rate = pace.first;
    this.#tokens = pace.burst;
    this.#countedAt = clock.now();
  }

  /** Calls a second. */
  get rate(): number {
    return this.#rate;
  }

  /** Resolves when it is this call's turn, in the order in which they asked. Who has given up (`signal`) takes none. */
  take(signal: AbortSignal): Promise<void> {
    const turn = this.#lastTurn.then(() => this.#wait(signal));
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }

  succeeded(): void {
    this.#refill();
    this.#rate = Math.min(this.#pace.most, this.#rate + GROWTH / this.#rate);
  }

  throttled(): void {
    this.#refill();
    const now = this.#clock.now();
    if (now - this.#halvedAt < HALVE_AT_MOST_EVERY_MS) return;
    this.#halvedAt = now;
    this.#rate = Math.max(this.#pace.least, this.#rate / 2);
    this.#tokens = Math.min(this.#tokens, 0);
  }

  async #wait(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      this.#refill();
      if (this.#tokens >= 1) break;
      await this.#clock.sleep(Math.ceil(((1 - this.#tokens) / this.#rate) * 1000));
    }
    this.#tokens -= 1;
  }

  /** With the rate that was in force since it was last done. */
  #refill(): void {
    const now = this.#clock.now();
    this.#tokens = Math.min(this.#pace.burst, this.#tokens + ((now - this.#countedAt) / 1000) * this.#rate);
    this.#countedAt = now;
  }
}
