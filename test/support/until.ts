import { setTimeout as sleep } from 'node:timers/promises';

/** Looks until something holds; the tests' own time limit ends it. */
export async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look().catch(() => false))) await sleep(50);
}
