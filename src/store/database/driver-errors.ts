import { VedetteError } from '../../errors.ts';
import type { FailureType } from '../../model/failure.ts';

interface KnownCodes {
  type: FailureType;
  codes: RegExp;
  /** For codes that say too little. */
  text?: RegExp;
  remedy?: string;
}

interface NativeError {
  code?: unknown;
  /** mysql2: the connection is gone. */
  fatal?: boolean;
  message: string;
}

/** Codes of mysql2, of the server, of Node's sockets and TLS, and of SQLite. The first match counts. */
const KNOWN: readonly KnownCodes[] = [
  { type: 'disk-full', codes: /^(SQLITE_FULL|ENOSPC|EDQUOT|ER_DISK_FULL|ER_RECORD_FILE_FULL)$/ },
  { type: 'database-busy', codes: /^(SQLITE_BUSY.*|SQLITE_LOCKED.*|ER_LOCK_WAIT_TIMEOUT|ER_LOCK_DEADLOCK)$/ },
  {
    type: 'database-unreachable',
    codes:
      /^(ECONN.*|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|EPIPE|ENOENT|EACCES|PROTOCOL_.*|ER_SERVER_SHUTDOWN|ER_CON_COUNT_ERROR|ER_TOO_MANY_USER_CONNECTIONS|ER_CONNECTION_KILLED|POOL_CLOSED)$/,
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
    codes:
      /^ER_(.*ACCESS_DENIED.*|BAD_DB_ERROR|HOST_NOT_PRIVILEGED|HOST_IS_BLOCKED|MUST_CHANGE_PASSWORD.*|ACCOUNT_.*|NOT_SUPPORTED_AUTH_MODE|CANT_CREATE_.*|SECURE_TRANSPORT_REQUIRED)$/,
  },
];

/**
 * Any error of a driver as a failure that names the database (`where`) and what to do. What is no driver's error,
 * such as an abort or a failure of ours, comes back as it is.
 */
export function databaseError(thrown: unknown, where: string): unknown {
  if (thrown instanceof VedetteError) return thrown;
  const native = nativeError(thrown);
  // mysql2 gives no code when a connection is used that was lost before.
  const code = native.code ?? (native.fatal === true ? 'PROTOCOL_CONNECTION_LOST' : undefined);
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
export async function translateErrors<Result>(work: Promise<Result>, where: string): Promise<Result> {
  try {
    return await work;
  } catch (thrown) {
    const failure = databaseError(thrown, where);
    throw failure instanceof Error ? failure : new VedetteError('unexpected', `${where}: ${String(failure)}`);
  }
}

/** The driver's code of an error, e.g. `ER_BAD_DB_ERROR`, also when it was made a failure of ours. */
export function driverCode(thrown: unknown): string | undefined {
  const { code } = nativeError(thrown instanceof VedetteError ? thrown.cause : thrown);
  return typeof code === 'string' ? code : undefined;
}

/** TypeORM wraps the driver's error, and keeps statement and values beside it: those must not reach a log. */
function nativeError(thrown: unknown): NativeError {
  if (typeof thrown !== 'object' || thrown === null) return { message: String(thrown) };
  const error = thrown as NativeError & { driverError?: NativeError };
  return error.driverError ?? error;
}
