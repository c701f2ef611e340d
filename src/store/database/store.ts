import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type mysql from 'mysql2';
import type { DataSourceOptions, QueryRunner } from 'typeorm';
// The package's main module loads everything that it has, which takes as long again.
import { DataSource } from 'typeorm/data-source/DataSource.js';
import { migrations } from '../../../migrations/index.ts';
import { VedetteError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Config } from '../../settings.ts';
import { METADATA_TABLE } from './column-types.ts';
import type { Dialect } from './column-types.ts';
import { serverConnectionOptions, describeServer, prepareServer } from './connection.ts';
import { driverCode, mapped } from './driver-errors.ts';
import { entities } from './entities.ts';
import { Semaphore } from './semaphore.ts';
import type { SqlValue } from './values.ts';

/** How long a write waits for one of another process before it gives up. */
export const LOCK_WAIT_MS = 120_000;
/** SQLite does not queue who waits for its lock: who asks often finds the moments in which it is free. */
const LOCK_POLL_MS = 5;
const LET_OTHERS_WRITE_MS = 2 * LOCK_POLL_MS;
/** SQLite waits for locks without letting anything else happen, so that the long waits are ours. */
const SQLITE_TIMEOUT_MS = 1000;
/** For the pages of indexes; a connection takes it when it needs it. Imports only write, the API mostly reads. */
const CACHE_KIB = { writer: 65_536, reader: 131_072 };
const DEADLOCK_ATTEMPTS = 8;
const DEADLOCK_PAUSE_MS = 50;
/** Of 4 KiB. */
const CHECKPOINT_PAGES = 65_536;
export const MIGRATIONS_TABLE = 'vedette_migrations';

/** A connection, for as long as the work that it was opened for. Sessions of SQLite share one. */
export interface Session {
  runner: QueryRunner;
  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Gives the number of rows that the statement met. */
  execute(sql: string, values?: readonly SqlValue[]): Promise<number>;
  /** Runs `work`, between whose statements none of another session comes on this connection. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
}

export type Sessions = readonly [Session, ...Session[]];

export interface ConnectionDescription {
  product: 'SQLite' | 'MySQL' | 'MariaDB';
  version: string;
  /** File, or `host:port/database`. */
  location: string;
  user: string | null;
  /** Null for a connection without TLS. */
  tls: { version: string; cipher: string } | null;
}

/** An open database. Every error of the database is a VedetteError. */
export interface Store {
  dialect: Dialect;
  dataSource: DataSource;
  logger: Logger;
  /** The database, for messages. */
  where: string;
  read<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs `work` on a connection of its own; with SQLite, statements and transactions of all sessions take turns. */
  session<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** The same with as many as can be busy at once: two of a server, one of SQLite. Not to be called within a session. */
  sessions<Result>(work: (sessions: Sessions) => Promise<Result>): Promise<Result>;
  describeConnection(): Promise<ConnectionDescription>;
  close(): Promise<void>;
}

/**
 * Opens the embedded database (`vedette.db` in VEDETTE_HOME), or the server's when `database.host` is set; a missing
 * database is made. Tables are made by `migrateStore`.
 *
 * @throws VedetteError `database-unreachable`, `database-refused`, `database-busy`, `disk-full` or `config-invalid`.
 */
export async function openStore(config: Config, logger: Logger): Promise<Store> {
  return config.database.host === undefined ? openSqlite(config, logger) : openServer(config, logger);
}

async function openSqlite(config: Config, logger: Logger): Promise<Store> {
  makeHome(config.general.home);
  const file = join(config.general.home, 'vedette.db');
  const where = `Database ${file}`;
  const common = { type: 'better-sqlite3', database: file, timeout: SQLITE_TIMEOUT_MS } as const;
  const writer = new DataSource({
    ...common,
    entities: entities('sqlite'),
    migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    metadataTableName: METADATA_TABLE,
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
  const deadline = Date.now() + LOCK_WAIT_MS;
  await untilFree(() => mapped(writer.initialize(), where), deadline);
  await untilFree(() => mapped(reader.initialize(), where), deadline);

  await mapped(writer.query('PRAGMA busy_timeout = 0'), where);

  const semaphore = new Semaphore();
  const connection = sessionOf(writer.createQueryRunner(), where);
  const working = new Set<Promise<unknown>>();
  const read: Store['read'] = (sql, values = []) => mapped(reader.query(sql, [...values]), where);
  const waitedFor = async <Result>(result: Promise<Result>): Promise<Result> => {
    working.add(result);
    return result.finally(() => working.delete(result));
  };
  const shared = () => sharing(connection, semaphore);
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

async function openServer(config: Config, logger: Logger): Promise<Store> {
  const { database } = config;
  const where = describeServer(database);
  const type = await prepareServer(database);
  const { createPool } = await import('mysql2');
  const dataSource = new DataSource({
    type,
    database: database.name,
    timezone: 'Z',
    charset: 'utf8mb4',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: database.poolSize,
    extra: serverConnectionOptions(database),
    driver: { createPool: (options: mysql.PoolOptions) => prepared(createPool(options)) },
    entities: entities('mysql'),
    migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    metadataTableName: METADATA_TABLE,
  } satisfies DataSourceOptions);
  await mapped(dataSource.initialize(), where);

  const read: Store['read'] = (sql, values = []) => mapped(dataSource.query(sql, [...values]), where);
  const session: Store['session'] = (work) => serverSession(dataSource, where, work);
  // Nobody who holds one connection then waits in vain for a second one.
  const pairs = new Semaphore(Math.floor(database.poolSize / 2));
  return {
    dialect: 'mysql',
    dataSource,
    logger,
    where,
    read,
    session,
    sessions: (work) => pairs.run(() => session((one) => session((other) => work([one, other])))),
    describeConnection: () => describeServerConnection(database, type, read),
    // A connection that the server has ended is closed: what was lost with it, its last statement has told.
    close: () =>
      dataSource
        .destroy()
        .catch((error: unknown) => logger.debug({ err: error }, 'A connection was closed already')),
  };
}

async function describeServerConnection(
  { host, port, name, user }: Config['database'],
  type: 'mysql' | 'mariadb',
  read: Store['read'],
): Promise<ConnectionDescription> {
  const [row] = await read<{ version: string }>('SELECT VERSION() AS version');
  const status = await read<{ Variable_name: string; Value: string }>(
    "SHOW SESSION STATUS WHERE Variable_name IN ('Ssl_cipher', 'Ssl_version')",
  );
  const value = (variable: string) => status.find((line) => line.Variable_name === variable)?.Value ?? '';
  const cipher = value('Ssl_cipher');
  return {
    product: type === 'mariadb' ? 'MariaDB' : 'MySQL',
    version: row?.version ?? '',
    location: `${host}:${port}/${name}`,
    user: user ?? null,
    tls: cipher === '' ? null : { version: value('Ssl_version'), cipher },
  };
}

/**
 * Strict mode, because text that does not fit must be an error and not be cut; no NO_BACKSLASH_ESCAPES, because mysql2
 * escapes values with backslashes; UTC and READ COMMITTED, whatever the server's defaults.
 */
const SESSION_SETTINGS = [
  "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', " +
    "time_zone = '+00:00', innodb_lock_wait_timeout = 60",
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** A connection's statements keep their order: the settings come before any other. */
function prepared(pool: mysql.Pool): mysql.Pool {
  pool.on('connection', (connection) => {
    // When the connection is lost here, its next statement tells.
    for (const statement of SESSION_SETTINGS) connection.query(statement, () => undefined);
  });
  return pool;
}

async function serverSession<Result>(
  dataSource: DataSource,
  where: string,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  try {
    await mapped(runner.connect(), where);
    return await work(sessionOf(runner, where));
  } finally {
    await runner.release();
  }
}

function sessionOf(runner: QueryRunner, where: string): Session {
  const run = (sql: string, values: readonly SqlValue[]) =>
    mapped(runner.query(sql, [...values], true), where);
  return {
    runner,
    query: async (sql, values = []) => (await run(sql, values)).records,
    execute: async (sql, values = []) => (await run(sql, values)).affected ?? 0,
    alone: (work) => work(),
  };
}

/** A session of its own on a connection that several share: what it does passes the semaphore, unless it is alone already. */
function sharing(connection: Session, semaphore: Semaphore): Session {
  let isAlone = false;
  const pass = <Result>(statement: () => Promise<Result>): Promise<Result> =>
    isAlone ? statement() : semaphore.run(() => untilFree(statement, Date.now() + LOCK_WAIT_MS));
  return {
    runner: connection.runner,
    query: (sql, values) => pass(() => connection.query(sql, values)),
    execute: (sql, values) => pass(() => connection.execute(sql, values)),
    alone: (work) =>
      semaphore.run(async () => {
        isAlone = true;
        try {
          return await work();
        } finally {
          isAlone = false;
        }
      }),
  };
}

/**
 * Runs `work` in one transaction of the session, which no other write can come between. A deadlock's victim is tried
 * again: `work` must not have effects outside the database.
 */
export async function inTransaction<Result>(
  { dialect }: Store,
  session: Session,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const begin = dialect === 'sqlite' ? 'BEGIN IMMEDIATE' : 'START TRANSACTION';
  return session.alone(async () => {
    for (let attempt = 1; ; attempt += 1) {
      await untilFree(() => session.execute(begin), Date.now() + LOCK_WAIT_MS, signal);
      try {
        const result = await work();
        signal.throwIfAborted();
        await session.execute('COMMIT');
        return result;
      } catch (error) {
        // The connection may be gone, and the transaction with it: the first error is the one to tell.
        await session.execute('ROLLBACK').catch(() => undefined);
        if (driverCode(error) !== 'ER_LOCK_DEADLOCK' || attempt === DEADLOCK_ATTEMPTS) throw error;
      }
      // Not at the same moment as the others.
      await sleep(Math.random() * attempt * DEADLOCK_PAUSE_MS, undefined, { signal });
    }
  });
}

/** Between two transactions of one piece of work: long enough for another process to begin one of its own. */
export async function letOthersWrite({ dialect }: Store, signal: AbortSignal): Promise<void> {
  if (dialect === 'sqlite') await sleep(LET_OTHERS_WRITE_MS, undefined, { signal });
}

/** Tries again while SQLite says that another process writes. */
async function untilFree<Result>(
  work: () => Promise<Result>,
  deadline: number,
  signal?: AbortSignal,
): Promise<Result> {
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
