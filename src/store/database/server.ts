import type mysql from 'mysql2';
import type { DataSourceOptions } from 'typeorm';
import { DataSource } from 'typeorm/data-source/DataSource.js';
import type { Logger } from '../../log.ts';
import type { Config } from '../../settings.ts';
import { connectionsOf } from './connections.ts';
import type { Connections } from './connections.ts';
import { leavesServer, translateErrors } from './driver-errors.ts';
import { schemaOptions } from './schema.ts';
import { Semaphore } from './semaphore.ts';
import { describeServer, prepareServer, serverConnectionOptions } from './server-connection.ts';
import { ownSession } from './session.ts';
import type { ConnectionDescription, Session, Store } from './store.ts';
import { boundValues } from './values.ts';

/** Opens the database of a MySQL or MariaDB server, and makes it where it is missing. */
export async function openServer(config: Config, logger: Logger): Promise<Store> {
  const { database } = config;
  const where = describeServer(database);
  const { type, mostBytes } = await prepareServer(database);
  const { createPool } = await import('mysql2');
  let connections: Connections | undefined;
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
    driver: {
      createPool(options: mysql.PoolOptions) {
        const pool = prepared(createPool(options));
        connections = connectionsOf(pool);
        return pool;
      },
    },
    ...schemaOptions('mysql'),
  } satisfies DataSourceOptions);
  await translateErrors(dataSource.initialize(), where);

  /** After a failure that tells that the server has become another one, nobody gets a connection to it again. */
  async function watched<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      if (leavesServer(error)) connections?.leave();
      throw error;
    }
  }
  const read: Store['read'] = (sql, values = []) =>
    watched(translateErrors(dataSource.query(sql, boundValues(values)), where, { sql, values, mostBytes }));
  const session: Store['session'] = (work) => watched(serverSession(dataSource, { where, mostBytes }, work));
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
  `SET SESSION
    sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    time_zone = '+00:00',
    innodb_lock_wait_timeout = 60`,
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
  { where, mostBytes }: { where: string; mostBytes: number },
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  try {
    await translateErrors(runner.connect(), where);
    return await work(ownSession(runner, where, mostBytes));
  } finally {
    await runner.release();
  }
}
