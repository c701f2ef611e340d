import { VedetteError } from '../../errors.ts';
import type { FailureType } from '../../model/failure.ts';
import type { SqlValue } from './values.ts';

interface KnownCodes {
  type: FailureType;
  codes: RegExp;
  /** For codes that say too little. */
  text?: RegExp;
  remedy?: string;
}

interface NativeError {
  code?: unknown;
  /** Of servers: tells also what mysql2 has no name for. */
  errno?: unknown;
  /** mysql2: the connection is gone. */
  fatal?: boolean;
  message: string;
}

/** The server takes no writes: a replica, or a primary that has become one. */
const READ_ONLY =
  /^(ER_OPTION_PREVENTS_STATEMENT|ER_READ_ONLY_MODE|ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION|ER_INNODB_READ_ONLY)$/;
/** ER_OPTION_PREVENTS_STATEMENT tells of other options as well. */
const READ_ONLY_TEXT = /read.?only/i;
/** The connection has ended in the middle of a statement. */
const LOST = /^(ECONNRESET|EPIPE|PROTOCOL_CONNECTION_LOST)$/;
/** The server lets everybody go. */
const LEAVING = /^(ER_SERVER_SHUTDOWN|ER_NORMAL_SHUTDOWN|ER_SHUTDOWN_COMPLETE|ER_SERVER_OFFLINE_MODE)$/;

/** What mysql2 has no name for, or another one. */
const NAMES: Readonly<Record<number, string>> = {
  1927: 'ER_CONNECTION_KILLED',
  1969: 'ER_STATEMENT_TIMEOUT',
  3024: 'ER_QUERY_TIMEOUT',
  3032: 'ER_SERVER_OFFLINE_MODE',
  3169: 'ER_SESSION_WAS_KILLED',
  4031: 'ER_CLIENT_INTERACTION_TIMEOUT',
};

/** Codes of mysql2, of the server, of Node's sockets and TLS, and of SQLite. The first match counts. */
const KNOWN: readonly KnownCodes[] = [
  { type: 'disk-full', codes: /^(SQLITE_FULL|ENOSPC|EDQUOT|ER_DISK_FULL|ER_RECORD_FILE_FULL)$/ },
  { type: 'database-busy', codes: /^(SQLITE_BUSY.*|SQLITE_LOCKED.*|ER_LOCK_WAIT_TIMEOUT|ER_LOCK_DEADLOCK)$/ },
  {
    type: 'database-refused',
    codes: /^ER_NET_PACKET_TOO_LARGE$/,
    remedy: "Raise the server's max_allowed_packet to 64M or more.",
  },
  { type: 'database-read-only', codes: READ_ONLY, text: READ_ONLY_TEXT },
  {
    type: 'database-unreachable',
    codes: /^(ER_CON_COUNT_ERROR|ER_TOO_MANY_USER_CONNECTIONS|ER_USER_LIMIT_REACHED)$/,
    remedy:
      'Lower VEDETTE_DB_POOL_SIZE or the number of workers, or raise max_connections, or max_user_connections of the user.',
  },
  {
    type: 'database-unreachable',
    codes: LEAVING,
    remedy: 'The server is stopping, or in offline mode: start it again, or name another one in DB_HOST.',
  },
  {
    // A node of a Galera cluster that is not in step with the others.
    type: 'database-unreachable',
    codes: /^ER_UNKNOWN_COM_ERROR$/,
    text: /WSREP/,
  },
  {
    type: 'database-unreachable',
    codes:
      /^(ECONN.*|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|EPIPE|ENOENT|EACCES|PROTOCOL_.*|ER_CONNECTION_KILLED|ER_SESSION_WAS_KILLED|ER_CLIENT_INTERACTION_TIMEOUT|ER_QUERY_INTERRUPTED|ER_NET_.*|POOL_CLOSED)$/,
  },
  {
    type: 'database-busy',
    codes: /^(ER_QUERY_TIMEOUT|ER_STATEMENT_TIMEOUT)$/,
    remedy: "The server ends long statements: raise max_statement_time (MariaDB) for vedette's user.",
  },
  {
    type: 'database-refused',
    codes: /^(SQLITE_NOTADB|SQLITE_CORRUPT.*)$/,
    remedy:
      'The file is not a database, or damaged: restore it from a backup, or set VEDETTE_HOME elsewhere.',
  },
  {
    type: 'database-refused',
    codes: /^(SQLITE_CANTOPEN.*|SQLITE_READONLY.*|SQLITE_PERM|SQLITE_AUTH)$/,
    remedy: 'Check that VEDETTE_HOME is a folder that this user can write to.',
  },
  { type: 'database-refused', codes: /^ER_NO_SUCH_TABLE$/, remedy: 'Run vedette migrate up.' },
  {
    type: 'database-refused',
    codes: /^SQLITE_ERROR$/,
    text: /^no such table: scout_/,
    remedy: 'Run vedette migrate up.',
  },
  {
    type: 'database-refused',
    codes:
      /^(ERR_TLS_.*|ERR_SSL_.*|ERR_OSSL_.*|HANDSHAKE_.*|EPROTO|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*|INVALID_CA|HOSTNAME_MISMATCH)$/,
    remedy:
      "Check DB_SSL_CA, DB_SSL_CERT and DB_SSL_KEY against the server's certificate and its name; vedette doctor tests them.",
  },
  {
    type: 'database-refused',
    codes: /^ER_(TABLE|COLUMN|DB)ACCESS_DENIED_ERROR$/,
    text: /command denied|to database/,
    remedy:
      'Grant the user ALL PRIVILEGES on the database, or SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, ' +
      'REFERENCES and CREATE TEMPORARY TABLES.',
  },
  { type: 'database-refused', codes: /^ER_.*ACCESS_DENIED.*$/ },
  {
    type: 'database-refused',
    codes:
      /^ER_(BAD_DB_ERROR|HOST_NOT_PRIVILEGED|HOST_IS_BLOCKED|MUST_CHANGE_PASSWORD.*|ACCOUNT_.*|NOT_SUPPORTED_AUTH_MODE|CANT_CREATE_.*|SECURE_TRANSPORT_REQUIRED)$/,
  },
];

/** What a server was sent, and how many bytes it takes in one statement. */
export interface SentStatement {
  sql: string;
  values: readonly SqlValue[];
  mostBytes: number;
}

/**
 * Any error of a driver as a failure that names the database (`where`) and what to do. What is no driver's error,
 * such as an abort or a failure of ours, comes back as it is.
 */
export function databaseError(thrown: unknown, where: string, sent?: SentStatement): unknown {
  if (thrown instanceof VedetteError) return thrown;
  const native = nativeError(thrown);
  const code = isTooLong(native, sent) ? 'ER_NET_PACKET_TOO_LARGE' : codeOf(native);
  if (typeof code !== 'string') return thrown;
  const known = KNOWN.find(({ codes, text }) => codes.test(code) && (text?.test(native.message) ?? true));
  const message = `${where}: ${native.message || code}`;
  if (known === undefined) {
    return /^(ER_|SQLITE_)/.test(code) ? new VedetteError('unexpected', message, { cause: native }) : thrown;
  }
  return new VedetteError(known.type, message, {
    cause: native,
    ...(known.remedy === undefined ? {} : { remedy: known.remedy }),
  });
}

/** Rejects with what `databaseError` makes of it. */
export async function translateErrors<Result>(
  work: Promise<Result>,
  where: string,
  sent?: SentStatement,
): Promise<Result> {
  try {
    return await work;
  } catch (thrown) {
    const failure = databaseError(thrown, where, sent);
    throw failure instanceof Error ? failure : new VedetteError('unexpected', `${where}: ${String(failure)}`);
  }
}

/** The driver's code of an error, e.g. `ER_BAD_DB_ERROR`, also when it was made a failure of ours. */
export function driverCode(thrown: unknown): string | undefined {
  const code = codeOf(nativeError(thrown instanceof VedetteError ? thrown.cause : thrown));
  return typeof code === 'string' ? code : undefined;
}

/** Whether the connection leads to a server that should be left: there may be another one behind the same name by now. */
export function leavesServer(thrown: unknown): boolean {
  if (thrown instanceof VedetteError && thrown.type === 'database-read-only') return true;
  return LEAVING.test(driverCode(thrown) ?? '');
}

/** A server that finds a statement too long hangs up, often before anybody can read why. */
function isTooLong(error: NativeError, sent: SentStatement | undefined): boolean {
  if (sent === undefined || !LOST.test(String(codeOf(error)))) return false;
  const sizes = sent.values.map((value) => (typeof value === 'string' ? Buffer.byteLength(value) : 1));
  return Buffer.byteLength(sent.sql) + sizes.reduce((sum, size) => sum + size, 0) > sent.mostBytes;
}

function codeOf({ code, errno, fatal }: NativeError): unknown {
  if (typeof errno === 'number' && NAMES[errno] !== undefined) return NAMES[errno];
  // mysql2 gives no code when a connection is used that was lost before.
  if (code === undefined && fatal === true) return 'PROTOCOL_CONNECTION_LOST';
  return code ?? (typeof errno === 'number' && errno >= 1000 ? `ER_${errno}` : undefined);
}

/** TypeORM wraps the driver's error, and keeps statement and values beside it: those must not reach a log. */
function nativeError(thrown: unknown): NativeError {
  if (typeof thrown !== 'object' || thrown === null) return { message: String(thrown) };
  const error = thrown as NativeError & { driverError?: NativeError };
  return error.driverError ?? error;
}
