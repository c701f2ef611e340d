import type { Store } from '../store/database/store.ts';
import type { CommandContext } from './command-context.ts';

/** Reads the database if there is one; undefined where nothing was ever stored. Looking makes none. */
export async function readStore<Result>(
  { config, logger }: CommandContext,
  read: (store: Store) => Promise<Result>,
): Promise<Result | undefined> {
  const { isDatabaseMade, openMigratedStore } = await import('../store/database/open.ts');
  if (!isDatabaseMade(config)) return undefined;
  const store = await openMigratedStore(config, logger);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}
