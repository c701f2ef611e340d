import { createHash } from 'node:crypto';
import { VedetteError } from '../errors.ts';
import { LOCK_WAIT_MS } from './store.ts';
import type { Session, Store } from './store.ts';

/**
 * Runs `work` while this session alone holds `name` in this database. Nothing to do for SQLite: its sessions run one at a
 * time, and its transactions shut out other processes.
 *
 * @throws VedetteError `database-busy` when another holds the lock for longer than two minutes.
 */
export async function withNamedLock<Result>(
  store: Store,
  session: Session,
  name: string,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  if (store.dialect === 'sqlite') return work();
  const database = store.dataSource.options.database;
  const key = `vedette:${createHash('sha256')
    .update(`${String(database)}\n${name}`)
    .digest('hex')
    .slice(0, 48)}`;
  await acquire(session, key, signal, `${store.where}: ${name}`);
  try {
    return await work();
  } finally {
    // A lost connection has lost its locks as well.
    await session.query('SELECT RELEASE_LOCK(?)', [key]).catch(() => undefined);
  }
}

async function acquire(session: Session, key: string, signal: AbortSignal, what: string): Promise<void> {
  const deadline = Date.now() + LOCK_WAIT_MS;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const [row] = await session.query<{ held: number | null }>('SELECT GET_LOCK(?, 1) AS held', [key]);
    if (row?.held === 1) return;
  }
  throw new VedetteError('database-busy', `${what} is being written by another process.`);
}
