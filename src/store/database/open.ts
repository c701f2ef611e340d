import type { Logger } from '../../log.ts';
import type { Config } from '../../settings.ts';
import { migrateStore } from './migrate.ts';
import { openStore } from './store.ts';
import type { Store } from './store.ts';

/** Opens the configured database with its tables up to date. */
export async function openMigratedStore(config: Config, logger: Logger): Promise<Store> {
  const store = await openStore(config, logger);
  try {
    await migrateStore(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The store, opened and migrated on first use; a failure is not kept, so that the next use tries again. */
export function lazyStore(
  config: Config,
  logger: Logger,
): { get: () => Promise<Store>; close: () => Promise<void> } {
  let opened: Promise<Store> | undefined;
  return {
    get() {
      opened ??= openMigratedStore(config, logger).catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
      return opened;
    },
    async close() {
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}
