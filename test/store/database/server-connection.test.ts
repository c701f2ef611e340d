import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { silent } from '../../../src/log.ts';
import type { Config } from '../../../src/settings.ts';
import { openStore } from '../../../src/store/database/open.ts';
import { tlsOptions } from '../../../src/store/database/server-connection.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { mariaDbServer } from '../../support/mariadb.ts';
import { createDatabase, serverSettings, testConfig } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

async function open(database: Partial<Config['database']>): Promise<Store> {
  return openStore(testConfig({ database }), silent);
}

async function failure(database: Partial<Config['database']>): Promise<unknown> {
  try {
    const store = await open(database);
    await store.close();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('connecting to a server', () => {
  const { host, port, plain, x509, powerless, tls } = mariaDbServer();
  const certified = { ...x509, host, port, name: 'mysql' };
  const clientFiles = { sslCa: tls.ca, sslCert: tls.clientCert, sslKey: tls.clientKey };

  test('on this machine goes without TLS', async () => {
    const store = await open({ host, port, ...plain, name: 'mysql' });
    try {
      expect(await store.describeConnection()).toEqual({
        product: 'MariaDB',
        version: expect.stringContaining('MariaDB'),
        location: `${host}:${port}/mysql`,
        user: plain.user,
        tls: null,
      });
    } finally {
      await store.close();
    }
  });

  test('that demands a certificate is refused without one', async () => {
    expect(await failure(certified)).toMatchObject({ type: 'database-refused' });
    expect(await failure({ ...certified, sslCa: tls.ca })).toMatchObject({ type: 'database-refused' });
  });

  test.each(['127.0.0.1', 'localhost'])('works with a client certificate, by the name %s', async (name) => {
    const store = await open({ ...certified, ...clientFiles, host: name });
    try {
      const description = await store.describeConnection();
      expect(description.tls).toEqual({
        version: expect.stringMatching(/^TLSv1\.[23]$/),
        cipher: expect.stringMatching(/^(TLS_|ECDHE)/),
      });
      // Every connection of the pool, not only the first.
      const ciphers = await Promise.all(
        [1, 2, 3].map(() =>
          store.session((session) =>
            session.query<{ Value: string }>("SHOW SESSION STATUS LIKE 'Ssl_cipher'"),
          ),
        ),
      );
      expect(ciphers.flat().map(({ Value }) => Value)).toEqual(ciphers.map(() => description.tls?.cipher));
    } finally {
      await store.close();
    }
  });

  test('refuses a server that another authority signed, and names no secret', async () => {
    const error = await failure({ ...certified, ...clientFiles, sslCa: tls.otherCa });
    expect(error).toMatchObject({
      type: 'database-refused',
      message: expect.stringContaining(`Database mysql at ${host}:${port} as user ${x509.user}`),
      remedy: expect.stringContaining('DB_SSL_CA'),
    });
    expect(JSON.stringify(error) + String(error)).not.toContain(x509.password);
  });

  test('refuses a server whose certificate is not known to the system', async () => {
    // Any file switches TLS on; without a CA, those of the system decide.
    const error = await failure({
      ...certified,
      host: 'localhost',
      sslCert: tls.clientCert,
      sslKey: tls.clientKey,
    });
    expect(error).toMatchObject({ type: 'database-refused', remedy: expect.stringContaining('DB_SSL_CA') });
  });

  test('with a file that is not there names the setting', async () => {
    expect(await failure({ ...certified, sslCa: '/nowhere/ca.pem' })).toMatchObject({
      type: 'config-invalid',
      message: expect.stringContaining('DB_SSL_CA'),
    });
  });

  test('with a wrong password is refused', async () => {
    const error = await failure({ host, port, user: plain.user, password: 'wrong secret', name: 'mysql' });
    expect(error).toMatchObject({ type: 'database-refused' });
    expect(String(error)).not.toContain('wrong secret');
  });

  test('makes a database that is not there', async () => {
    const name = 'vedette made-up`name';
    const store = await open({ ...serverSettings(name) });
    try {
      const [row] = await store.read<{ name: string; charset: string }>(
        'SELECT DATABASE() AS name, @@character_set_database AS charset',
      );
      expect(row).toEqual({ name, charset: 'utf8mb4' });
      await store.session((session) => session.execute('DROP DATABASE `vedette made-up``name`'));
    } finally {
      await store.close();
    }
  });

  test('says what to do when the database is not there and may not be made', async () => {
    expect(await failure({ host, port, ...powerless, name: 'no_such_database' })).toMatchObject({
      type: 'database-refused',
      message: expect.stringContaining('no_such_database'),
    });
  });

  test('that is down is unreachable', async () => {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port: closed } = listener.address() as AddressInfo;
    await new Promise((resolve) => listener.close(resolve));
    expect(await failure({ ...serverSettings('x'), port: closed })).toMatchObject({
      type: 'database-unreachable',
      message: expect.stringContaining(`127.0.0.1:${closed}`),
    });
  });

  test('by a name that nobody knows is unreachable', async () => {
    expect(await failure({ ...serverSettings('x'), host: 'nosuch.invalid' })).toMatchObject({
      type: 'database-unreachable',
    });
  });

  test('by a socket that is not there is unreachable', async () => {
    expect(await failure({ ...serverSettings('x'), host: '/nowhere/mysqld.sock' })).toMatchObject({
      type: 'database-unreachable',
    });
  });

  test('a connection that is lost in the middle of the work is unreachable, and the pool recovers', async () => {
    const store = await open({ ...serverSettings('mysql') });
    const killer = await createConnection({ host, port, ...plain });
    try {
      const work = store.session(async (session) => {
        const [row] = await session.query<{ id: number }>('SELECT CONNECTION_ID() AS id');
        await killer.query(`KILL ${row?.id}`);
        return session.query('SELECT SLEEP(5)');
      });
      await expect(work).rejects.toMatchObject({ type: 'database-unreachable' });
      expect(await store.read('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    } finally {
      await killer.end();
      await store.close();
    }
  });

  test('a connection that is lost while it closes is closed, and what was on its way fails', async () => {
    const store = await open({ ...serverSettings('mysql') });
    const killer = await createConnection({ host, port, ...plain });
    try {
      const [row] = await store.read<{ id: number }>('SELECT CONNECTION_ID() AS id');
      const sleep = store.read('SELECT SLEEP(5)');
      const running = `SELECT 1 FROM information_schema.processlist WHERE id = ${row?.id} AND info IS NOT NULL`;
      while (((await killer.query(running))[0] as unknown[]).length === 0);
      const ended = Promise.allSettled([sleep, store.close()]);
      await killer.query(`KILL ${row?.id}`);
      expect(await ended).toMatchObject([
        { reason: { type: 'database-unreachable' } },
        { status: 'fulfilled' },
      ]);
    } finally {
      await killer.end();
    }
  });

  test('a lock that is held too long is busy', async () => {
    const store = await open({ ...serverSettings('mysql') });
    try {
      await store.session(async (holder) => {
        await holder.execute('CREATE DATABASE IF NOT EXISTS vedette_locks');
        await holder.execute('CREATE OR REPLACE TABLE vedette_locks.t (id int PRIMARY KEY)');
        await holder.execute('INSERT INTO vedette_locks.t VALUES (1)');
        await holder.execute('START TRANSACTION');
        await holder.execute('UPDATE vedette_locks.t SET id = 2');
        const waiting = store.session(async (session) => {
          await session.execute('SET SESSION innodb_lock_wait_timeout = 1');
          return session.execute('UPDATE vedette_locks.t SET id = 3');
        });
        await expect(waiting).rejects.toMatchObject({ type: 'database-busy' });
        await holder.execute('ROLLBACK');
        await holder.execute('DROP DATABASE vedette_locks');
      });
    } finally {
      await store.close();
    }
  });
});

describe('TLS', () => {
  const settings = testConfig({}).database;

  test.each(['127.0.0.1', '127.5.5.5', 'localhost', '::1', '/run/mysqld/mysqld.sock'])(
    'is not needed for %s',
    (host) => {
      expect(tlsOptions({ ...settings, host })).toBeUndefined();
    },
  );

  test.each(['db.example.com', '10.0.0.1', '127.0.0.1.example.com', '2001:db8::1'])(
    'is demanded of %s',
    (host) => {
      expect(tlsOptions({ ...settings, host })).toEqual({
        minVersion: 'TLSv1.2',
        rejectUnauthorized: true,
        verifyIdentity: true,
      });
    },
  );

  test('is off when it is disabled, whatever else is set', () => {
    expect(
      tlsOptions({ ...settings, host: 'db.example.com', sslDisabled: true, sslCa: '/nowhere' }),
    ).toBeUndefined();
  });
});

describe('the embedded database', () => {
  let database: TestDatabase;
  beforeEach(() => {
    database = createDatabase('sqlite');
  });
  afterEach(() => database.remove());

  test('describes itself', async () => {
    const store = await database.open();
    expect(await store.describeConnection()).toEqual({
      product: 'SQLite',
      version: expect.stringMatching(/^3\./),
      location: join(database.config.general.home, 'vedette.db'),
      user: null,
      tls: null,
    });
  });

  test('in a folder that cannot be, says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vedette-home-'));
    try {
      writeFileSync(join(folder, 'file'), '');
      const config = testConfig({ general: { home: join(folder, 'file', 'home') } });
      await expect(openStore(config, silent)).rejects.toMatchObject({
        type: 'database-refused',
        remedy: expect.stringContaining('VEDETTE_HOME'),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('that is not a database says so', async () => {
    writeFileSync(
      join(database.config.general.home, 'vedette.db'),
      'this is no database, not at all'.repeat(100),
    );
    await expect(openStore(database.config, silent)).rejects.toMatchObject({
      type: 'database-refused',
      message: expect.stringContaining('vedette.db'),
    });
  });

  test('that can grow no further is a full disk', async () => {
    const store = await database.open();
    const filling = store.session(async (session) => {
      await session.query('PRAGMA max_page_count = 1');
      await session.execute('CREATE TABLE filler (content text)');
      await session.execute('INSERT INTO filler VALUES (?)', ['x'.repeat(1_000_000)]);
    });
    await expect(filling).rejects.toMatchObject({ type: 'disk-full' });
  });
});
