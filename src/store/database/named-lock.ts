import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { VedetteError } from '../../errors.ts';
import { LOCK_WAIT_MS } from './lock-wait.ts';
import { Semaphore } from './semaphore.ts';
import type { Session, Store } from './store.ts';

const semaphores = new WeakMap<DataSource, Map<string, Semaphore>>();

/**
 * Runs `work` while this session alone holds `name` in this database. With SQLite that holds for the sessions of this
 * process: against others, every transaction must be right by itself.
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
  if (store.dialect === 'sqlite') {
    return semaphoreOf(store, name).run(async () => {
      signal.throwIfAborted();
      return work();
    });
  }
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

function semaphoreOf({ dataSource }: Store, name: string): Semaphore {
  const ofStore = semaphores.get(dataSource) ?? new Map<string, Semaphore>();
  semaphores.set(dataSource, ofStore);
  const semaphore = ofStore.get(name) ?? new Semaphore();
  ofStore.set(name, semaphore);
  return semaphore;
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
