import { CircuitBreaker } from './circuit-breaker.ts';
import { Limiter, paceOf } from './limiter.ts';

/** Of a service in a region. */
export class Limits {
  readonly limiter: Limiter;
  /** Of the service itself: whether it answers. */
  readonly breaker = new CircuitBreaker();
  readonly #operations = new Map<string, CircuitBreaker>();

  constructor(service: string) {
    this.limiter = new Limiter(paceOf(service));
  }

  /** Of one operation: that it fails says nothing of the others. */
  breakerOf(operation: string): CircuitBreaker {
    const found = this.#operations.get(operation) ?? new CircuitBreaker();
    this.#operations.set(operation, found);
    return found;
  }
}

/**
 * One limiter and one circuit breaker for each account, region and service, for everything in this process that calls
 * there: AWS counts an account's calls together, whichever scan makes them. Made once, where a process starts.
 */
export class SharedLimits {
  readonly #accounts = new Map<string, { users: number; limits: Map<string, Limits> }>();

  /** Keeps what is known of an account until the function that it gives is called by everybody who has one. */
  use(account: string): () => void {
    const known = this.#accounts.get(account) ?? { users: 0, limits: new Map<string, Limits>() };
    known.users += 1;
    this.#accounts.set(account, known);
    return () => {
      known.users -= 1;
      if (known.users === 0) this.#accounts.delete(account);
    };
  }

  /** Of an account that is in use. */
  of(account: string, region: string, service: string): Limits {
    const limits = this.#accounts.get(account)?.limits ?? new Map<string, Limits>();
    const key = `${region}/${service}`;
    const found = limits.get(key) ?? new Limits(service);
    limits.set(key, found);
    return found;
  }
}
