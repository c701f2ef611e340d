import { startMariaDb } from './mariadb.ts';
import type { MariaDb } from './mariadb.ts';

declare global {
  var vedetteMariaDb: MariaDb | undefined;
}

/** One MariaDB for the whole run; tests reach it through `mariaDbServer()` of `mariadb.ts`. */
export default async function globalSetup(): Promise<void> {
  // As bin/vedette.js does, for the tests that use the SDK in their own process.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const server = await startMariaDb();
  globalThis.vedetteMariaDb = server;
  process.env['VEDETTE_TEST_MARIADB'] = JSON.stringify(server.details);
}
