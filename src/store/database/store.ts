import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import type { Logger } from '../../log.ts';
import type { Dialect } from './column-types.ts';
import { driverCode } from './driver-errors.ts';
import { LOCK_POLL_MS, untilFree } from './lock-wait.ts';
import type { SqlValue } from './values.ts';

const LET_OTHERS_WRITE_MS = 2 * LOCK_POLL_MS;
const DEADLOCK_ATTEMPTS = 8;
const DEADLOCK_PAUSE_MS = 50;

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
      await untilFree(() => session.execute(begin), signal);
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

/** Runs `work` in a transaction on a connection of its own; for what is too short to be stopped. */
export function transaction<Result>(
  store: Store,
  work: (session: Session) => Promise<Result>,
  signal: AbortSignal = new AbortController().signal,
): Promise<Result> {
  return store.session((session) => inTransaction(store, session, signal, () => work(session)));
}

/** Between two transactions of one piece of work: long enough for another process to begin one of its own. */
export async function letOthersWrite({ dialect }: Store, signal: AbortSignal): Promise<void> {
  if (dialect === 'sqlite') await sleep(LET_OTHERS_WRITE_MS, undefined, { signal });
}
