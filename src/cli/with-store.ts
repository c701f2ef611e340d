import type { Store } from '../store/database/store.ts';
import type { CommandContext } from './command-context.ts';

/** Runs `work` with the configured database, its tables up to date. */
export async function withStore(
  context: CommandContext,
  work: (store: Store, context: CommandContext) => Promise<void>,
): Promise<void> {
  const { openMigratedStore } = await import('../store/database/open.ts');
  const store = await openMigratedStore(context.config, context.logger);
  try {
    await work(store, context);
  } finally {
    await store.close();
  }
}
