import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { importResults } from '../../../src/import-results.ts';
import { sources } from '../../../src/sources/registry.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { listEvents } from '../../../src/store/events/events.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const FIRST = 'prowler-output-111111111111-20261103060012';
const SECOND = 'prowler-output-111111111111-20261110060009';

describe.each(DATABASES)('two imported scans on %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterAll(() => database.remove());

  const bring = (name: string) => {
    const { config } = database;
    return importResults(
      `test/fixtures/prowler/${name}`,
      sources.byId('prowler'),
      { store, config },
      workContext(),
    );
  };

  test('what was fixed is resolved; what was muted, or not looked at, stays', async () => {
    expect(await bring(`${FIRST}.ocsf.json`)).toMatchObject({ events: { new: 6 } });
    expect(await bring(`${SECOND}.csv`)).toMatchObject({
      status: 'partial',
      events: { new: 1, still: 2, resolved: 2, unverified: 2 },
    });
    const { events } = await listEvents(store, { organizationId: 'default' }, { limit: 100 });
    const states = events.map(
      ({ resourceName, region, status }) => `${resourceName} in ${region}: ${status}`,
    );
    expect(states.toSorted()).toEqual([
      'acme-public in eu-west-1: active',
      'alice in us-east-1: resolved',
      'analyzer/unknown in eu-west-1: resolved',
      'analyzer/unknown in us-east-1: active',
      'batch in us-east-1: active',
      'new in eu-west-1: active',
      'web in eu-west-1: active',
    ]);
  });

  test('the other form of a scan is not recorded again', async () => {
    expect(await bring(`${SECOND}.ocsf.json`)).toMatchObject({ status: 'duplicate' });
  });
});
