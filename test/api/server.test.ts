import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DEFAULT_SOURCE } from '../../src/model/source.ts';
import { packageVersion } from '../../src/package-root.ts';
import { sources } from '../../src/sources/registry.ts';
import { createApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createDatabase } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = createDatabase('sqlite');
  api = await createApi({ config: database.config, store: await database.open() });
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

test('it tells its version and every source, first the one that is meant where a run names none', async () => {
  const { status, json } = await api.get('/server');
  expect(status).toBe(200);
  expect(json).toEqual({
    version: packageVersion(),
    sources: sources.all.map(({ id, title }) =>
      expect.objectContaining({ id, title, scans: sources.scanners.some((scanner) => scanner.id === id) }),
    ),
  });
  expect(json.sources[0].id).toBe(DEFAULT_SOURCE);
});
