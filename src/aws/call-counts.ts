import type { AwsCall } from './call.ts';
import type { AwsFailureKind } from './failures.ts';

export interface CountedCalls extends AwsCall {
  /** Requests that were sent, each attempt by itself: what AWS counts, and some services charge for. */
  calls: number;
  /** Of these, refused because there were too many. */
  throttles: number;
  /** Of these, failed in any other way. */
  errors: number;
}

/** How often a scan has called AWS, by service, operation and region. */
export class CallCounts {
  readonly #counts = new Map<string, CountedCalls>();

  /** @param failure null for a call that went through */
  record(call: AwsCall, failure: AwsFailureKind | null): void {
    const key = [call.service, call.operation, call.region].join('\n');
    const counted = this.#counts.get(key) ?? { ...call, calls: 0, throttles: 0, errors: 0 };
    counted.calls += 1;
    if (failure === 'throttled') counted.throttles += 1;
    else if (failure !== null) counted.errors += 1;
    this.#counts.set(key, counted);
  }

  /** In the order in which the operations were first called. */
  list(): CountedCalls[] {
    return [...this.#counts.values()].map((counted) => ({ ...counted }));
  }

  total(): Pick<CountedCalls, 'calls' | 'throttles' | 'errors'> {
    const total = { calls: 0, throttles: 0, errors: 0 };
    for (const { calls, throttles, errors } of this.#counts.values()) {
      total.calls += calls;
      total.throttles += throttles;
      total.errors += errors;
    }
    return total;
  }
}
