import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import type { Store } from '../store/database/store.ts';
import { endExpiredSuppressions } from '../store/events/suppressions.ts';

const LOOK_EVERY_MS = 5000;
/** Many events take a while to come back; whoever asks meanwhile is not kept waiting for them. */
const MOST_WAIT_MS = 1000;

/** The store, in which suppressions that have run out are ended before anybody reads: now and then, not for each request. */
export function withoutExpired(store: () => Promise<Store>, logger: Logger): () => Promise<Store> {
  let lookedAt = 0;
  let ending: Promise<unknown> | undefined;
  return async () => {
    const opened = await store();
    if (ending === undefined && Date.now() - lookedAt >= LOOK_EVERY_MS) {
      lookedAt = Date.now();
      ending = endExpiredSuppressions(opened, new Date())
        .catch((error: unknown) =>
          logger.warn({ err: error }, 'suppressions that have run out were not ended'),
        )
        .finally(() => (ending = undefined));
    }
    if (ending !== undefined) await Promise.race([ending, sleep(MOST_WAIT_MS, undefined, { ref: false })]);
    return opened;
  };
}
