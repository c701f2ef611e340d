import { startMariaDb } from './mariadb.ts';
import { startMySql } from './mysql.ts';

declare global {
  var vedetteServers: readonly { stop(): Promise<void> }[] | undefined;
}

/** One MariaDB and one MySQL for the whole run; tests reach them through `mariaDbServer()` and `mySqlServer()`. */
export default async function globalSetup(): Promise<void> {
  // As bin/vedette.js does, for the tests that use the SDK in their own process.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // As managed servers have it; temporary tables need a key then too.
  const mySql = await startMySql(['--sql-require-primary-key=ON']);
  const mariaDb = await startMariaDb();
  globalThis.vedetteServers = [mySql, mariaDb];
  process.env['VEDETTE_TEST_MYSQL'] = JSON.stringify(mySql.details);
  process.env['VEDETTE_TEST_MARIADB'] = JSON.stringify(mariaDb.details);
}
