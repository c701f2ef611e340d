import { setTimeout as sleep } from 'node:timers/promises';
import { driverCode } from './driver-errors.ts';

/** How long a write waits for one of another process before it gives up. */
export const LOCK_WAIT_MS = 120_000;
/** SQLite does not queue who waits for its lock: who asks often finds the moments in which it is free. */
export const LOCK_POLL_MS = 5;

/** Tries again while SQLite says that another process writes. */
export async function untilFree<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!driverCode(error)?.startsWith('SQLITE_BUSY') || Date.now() > deadline) throw error;
    }
    await sleep(LOCK_POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}
