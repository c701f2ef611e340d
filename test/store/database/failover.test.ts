import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { silent } from '../../../src/log.ts';
import type { Config } from '../../../src/settings.ts';
import { migrateStore } from '../../../src/store/database/migrate.ts';
import { openMigratedStore, openStore } from '../../../src/store/database/open.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { checkWrites } from '../../../src/store/database/write-check.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { startMariaDb } from '../../support/mariadb.ts';
import type { MariaDb } from '../../support/mariadb.ts';
import { startMySql } from '../../support/mysql.ts';
import { at, observe } from '../../support/observations.ts';
import { INPUT } from '../../support/scan-input.ts';
import { testConfig, workContext } from '../../support/stores.ts';

const NAME = 'vedette_failover';
/** Has no privilege that would let it write to a server that is read-only. */
const USER = { user: 'scanner', password: 'scanner password' };

/** A port whose new connections lead where `target` says; those that exist stay where they are. */
class ClusterName {
  target = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server = createServer((client) => {
    const server = connect(this.target, '127.0.0.1');
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.pipe(server).pipe(client);
    client.once('close', () => server.destroy());
    server.once('close', () => client.destroy());
  });

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}

let servers: readonly [MariaDb, MariaDb];
let roots: readonly [Connection, Connection];
let port: number;
const name = new ClusterName();

beforeAll(async () => {
  // Managed servers often demand a primary key of every table.
  const start = () => startMariaDb(['--innodb-force-primary-key=ON']);
  servers = [await start(), await start()];
  const root = async ({ details: { host, port: own, plain } }: MariaDb) => {
    const connection = await createConnection({ host, port: own, ...plain });
    await connection.query(`CREATE DATABASE ${NAME} CHARACTER SET utf8mb4`);
    await connection.query('CREATE USER ? IDENTIFIED BY ?', [USER.user, USER.password]);
    await connection.query(`GRANT ALL PRIVILEGES ON ${NAME}.* TO ?`, [USER.user]);
    return connection;
  };
  roots = [await root(servers[0]), await root(servers[1])];
  port = await name.listen();
  for (const { details } of servers) await (await openMigratedStore(configOf(details.port), silent)).close();
}, 120_000);
afterAll(async () => {
  name.close();
  for (const root of roots ?? []) await root.end();
  for (const server of servers ?? []) await server.stop();
}, 60_000);
beforeEach(async () => {
  name.target = servers[0].details.port;
  await roots[0].query('SET GLOBAL read_only = 0');
});

function configOf(own: number, poolSize = 4): Config {
  return testConfig({ database: { host: '127.0.0.1', port: own, ...USER, name: NAME, poolSize } });
}

async function withStore<Result>(
  work: (store: Store) => Promise<Result>,
  config = configOf(port),
): Promise<Result> {
  const store = await openStore(config, silent);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function scan(store: Store, minutes: number): Promise<void> {
  const made = observe({ scanTime: at(minutes), events: [{ resourceId: 'sg-1' }] });
  const { scanId } = await persistScan(store, made, INPUT, workContext());
  await resolveEvents(store, scanId, workContext());
}

describe('a primary that becomes a replica while it is used', () => {
  test('fails one attempt, and the next one goes to the new primary', () =>
    withStore(async (store) => {
      // As many connections as there can be, all of them to the first server.
      await Promise.all([1, 2, 3, 4].map(() => store.read('SELECT SLEEP(0.2)')));
      await scan(store, 0);
      await roots[0].query('SET GLOBAL read_only = 1');
      name.target = servers[1].details.port;
      await expect(scan(store, 1)).rejects.toMatchObject({
        type: 'database-read-only',
        remedy: expect.stringContaining('primary'),
      });
      await scan(store, 1);
      const ports = await Promise.all(
        [1, 2, 3, 4].map(() => store.read<{ port: number }>('SELECT @@port AS port, SLEEP(0.2)')),
      );
      expect(new Set(ports.flat().map((row) => row.port))).toEqual(new Set([servers[1].details.port]));
    }));

  test('also lets go of the connections that were in use then', () =>
    withStore(async (store) => {
      const portOf = async () => (await store.read<{ port: number }>('SELECT @@port AS port'))[0]?.port;
      await Promise.all([1, 2, 3, 4].map(() => store.read('SELECT SLEEP(0.2)')));
      const other = store.session(async (session) => {
        await roots[0].query('SET GLOBAL read_only = 1');
        name.target = servers[1].details.port;
        await expect(scan(store, 2)).rejects.toMatchObject({ type: 'database-read-only' });
        return session.query('SELECT @@port AS port');
      });
      expect(await other).toEqual([{ port: servers[0].details.port }]);
      expect(await portOf()).toBe(servers[1].details.port);
    }));
});

describe('a server that cannot be written to', () => {
  test('is found out by writing, of which nothing stays', async () => {
    const rows = () => roots[0].query(`SELECT COUNT(*) FROM ${NAME}.vedette_metadata`);
    const [before] = await rows();
    await withStore(checkWrites);
    expect((await rows())[0]).toEqual(before);
    await roots[0].query('SET GLOBAL read_only = 1');
    await expect(withStore(checkWrites)).rejects.toMatchObject({
      type: 'database-read-only',
      message: expect.stringContaining(`127.0.0.1:${port}`),
      remedy: expect.stringContaining('DB_HOST'),
    });
  });

  test('does not get its tables either', async () => {
    await roots[0].query('CREATE DATABASE vedette_empty');
    await roots[0].query('GRANT ALL PRIVILEGES ON vedette_empty.* TO ?', [USER.user]);
    await roots[0].query('SET GLOBAL read_only = 1');
    const { database } = configOf(port);
    const empty = testConfig({ database: { ...database, name: 'vedette_empty' } });
    await expect(withStore(migrateStore, empty)).rejects.toMatchObject({ type: 'database-read-only' });
  });
});

describe('a server that sets limits', () => {
  test('on connections is unreachable, and the remedy is to have fewer', async () => {
    const limited = { user: 'limited', password: 'limited password' };
    await roots[0].query('CREATE USER ? IDENTIFIED BY ? WITH MAX_USER_CONNECTIONS 1', [
      limited.user,
      limited.password,
    ]);
    await roots[0].query(`GRANT ALL PRIVILEGES ON ${NAME}.* TO ?`, [limited.user]);
    const { database } = configOf(port);
    const two = withStore(
      (store) => Promise.all([1, 2].map(() => store.read('SELECT SLEEP(0.5)'))),
      testConfig({ database: { ...database, ...limited } }),
    );
    await expect(two).rejects.toMatchObject({
      type: 'database-unreachable',
      remedy: expect.stringContaining('VEDETTE_DB_POOL_SIZE'),
    });
  });

  test('on the size of a statement is refused, and the remedy names the limit', async () => {
    await roots[0].query('SET GLOBAL max_allowed_packet = 1048576');
    try {
      const sent = withStore((store) => store.read('SELECT LENGTH(?) AS bytes', ['x'.repeat(1_500_000)]));
      await expect(sent).rejects.toMatchObject({
        type: 'database-refused',
        remedy: expect.stringContaining('max_allowed_packet'),
      });
    } finally {
      await roots[0].query('SET GLOBAL max_allowed_packet = DEFAULT');
    }
  });

  test('on what its user may do is refused, and the remedy names the grants', async () => {
    const reader = { user: 'reader', password: 'reader password' };
    await roots[0].query('CREATE USER ? IDENTIFIED BY ?', [reader.user, reader.password]);
    await roots[0].query(`GRANT SELECT ON ${NAME}.* TO ?`, [reader.user]);
    const { database } = configOf(port);
    const config = testConfig({ database: { ...database, ...reader } });
    await expect(withStore(checkWrites, config)).rejects.toMatchObject({
      type: 'database-refused',
      remedy: expect.stringContaining('CREATE TEMPORARY TABLES'),
    });
  });
});

test('a MySQL that is offline is unreachable, and one that is read-only says so', async () => {
  const mySql = await startMySql();
  const { host, port: own, plain } = mySql.details;
  // Whoever may do everything is let in by a server that is offline.
  const root = await createConnection({ host, port: own, ...plain });
  try {
    await root.query(`CREATE DATABASE ${NAME}`);
    await root.query('CREATE USER ? IDENTIFIED BY ?', [USER.user, USER.password]);
    await root.query(`GRANT ALL PRIVILEGES ON ${NAME}.* TO ?`, [USER.user]);
    const config = configOf(own);
    await (await openMigratedStore(config, silent)).close();
    await root.query('SET GLOBAL read_only = ON');
    await expect(withStore(checkWrites, config)).rejects.toMatchObject({ type: 'database-read-only' });
    await root.query('SET GLOBAL offline_mode = ON');
    await expect(withStore(checkWrites, config)).rejects.toMatchObject({
      type: 'database-unreachable',
      remedy: expect.stringContaining('offline'),
    });
  } finally {
    await root.end();
    await mySql.stop();
  }
}, 120_000);

test('a server that shuts down is unreachable', () =>
  withStore(async (store) => {
    const waiting = Promise.allSettled([store.read('SELECT SLEEP(20)')]);
    const running = "SELECT 1 FROM information_schema.processlist WHERE info = 'SELECT SLEEP(20)'";
    while (((await roots[0].query(running))[0] as unknown[]).length === 0);
    await roots[0].query('SHUTDOWN');
    expect(await waiting).toMatchObject([{ reason: { type: 'database-unreachable' } }]);
  }));
