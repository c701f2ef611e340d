import type { Logger } from '../log.ts';
import type { AuditRecord } from '../model/audit.ts';
import { recordAttempt } from '../store/access/audit.ts';
import type { Store } from '../store/database/store.ts';

/** Writes what was tried to the audit log, one after the other, without holding up the answers. */
export class AuditTrail {
  readonly #store: () => Promise<Store>;
  readonly #logger: Logger;
  #last: Promise<void> = Promise.resolve();

  constructor(store: () => Promise<Store>, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  record(record: AuditRecord): void {
    this.#last = this.#last
      .then(async () => recordAttempt(await this.#store(), record))
      .catch((error: unknown) => this.#logger.error({ err: error, ...record }, 'not in the audit log'));
  }

  /** Resolves when everything that was recorded so far is in the log. */
  settled(): Promise<void> {
    return this.#last;
  }
}
