import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { quickReader } from '../../../src/store/database/quick-read.ts';
import { createDatabase, DATABASES } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

describe.each(DATABASES)('a quick look into %s', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = createDatabase(kind);
    await database.open();
  });
  afterAll(() => database.remove());

  test('reads one column, with bound values', async () => {
    const reader = await quickReader(database.config);
    const names = await reader?.read('SELECT name FROM vedette_migrations WHERE name <> ? ORDER BY id', [
      "'",
    ]);
    await reader?.close();
    expect(names?.[0]).toBe('Initial1764000000000');
  });
});

test('there is nothing to read where no database is, and none is made', async () => {
  const database = createDatabase('sqlite');
  expect(await quickReader(database.config)).toBeUndefined();
  await database.remove();
});
