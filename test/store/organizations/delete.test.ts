import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listAudit } from '../../../src/store/access/audit.ts';
import { createToken, findCredential } from '../../../src/store/access/credentials.ts';
import type { Store } from '../../../src/store/database/store.ts';
import type { SqlValue } from '../../../src/store/database/values.ts';
import {
  beginDeletion,
  deleteRows,
  requireDeletable,
  tablesOfOrganizations,
} from '../../../src/store/organizations/delete.ts';
import { getOrganization } from '../../../src/store/organizations/organizations.ts';
import { makeMember } from '../../support/people.ts';
import { addOrganizations, createDatabase, DATABASES } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const { signal } = new AbortController();
const FOREIGN_KEYS = {
  sqlite: ['PRAGMA foreign_keys = OFF', 'PRAGMA foreign_keys = ON'],
  mysql: ['SET FOREIGN_KEY_CHECKS = 0', 'SET FOREIGN_KEY_CHECKS = 1'],
} as const;

/** A row of an organisation in every table that has any, whatever its columns are. */
async function fill(store: Store, organizationId: string, seed: number): Promise<string[]> {
  const tables = await tablesOfOrganizations(store);
  const [off, on] = FOREIGN_KEYS[store.dialect];
  await store.session(async (session) => {
    await session.execute(off);
    for (const table of tables.filter((name) => name !== 'vedette_organizations')) {
      const columns = await session.query<{ name: string; type: string; extra: string }>(
        store.dialect === 'sqlite'
          ? `SELECT name, type, CASE hidden WHEN 0 THEN '' ELSE 'GENERATED' END AS extra FROM pragma_table_xinfo('${table}')`
          : `SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type, EXTRA AS extra FROM information_schema.COLUMNS
              WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '${table}'`,
      );
      const own = columns.filter(({ extra }) => !/generated/i.test(extra));
      const values = own.map(({ name, type }): SqlValue => {
        if (name === 'organization_id') return organizationId;
        if (name === 'id') return seed;
        if (/json/i.test(type) || /longtext/i.test(type)) return '{}';
        if (/date|time/i.test(type)) return '2026-11-27 00:00:00.000';
        return /int|bool|double|decimal/i.test(type)
          ? seed % 100
          : String(seed).slice(-Number(/\((\d+)\)/.exec(type)?.[1] ?? 7));
      });
      const quote = store.dialect === 'sqlite' ? '"' : '`';
      const names = own.map(({ name }) => quote + name + quote).join(', ');
      await session.execute(
        `INSERT INTO ${quote}${table}${quote} (${names}) VALUES (${own.map(() => '?').join(', ')})`,
        values,
      );
    }
    await session.execute(on);
  });
  return tables;
}

async function rowsOf(store: Store, tables: readonly string[], organizationId: string) {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const [row] = await store.read<{ n: number }>(
      `SELECT COUNT(*) AS n FROM ${table} WHERE organization_id = ?`,
      [organizationId],
    );
    counts[table] = row?.n ?? 0;
  }
  return counts;
}

describe.each(DATABASES)('the end of an organisation in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
    await addOrganizations(store, 'acme', 'globex');
  });
  afterAll(() => database.remove());

  test("is not that of the installation's own, or of none", async () => {
    await expect(beginDeletion(store, database.config, 'default')).rejects.toMatchObject({ type: 'usage' });
    await expect(deleteRows(store, database.config, 'default', signal)).rejects.toMatchObject({
      type: 'usage',
    });
    const meant = (organizationId: string, name: string) =>
      requireDeletable(store, database.config, { organizationId, name });
    await expect(meant('default', 'default')).rejects.toMatchObject({ type: 'usage' });
    await expect(meant('acme', 'Acme')).rejects.toMatchObject({ type: 'usage' });
    await expect(meant('nobody', 'nobody')).rejects.toMatchObject({ type: 'not-found' });
    await meant('acme', 'acme');
  });

  test('leaves no row of it in any table, and all of the others', async () => {
    const token = await createToken(store, 'acme', {
      name: 'ci',
      scope: 'admin',
      createdBy: 'me',
      expiresAt: null,
    });
    await makeMember(store, 'theirs@example.com', 'OWNER', { organizationId: 'acme' });
    await makeMember(store, 'both@example.com', 'OWNER', { organizationId: 'acme' });
    await makeMember(store, 'both@example.com', 'VIEWER', { organizationId: 'globex' });
    const tables = await fill(store, 'acme', 1_000_091);
    await fill(store, 'globex', 1_000_092);
    const [theirs, before] = [await rowsOf(store, tables, 'acme'), await rowsOf(store, tables, 'globex')];
    expect(Object.entries(theirs).filter(([, count]) => count === 0)).toEqual([]);
    expect(tables.length).toBeGreaterThan(20);

    await beginDeletion(store, database.config, 'acme');
    expect(await findCredential(store, 'token', token.secret)).toBeUndefined();
    await expect(getOrganization(store, database.config, 'acme')).rejects.toMatchObject({
      type: 'not-found',
    });
    await beginDeletion(store, database.config, 'acme');
    expect(await deleteRows(store, database.config, 'acme', signal)).toBeGreaterThan(20);

    const left = await rowsOf(store, tables, 'acme');
    expect(Object.entries(left).filter(([, count]) => count > 0)).toEqual([]);
    expect(await rowsOf(store, tables, 'globex')).toEqual(before);
    expect(await deleteRows(store, database.config, 'acme', signal)).toBe(0);

    const people = await store.read<{ email: string }>('SELECT email FROM vedette_users ORDER BY email');
    expect(people.map(({ email }) => email)).toEqual(['both@example.com']);
    // Who did what stays with those who run the installation, without what it was.
    const ofTheirs = { target: 'organizations/acme/' };
    const { entries } = await listAudit(store, 'default', { limit: 100 }, ofTheirs);
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['tokens.create', 'members.add']),
    );
    expect(entries.every(({ details }) => Object.keys(details).length === 0)).toBe(true);
    const deletions = { action: 'organizations.delete' };
    expect((await listAudit(store, 'default', { limit: 100 }, deletions)).entries).toHaveLength(1);
  });
});
