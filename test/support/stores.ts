import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { silent } from '../../src/log.ts';
import { loadConfig } from '../../src/settings.ts';
import type { ConfigOverrides } from '../../src/settings.ts';
import type { Config } from '../../src/settings.ts';
import { migrateStore } from '../../src/store/database/migrate.ts';
import { openStore } from '../../src/store/database/open.ts';
import type { Session, Store } from '../../src/store/database/store.ts';
import {
  addOrganization,
  listOrganizations,
  ensureOwnOrganization,
} from '../../src/store/organizations/organizations.ts';
import type { WorkContext } from '../../src/work-context.ts';
import { mariaDbServer } from './mariadb.ts';
import type { ServerDetails } from './mariadb.ts';
import { mySqlServer } from './mysql.ts';

export const DATABASES = ['sqlite', 'mariadb', 'mysql'] as const;
export type Database = (typeof DATABASES)[number];

/** An empty database of its own, and how to reach it. */
export interface TestDatabase {
  config: Config;
  open(): Promise<Store>;
  /** Closes what was opened and removes the database. */
  remove(): Promise<void>;
}

export function testConfig(overrides: ConfigOverrides): Config {
  return loadConfig(overrides, tmpdir()).config;
}

export function createDatabase(kind: Database): TestDatabase {
  const home = mkdtempSync(join(tmpdir(), 'vedette-store-'));
  const name = `vedette_${randomBytes(6).toString('hex')}`;
  const opened: Store[] = [];
  const config = testConfig({
    general: { home },
    ...(kind === 'sqlite' ? {} : { database: serverSettings(name, kind) }),
  });
  return {
    config,
    async open() {
      const store = await openStore(config, silent);
      opened.push(store);
      await migrateStore(store);
      await ensureOwnOrganization(store, config);
      return store;
    },
    async remove() {
      for (const store of opened) await store.close();
      if (kind !== 'sqlite') await dropDatabase(name, kind);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Organisations beside the installation's own, where they are not there yet. */
export async function addOrganizations(store: Store, ...ids: readonly string[]): Promise<void> {
  const config = testConfig({});
  const known = await listOrganizations(store, config);
  for (const organizationId of ids) {
    if (known.some((one) => one.organizationId === organizationId)) continue;
    await addOrganization(store, config, {
      organizationId,
      name: organizationId,
      createdBy: 'a test',
    });
  }
}

export const SERVERS = ['mariadb', 'mysql'] as const;
export type Server = (typeof SERVERS)[number];

function detailsOf(kind: Server): ServerDetails {
  return kind === 'mysql' ? mySqlServer() : mariaDbServer();
}

/** Settings for a server of the tests, as the user who needs no certificate. */
export function serverSettings(name: string, kind: Server = 'mariadb') {
  const { host, port, plain } = detailsOf(kind);
  return { host, port, user: plain.user, password: plain.password, name };
}

/** A connection to the server that ends those of others. */
export async function openKiller(kind: Server) {
  const { host, port, plain } = detailsOf(kind);
  const connection = await createConnection({ host, port, ...plain });
  return {
    async kill(session: Session): Promise<void> {
      const [row] = await session.query<{ id: number }>('SELECT CONNECTION_ID() AS id');
      await connection.query(`KILL ${row?.id}`);
    },
    close: () => connection.end(),
  };
}

export function workContext(signal: AbortSignal = new AbortController().signal): WorkContext {
  return { signal, onProgress: () => undefined, logger: silent };
}

async function dropDatabase(name: string, kind: Server): Promise<void> {
  const { host, port, plain } = detailsOf(kind);
  const connection = await createConnection({ host, port, user: plain.user, password: plain.password });
  await connection.query(`DROP DATABASE IF EXISTS ${name}`);
  await connection.end();
}
