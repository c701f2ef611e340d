import { VedetteError } from '../errors.ts';
import { sqliteDriver } from '../sqlite-driver.ts';

interface Database {
  exec(sql: string): void;
  close(): void;
}
type DatabaseClass = new (file: string, options: { timeout: number }) => Database;

export interface Lock {
  release(): void;
}

/**
 * Takes the lock that `file` stands for, or returns undefined when another process has it.
 *
 * The lock is SQLite's own: the operating system drops it with the process that holds it, however that ended,
 * so a stale lock cannot exist.
 */
export function tryLock(file: string): Lock | undefined {
  const Sqlite = sqliteDriver() as DatabaseClass;
  const database = new Sqlite(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return undefined;
    throw new VedetteError('stack-failed', `${file} cannot be locked: ${String(error)}`, { cause: error });
  }
  return { release: () => database.close() };
}
