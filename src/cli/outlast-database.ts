import { setTimeout as sleep } from 'node:timers/promises';
import { failureKinds, VedetteError } from '../errors.ts';
import type { CommandContext } from './command-context.ts';
import { tell } from './output/write.ts';

const ASK_AGAIN_MS = 1000;
/** As long as for a Temporal server. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Does `read` again while the database is away for now, as a run itself would wait: for commands that begin work, which is
 * worth more than a quick answer. Says so once.
 *
 * @throws what `read` throws, and that it was interrupted
 */
export async function outlastDatabase<Result>(
  { signal }: Pick<CommandContext, 'signal'>,
  read: () => Promise<Result>,
): Promise<Result> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let told = false; ; told = true) {
    try {
      return await read();
    } catch (error) {
      if (!isAway(error) || Date.now() > deadline) throw error;
      if (!told) tell(`${error.message}; waiting for it …`);
    }
    await sleep(ASK_AGAIN_MS, undefined, { signal });
  }
}

function isAway(error: unknown): error is VedetteError {
  return (
    error instanceof VedetteError && error.type.startsWith('database-') && failureKinds[error.type].retryable
  );
}
