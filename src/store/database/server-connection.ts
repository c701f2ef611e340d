import { isIP } from 'node:net';
import type { Connection, ConnectionOptions, SslOptions } from 'mysql2/promise';
import { VedetteError } from '../../errors.ts';
import { readRegularFile } from '../../regular-file.ts';
import type { Config } from '../../settings.ts';
import { databaseError, driverCode } from './driver-errors.ts';

type DatabaseConfig = Config['database'];

const CONNECT_TIMEOUT_MS = 10_000;
/** A server that the network hides is then noticed after some 20 s; without, a statement would wait for hours. */
const KEEP_ALIVE_AFTER_MS = 10_000;

/** What is known of a server before it is used. */
export interface Server {
  type: 'mysql' | 'mariadb';
  /** Of one statement. */
  mostBytes: number;
}

/** The server and what is asked of it, for messages: never the password. */
export function describeServer({ host, port, user, name }: DatabaseConfig): string {
  const address = host !== undefined && isSocketPath(host) ? host : `${host}:${port}`;
  return `Database ${name} at ${address} as user ${user ?? '(none)'}`;
}

/** Options of mysql2, without the database's name. */
export function serverConnectionOptions(database: DatabaseConfig): ConnectionOptions {
  const { host, port, user, password } = database;
  const ssl = tlsOptions(database);
  return {
    ...(host !== undefined && isSocketPath(host)
      ? { socketPath: host }
      : { host: host ?? 'localhost', port }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(ssl === undefined ? {} : { ssl }),
    connectTimeout: CONNECT_TIMEOUT_MS,
    keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
  };
}

/**
 * Whether and how TLS is used: not at all when it is disabled, verified when a certificate is configured, and without
 * any setting demanded of every server that is not on this machine.
 *
 * @throws VedetteError `config-invalid` when a configured file cannot be read.
 */
export function tlsOptions({
  host,
  sslDisabled,
  sslCa,
  sslCert,
  sslKey,
}: DatabaseConfig): SslOptions | undefined {
  if (sslDisabled) return undefined;
  const configured = [sslCa, sslCert, sslKey].some((file) => file !== undefined);
  if (!configured && (host === undefined || isLocal(host))) return undefined;
  return {
    ...(sslCa === undefined ? {} : { ca: readRegularFile(sslCa, { setting: 'DB_SSL_CA' }) }),
    ...(sslCert === undefined ? {} : { cert: readRegularFile(sslCert, { setting: 'DB_SSL_CERT' }) }),
    ...(sslKey === undefined ? {} : { key: readRegularFile(sslKey, { setting: 'DB_SSL_KEY' }) }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    // mysql2 compares an address with the name "localhost", so that an address can only be trusted by its own CA.
    verifyIdentity: sslCa === undefined || host === undefined || isIP(host) === 0,
  };
}

/**
 * Connects once, makes the database when it does not exist, and tells what the server is.
 *
 * @throws VedetteError `database-unreachable` or `database-refused`.
 */
export async function prepareServer(database: DatabaseConfig): Promise<Server> {
  const where = describeServer(database);
  const options = serverConnectionOptions(database);
  try {
    return await describe({ ...options, database: database.name });
  } catch (error) {
    if (driverCode(error) !== 'ER_BAD_DB_ERROR') throw databaseError(error, where);
  }
  try {
    await createDatabase(options, database.name);
    return await describe({ ...options, database: database.name });
  } catch (cause) {
    const { escapeId } = await import('mysql2');
    const failure = databaseError(cause, where);
    if (!(failure instanceof VedetteError) || failure.type !== 'database-refused') throw failure;
    throw new VedetteError(
      'database-refused',
      `${where}: the database does not exist and could not be made.`,
      {
        remedy: `Create it (CREATE DATABASE ${escapeId(database.name, true)} CHARACTER SET utf8mb4) and grant the user all privileges on it.`,
        cause,
      },
    );
  }
}

/** The driver is loaded only where there is a server: that takes a moment, which commands on SQLite need not wait. */
async function connect(options: ConnectionOptions): Promise<Connection> {
  const { createConnection } = await import('mysql2/promise');
  return createConnection(options);
}

async function describe(options: ConnectionOptions): Promise<Server> {
  const connection = await connect(options);
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version, @@max_allowed_packet AS bytes');
    const [row] = rows as { version: string; bytes: number }[];
    return {
      type: row?.version.includes('MariaDB') ? 'mariadb' : 'mysql',
      mostBytes: row?.bytes ?? Infinity,
    };
  } finally {
    await connection.end();
  }
}

async function createDatabase(options: ConnectionOptions, name: string): Promise<void> {
  const { escapeId } = await import('mysql2');
  const connection = await connect(options);
  try {
    await connection.query(`CREATE DATABASE IF NOT EXISTS ${escapeId(name, true)} CHARACTER SET utf8mb4`);
  } finally {
    await connection.end();
  }
}

function isLocal(host: string): boolean {
  return isSocketPath(host) || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function isSocketPath(host: string): boolean {
  return host.startsWith('/');
}
