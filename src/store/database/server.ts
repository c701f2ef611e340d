import type mysql from 'mysql2';
import type { DataSourceOptions } from 'typeorm';
import { DataSource } from 'typeorm/data-source/DataSource.js';
import type { Logger } from '../../log.ts';
import type { Config } from '../../settings.ts';
import { translateErrors } from './driver-errors.ts';
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
    ...schemaOptions('mysql'),
  } satisfies DataSourceOptions);
  await translateErrors(dataSource.initialize(), where);

  const read: Store['read'] = (sql, values = []) =>
    translateErrors(dataSource.query(sql, boundValues(values)), where);
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
  where: string,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const runner = dataSource.createQueryRunner();
  try {
    await translateErrors(runner.connect(), where);
    return await work(ownSession(runner, where));
  } finally {
    await runner.release();
  }
}
