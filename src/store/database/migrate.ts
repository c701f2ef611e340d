import { MigrationExecutor } from 'typeorm/migration/MigrationExecutor.js';
import { migrations } from '../../../migrations/index.ts';
import { VedetteError } from '../../errors.ts';
import { METADATA_TABLE } from './column-types.ts';
import { translateErrors } from './driver-errors.ts';
import { withNamedLock } from './named-lock.ts';
import { MIGRATIONS_TABLE } from './schema.ts';
import { inTransaction } from './store.ts';
import type { Session, Store } from './store.ts';

/** TypeORM would make it before the first migration, without a key; some servers demand one of every table. */
const MYSQL_METADATA = `CREATE TABLE IF NOT EXISTS ${METADATA_TABLE} (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  type varchar(255) NOT NULL,
  \`database\` varchar(255) NULL,
  \`schema\` varchar(255) NULL,
  \`table\` varchar(255) NULL,
  name varchar(255) NULL,
  value text NULL
)`;

export interface MigrationStatus {
  applied: readonly string[];
  pending: readonly string[];
}

/**
 * Brings the tables up to date; several processes may do so at once. Gives the names of the migrations that this call
 * applied.
 *
 * @throws VedetteError
 */
export async function migrateStore(store: Store): Promise<readonly string[]> {
  // Nearly always there is nothing to do, and then nobody must wait for a lock.
  if (await isUpToDate(store)) return [];
  const { signal } = new AbortController();
  return store.session((session) =>
    store.dialect === 'sqlite'
      ? inTransaction(store, session, signal, () => applyPending(store, session))
      : withNamedLock(store, session, 'migrations', signal, () => applyPending(store, session)),
  );
}

/** Which migrations the database has, and which it lacks. */
export async function migrationStatus(store: Store): Promise<MigrationStatus> {
  return store.session(({ runner, alone }) =>
    alone(async () => {
      const executor = new MigrationExecutor(store.dataSource, runner);
      const applied = (await translateErrors(executor.getExecutedMigrations(), store.where)).map(
        ({ name }) => name,
      );
      const pending = migrations.map(({ name }) => name).filter((name) => !applied.includes(name));
      return { applied: applied.toReversed(), pending };
    }),
  );
}

async function isUpToDate(store: Store): Promise<boolean> {
  // Whatever is the matter, migrating will tell.
  const applied = await store.read<{ name: string }>(`SELECT name FROM ${MIGRATIONS_TABLE}`).catch(() => []);
  return migrations.every((migration) => applied.some(({ name }) => name === migration.name));
}

async function applyPending(store: Store, { runner }: Session): Promise<readonly string[]> {
  const executor = new MigrationExecutor(store.dataSource, runner);
  // SQLite's transaction is ours already, and MySQL has none for changes of the schema.
  executor.transaction = 'none';
  await refuseForeignTables(store, runner);
  if (store.dialect === 'mysql') await translateErrors(runner.query(MYSQL_METADATA), store.where);
  const applied = await translateErrors(executor.executePendingMigrations(), store.where);
  return applied.map(({ name }) => name);
}

/**
 * The tables of the earlier Python scripts have the same names, but not what tells organisations and accounts apart.
 *
 * @throws VedetteError `database-refused`
 */
async function refuseForeignTables(store: Store, runner: Session['runner']): Promise<void> {
  const scans = await translateErrors(runner.getTable('scout_scans'), store.where);
  if (scans === undefined || scans.findColumnByName('organization_id') !== undefined) return;
  throw new VedetteError('database-refused', `${store.where} holds tables of the earlier Python scripts.`, {
    remedy: 'Set DB_NAME to a new database, then import the results files again.',
  });
}
