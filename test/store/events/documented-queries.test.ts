import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/database/store.ts';
import { QUERIES } from '../../support/documented-queries.ts';
import { EVENTS, fillWithManyEvents } from '../../support/many-events.ts';
import { createDatabase } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

interface PlanRow {
  table: string;
  key: string | null;
}

describe(`the documented queries on ${EVENTS} events in MariaDB`, () => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = createDatabase('mariadb');
    store = await database.open();
    await fillWithManyEvents(store);
  }, 120_000);
  afterAll(() => database.remove());

  test('the table is as large as it is said to be', async () => {
    const [row] = await store.read<{ count: number }>('SELECT COUNT(*) AS count FROM scout_events');
    expect(row?.count).toBe(EVENTS);
  });

  test.each(Object.entries(QUERIES))(
    '%s: run, and use an index that the documentation names',
    async (_, query) => {
      expect((await store.read(query.sql)).length).toBeGreaterThan(0);
      const plan = await store.read<PlanRow>(`EXPLAIN ${query.sql}`);
      const used = plan.map(({ key }) => key);
      expect(query.indexes.some((index) => used.includes(index)) ? [] : used).toEqual([]);
      // And nothing is read from end to end.
      expect(used).not.toContain(null);
    },
  );
});
