import { mkdirSync } from 'node:fs';
// The package's main module loads everything that it has, which takes as long again.
import { DataSource } from 'typeorm/data-source/DataSource.js';
import { VedetteError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Config } from '../../settings.ts';
import { sqliteDriver } from '../../sqlite-driver.ts';
import { driverCode, translateErrors } from './driver-errors.ts';
import { untilFree } from './lock-wait.ts';
import { schemaOptions } from './schema.ts';
import { Semaphore } from './semaphore.ts';
import { ownSession, sharedSession } from './session.ts';
import { sqliteFile } from './sqlite-file.ts';
import type { Store } from './store.ts';
import { boundValues } from './values.ts';

/** SQLite waits for locks without letting anything else happen, so that the long waits are ours. */
const SQLITE_TIMEOUT_MS = 1000;
/** For the pages of indexes; a connection takes it when it needs it. Imports only write, the API mostly reads. */
const CACHE_KIB = { writer: 65_536, reader: 131_072 };
/** Of 4 KiB. */
const CHECKPOINT_PAGES = 65_536;

/** Opens `vedette.db` in VEDETTE_HOME, and makes both where they are missing. */
export async function openSqlite(config: Config, logger: Logger): Promise<Store> {
  makeHome(config.general.home);
  const file = sqliteFile(config);
  const where = `Database ${file}`;
  const common = {
    type: 'better-sqlite3',
    driver: sqliteDriver(),
    database: file,
    timeout: SQLITE_TIMEOUT_MS,
  } as const;
  const writer = new DataSource({
    ...common,
    ...schemaOptions('sqlite'),
    enableWAL: true,
    prepareDatabase: (database: { pragma(text: string): unknown }) => {
      database.pragma('synchronous = FULL');
      database.pragma(`cache_size = -${CACHE_KIB.writer}`);
      // A page that several transactions change is copied into the file once.
      database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    },
  });
  // Its own connection sees only what is committed, and never waits for a writer.
  const reader = new DataSource({
    ...common,
    readonly: true,
    prepareDatabase: (database: { pragma(text: string): unknown }) =>
      void database.pragma(`cache_size = -${CACHE_KIB.reader}`),
  });
  await untilFree(() => translateErrors(writer.initialize(), where));
  await untilFree(() => translateErrors(reader.initialize(), where));
  // From here on we wait ourselves.
  await translateErrors(writer.query('PRAGMA busy_timeout = 0'), where);

  const semaphore = new Semaphore();
  const connection = ownSession(writer.createQueryRunner(), where);
  const working = new Set<Promise<unknown>>();
  const read: Store['read'] = (sql, values = []) =>
    translateErrors(reader.query(sql, boundValues(values)), where);
  const waitedFor = async <Result>(result: Promise<Result>): Promise<Result> => {
    working.add(result);
    return result.finally(() => working.delete(result));
  };
  const shared = () => sharedSession(connection, semaphore);
  return {
    dialect: 'sqlite',
    dataSource: writer,
    logger,
    where,
    read,
    session: (work) => waitedFor(work(shared())),
    sessions: (work) => waitedFor(work([shared()])),
    async describeConnection() {
      const [row] = await read<{ version: string }>('SELECT sqlite_version() AS version');
      return { product: 'SQLite', version: row?.version ?? '', location: file, user: null, tls: null };
    },
    async close() {
      await Promise.allSettled(working);
      await reader.destroy();
      await writer.destroy();
    },
  };
}

function makeHome(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const type = driverCode(cause) === 'ENOSPC' ? 'disk-full' : 'database-refused';
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy = 'Set VEDETTE_HOME to a folder that this user can write to.';
    throw new VedetteError(type, `The folder of the database cannot be made: ${reason}`, { cause, remedy });
  }
}
