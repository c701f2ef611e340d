import { existsSync } from 'node:fs';
import type { Config } from '../../settings.ts';
import { sqliteDriver } from '../../sqlite-driver.ts';
import { serverConnectionOptions } from './server-connection.ts';
import { sqliteFile } from './sqlite-file.ts';

/** Reads rows of one column. */
export type ReadValues = (sql: string, values: readonly string[]) => Promise<string[]>;

interface Sqlite {
  prepare(sql: string): { raw(): { all(...values: readonly string[]): unknown[][] } };
  close(): void;
}
type SqliteClass = new (file: string, options: { readonly: boolean; timeout: number }) => Sqlite;

const QUICK_MS = 500;

/**
 * Reads with the driver alone, for whoever cannot wait for more to be loaded. Makes nothing, migrates nothing; undefined
 * where there is no database yet.
 */
export async function quickReader(
  config: Config,
): Promise<{ read: ReadValues; close: () => Promise<void> } | undefined> {
  if (config.database.host !== undefined) {
    const { createConnection } = await import('mysql2/promise');
    const connection = await createConnection({
      ...serverConnectionOptions(config.database),
      database: config.database.name,
      connectTimeout: QUICK_MS,
    });
    return {
      async read(sql, values) {
        const [rows] = await connection.query({ sql, rowsAsArray: true }, [...values]);
        return (rows as unknown[][]).map(([value]) => String(value));
      },
      close: () => connection.end(),
    };
  }
  const file = sqliteFile(config);
  if (!existsSync(file)) return undefined;
  const Database = sqliteDriver() as SqliteClass;
  const database = new Database(file, { readonly: true, timeout: QUICK_MS });
  return {
    read: async (sql, values) =>
      database
        .prepare(sql)
        .raw()
        .all(...values)
        .map(([value]) => String(value)),
    close: async () => database.close(),
  };
}
