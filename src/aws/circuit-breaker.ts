/** After so many attempts in a row without an answer, nobody waits for the next. */
const FAILURES_IN_A_ROW = 8;
/** Then one call may try whether that has changed. */
const REST_MS = 30_000;

/**
 * Ends what would only wait: a service that does not answer in a region, or an operation that it answers only with faults
 * of its own. An answer of any other kind, also a refusal, shows that it lives.
 */
export class CircuitBreaker {
  readonly #now: () => number;
  #failures = 0;
  #reason = '';
  #restsUntil = 0;

  /** @param now milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Why no call should be sent now; null when one may. After a rest, one call at a time may. */
  refusal(): string | null {
    if (this.#failures < FAILURES_IN_A_ROW) return null;
    if (this.#now() < this.#restsUntil) {
      return `${this.#failures} calls in a row have failed, the last with: ${this.#reason}`;
    }
    this.#rest();
    return null;
  }

  answered(): void {
    this.#failures = 0;
  }

  /** @param reason what the network or the service said */
  failed(reason: string): void {
    this.#failures += 1;
    this.#reason = reason;
    if (this.#failures >= FAILURES_IN_A_ROW) this.#rest();
  }

  #rest(): void {
    this.#restsUntil = this.#now() + REST_MS;
  }
}
