import { existsSync } from 'node:fs';
import type { Logger } from '../../log.ts';
import { ownOrganization } from '../../settings.ts';
import type { Config } from '../../settings.ts';
import { ensureOwnOrganization, getOrganization } from '../organizations/organizations.ts';
import { withdrawImpossibleScans } from '../scans/impossible-scans.ts';
import { migrateStore } from './migrate.ts';
import { openServer } from './server.ts';
import { sqliteFile } from './sqlite-file.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';

/**
 * Opens the embedded database (`vedette.db` in VEDETTE_HOME), or the server's when `database.host` is set; a missing
 * database is made. Tables are made by `migrateStore`.
 *
 * @throws VedetteError `database-unreachable`, `database-refused`, `database-busy`, `disk-full` or `config-invalid`.
 */
export async function openStore(config: Config, logger: Logger): Promise<Store> {
  return config.database.host === undefined ? openSqlite(config, logger) : openServer(config, logger);
}

/** Whether anything can be in the database: the embedded one is made when it is first opened. */
export function isDatabaseMade(config: Config): boolean {
  return config.database.host !== undefined || existsSync(sqliteFile(config));
}

/**
 * Opens the configured database with its tables up to date, and without scans that cannot be.
 *
 * @throws VedetteError `not-found` when it has no organisation of the name that the work is for
 */
export async function openMigratedStore(config: Config, logger: Logger): Promise<Store> {
  const store = await openStore(config, logger);
  try {
    await migrateStore(store);
    await enterOrganizations(store, config);
    await withdrawImpossibleScans(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The installation's own is simply there; another one must have been made. */
async function enterOrganizations(store: Store, config: Config): Promise<void> {
  await ensureOwnOrganization(store, config);
  const { organizationId } = config.general;
  if (organizationId !== ownOrganization(config)) await getOrganization(store, config, organizationId);
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
