import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { importResults } from '../src/import-results.ts';
import { scoutsuite } from '../src/sources/scoutsuite/index.ts';
import { listEvents } from '../src/store/events/events.ts';
import { recorded } from './support/cli.ts';
import { createDatabase, DATABASES, workContext } from './support/stores.ts';
import type { TestDatabase } from './support/stores.ts';

describe.each(DATABASES)('results are imported into %s', (kind) => {
  let database: TestDatabase;
  beforeEach(() => {
    database = createDatabase(kind);
  });
  afterEach(() => database.remove());

  test('names that differ in half a character are two resources', async () => {
    const file = join(database.config.general.home, 'results.js');
    const results = readFileSync(recorded('222222222222', 1), 'utf8');
    writeFileSync(
      file,
      results.replaceAll('globex-logs', 'twin-\\ud800').replaceAll('globex-public-policy', 'twin-\\ud801'),
    );
    const store = await database.open();
    const { config } = database;
    expect(await importResults(file, scoutsuite, { store, config }, workContext())).toMatchObject({
      status: 'recorded',
    });
    const { events } = await listEvents(store, { organizationId: 'default' }, { limit: 10_000 });
    const twins = events.filter(({ resourceName }) => resourceName?.startsWith('twin-'));
    const checks = [...new Set(twins.map(({ checkId }) => checkId))];
    const names = checks.map((check) =>
      twins
        .flatMap(({ checkId, resourceName }) => (checkId === check ? [resourceName ?? ''] : []))
        .toSorted(),
    );
    expect(names).toContainEqual(['twin-\uFFFDd800', 'twin-\uFFFDd801']);
  });
});
