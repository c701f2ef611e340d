import { createRequire } from 'node:module';

/**
 * The driver of SQLite: version 13 crashes on Node 20, and version 12 on Node 24.19 and later.
 * Loaded where a database is opened: most commands need none.
 */
export function sqliteDriver(): unknown {
  const [major = 0] = process.versions.node.split('.').map(Number);
  return createRequire(import.meta.url)(major < 22 ? 'better-sqlite3' : 'better-sqlite3-13');
}
