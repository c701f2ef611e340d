import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventFilter } from '../../../src/model/filters.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { countFacets } from '../../../src/store/events/counts.ts';
import {
  endExpiredSuppressions,
  suppressEvents,
  unsuppressEvents,
} from '../../../src/store/events/suppressions.ts';
import { purgeStore } from '../../../src/store/purge.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { ACCOUNT, at, observe } from '../../support/observations.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const OTHER = '222222222222';
const ORDER = { reason: 'because', owner: null, by: 'somebody' };

/** What can happen to events; numbers choose from small sets, so that steps meet the same events again. */
type Step =
  | { kind: 'scan'; account: string; brings: readonly number[]; older: boolean }
  | { kind: 'suppress'; service: string; forAWhile: boolean }
  | { kind: 'unsuppress'; level: 'high' | 'low' }
  | { kind: 'expire' }
  | { kind: 'purge' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('scan' as const),
      account: fc.constantFrom(ACCOUNT, OTHER),
      brings: fc.uniqueArray(fc.integer({ min: 0, max: 7 })),
      older: fc.boolean(),
    }),
  },
  fc.record({
    kind: fc.constant('suppress' as const),
    service: fc.constantFrom('ec2', 's3'),
    forAWhile: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('unsuppress' as const),
    level: fc.constantFrom('high' as const, 'low' as const),
  }),
  fc.constant({ kind: 'expire' as const }),
  fc.constant({ kind: 'purge' as const }),
);

describe.each(DATABASES)('counts of events on %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(() => database.remove());

  async function scan(
    account: string,
    minute: number,
    brings: readonly number[],
    organizationId = 'default',
  ) {
    const made = {
      accountId: account,
      scanTime: at(minute),
      services: [{ service: 'ec2' }, { service: 's3', regions: null }],
      checks: ['ec2/check-0', 'ec2/check-1', 's3/check-0', 's3/check-1'],
      events: brings.map((number) => ({
        resourceId: `resource-${number}`,
        service: number % 2 === 0 ? 'ec2' : 's3',
        checkId: `check-${number % 4 < 2 ? 0 : 1}`,
        level: number < 4 ? ('high' as const) : ('low' as const),
        region: number % 2 === 0 ? 'eu-west-1' : null,
      })),
    };
    const persisted = await persistScan(store, observe(made), { ...INPUT, organizationId }, workContext());
    await resolveEvents(store, persisted.scanId, workContext());
  }

  async function take(taken: Step, index: number): Promise<void> {
    const organizationId = 'default';
    const soon = new Date(Date.now() + 60_000);
    switch (taken.kind) {
      case 'scan':
        return scan(taken.account, taken.older ? 100 - index : 100 + index, taken.brings);
      case 'suppress': {
        const order = { ...ORDER, expiresAt: taken.forAWhile ? soon.toISOString() : null };
        await suppressEvents(store, organizationId, { filter: { services: [taken.service] } }, order);
        return;
      }
      case 'unsuppress':
        await unsuppressEvents(store, organizationId, { filter: { levels: [taken.level] } }, 'somebody');
        return;
      case 'expire':
        await endExpiredSuppressions(store, new Date(soon.getTime() + 1000));
        return;
      case 'purge':
        await purgeStore(store, { organizationId, before: at(100 + index), dryRun: false }, workContext());
    }
  }

  /** As the tables of events say, in each grain. */
  async function expectCounted(): Promise<void> {
    for (const [grain, check, region] of [
      ['all', "''", "''"],
      ['check', 'check_id', "''"],
      ['region', "''", "COALESCE(region, '')"],
      ['full', 'check_id', "COALESCE(region, '')"],
    ] as const) {
      const columns = ['organization_id', 'account_id', 'source', 'service', 'level', 'status'].join(', ');
      const raw = await store.read<object>(
        `SELECT ${columns}, ${check} AS check_id, ${region} AS region, COUNT(*) AS events FROM scout_events ` +
          'GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8',
      );
      const counted = await store.read<object>(
        `SELECT ${columns}, check_id, region, events FROM vedette_event_counts WHERE grain = ? ` +
          'ORDER BY 1, 2, 3, 4, 5, 6, 7, 8',
        [grain],
      );
      expect(counted).toEqual(raw);
    }
  }

  test('are those of the events after every step of their lives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async (steps) => {
        await database.remove();
        database = createDatabase(kind);
        store = await database.open();
        for (const [index, taken] of steps.entries()) {
          await take(taken, index);
          await expectCounted();
        }
      }),
      { numRuns: 6, seed: 2026 },
    );
  }, 120_000);

  test('two at once who change events of one account count both', async () => {
    await scan(ACCOUNT, 0, [0, 1, 2, 3, 4, 5, 6, 7]);
    const other = await database.open();
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        suppressEvents(store, 'default', { filter: { services: ['ec2'] } }, { ...ORDER, expiresAt: null }),
        suppressEvents(other, 'default', { filter: { services: ['s3'] } }, { ...ORDER, expiresAt: null }),
        scan(ACCOUNT, round + 1, [0, 1, 2, 3, 4]),
      ]);
      await expectCounted();
      await unsuppressEvents(other, 'default', { filter: {} }, 'somebody');
      await expectCounted();
    }
  }, 60_000);

  test('facets count each value, with all filters but their own', async () => {
    await scan(ACCOUNT, 0, [0, 1, 2, 3, 4, 5]);
    await scan(OTHER, 0, [0, 2, 4, 6]);
    await scan(ACCOUNT, 1, [0, 1, 2, 3, 4]);
    await scan(ACCOUNT, 2, [0, 1], 'another organisation');
    await suppressEvents(
      store,
      'default',
      { filter: { accountIds: [OTHER], levels: ['low'] } },
      { ...ORDER, expiresAt: null },
    );
    const asked = (filter: Omit<EventFilter, 'organizationId'>) =>
      countFacets(store, { organizationId: 'default', ...filter });
    expect(await asked({})).toEqual({
      total: 10,
      exact: true,
      level: [
        { value: 'high', events: 6 },
        { value: 'low', events: 4 },
      ],
      status: [
        { value: 'active', events: 7 },
        { value: 'suppressed', events: 2 },
        { value: 'resolved', events: 1 },
      ],
      service: [
        { value: 'ec2', events: 7 },
        { value: 's3', events: 3 },
      ],
      account: [
        { value: ACCOUNT, events: 6 },
        { value: OTHER, events: 4 },
      ],
      source: [{ value: 'scoutsuite', events: 10 }],
      region: [
        { value: 'eu-west-1', events: 7 },
        { value: '', events: 3 },
      ],
      check: [
        { value: 'check-0', events: 6 },
        { value: 'check-1', events: 4 },
      ],
    });
    const narrowed = await asked({ regions: [''], checkIds: ['check-0'], statuses: ['active'] });
    expect(narrowed).toMatchObject({
      total: 1,
      exact: true,
      region: [
        { value: 'eu-west-1', events: 3 },
        { value: '', events: 1 },
      ],
      check: [
        { value: 'check-0', events: 1 },
        { value: 'check-1', events: 1 },
      ],
      status: [
        { value: 'active', events: 1 },
        { value: 'resolved', events: 1 },
      ],
    });
    expect((await asked({ search: 'resource' })).exact).toBe(false);
    expect(await asked({ accountIds: ['333333333333'] })).toMatchObject({ total: 0, level: [], check: [] });
  });
});
