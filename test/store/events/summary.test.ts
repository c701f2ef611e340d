import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Level } from '../../../src/model/level.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { openEventsByAccount, summarise } from '../../../src/store/events/summary.ts';
import { suppressEvents } from '../../../src/store/events/suppressions.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { ACCOUNT, at, observe } from '../../support/observations.ts';
import type { MadeUpScan } from '../../support/observations.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const OTHER = '222222222222';
const NONE = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
const DAY = 24 * 60;

describe.each(DATABASES)('the summary on %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(() => database.remove());

  async function scan(
    made: Partial<MadeUpScan> & Pick<MadeUpScan, 'scanTime'>,
    profile: string,
    organizationId = 'default',
  ) {
    const whole = { events: [], services: [{ service: 'ec2' }], checks: ['ec2/ec2-open-port'], ...made };
    const input = { ...INPUT, organizationId, profile };
    const persisted = await persistScan(store, observe(whole), input, workContext());
    await resolveEvents(store, persisted.scanId, workContext());
  }

  const event = (resourceId: string, level: Level) => ({ resourceId, level });

  test('counts what is open, and tells what happened day by day', async () => {
    await scan(
      { scanTime: at(0), events: [event('a', 'critical'), event('b', 'low'), event('c', 'low')] },
      'one',
    );
    await scan({ scanTime: at(DAY), events: [event('a', 'critical'), event('b', 'low')] }, 'one');
    await scan(
      { scanTime: at(DAY + 1), accountId: OTHER, events: [event('d', 'critical'), event('e', 'critical')] },
      'two',
    );
    const fetchErrors = [{ service: 'ec2', fetchErrors: 1 }];
    const back = ['a', 'b', 'c'].map((resource) => event(resource, resource === 'a' ? 'critical' : 'low'));
    await scan({ scanTime: at(2 * DAY), events: back, services: fetchErrors }, 'renamed');
    await scan({ scanTime: at(DAY), events: [event('theirs', 'critical')] }, 'theirs', 'other');
    const order = { reason: 'a test', owner: null, expiresAt: null, by: 'a test' };
    await suppressEvents(store, 'default', { filter: { resource: 'b' } }, order);

    const summary = await summarise(
      store,
      { organizationId: 'default' },
      { days: 4, now: new Date(at(2 * DAY + 5)) },
    );
    expect(summary).toMatchObject({
      open: { byLevel: { ...NONE, critical: 3, low: 1 }, suppressed: 1, total: 5 },
      accounts: { total: 2, partial: 1 },
      daily: [
        { day: '2026-11-21', new: 0, resolved: 0, reopened: 0, unresolved: 0 },
        { day: '2026-11-22', new: 3, resolved: 0, reopened: 0, unresolved: 3 },
        { day: '2026-11-23', new: 2, resolved: 1, reopened: 0, unresolved: 4 },
        { day: '2026-11-24', new: 0, resolved: 0, reopened: 1, unresolved: 5 },
      ],
      worstAccounts: [
        { accountId: OTHER, profile: 'two', open: { ...NONE, critical: 2 } },
        { accountId: ACCOUNT, profile: 'renamed', open: { ...NONE, critical: 1, low: 1 } },
      ],
    });
    expect(summary.asOf).toBe(at(2 * DAY));
    expect(summary.accountsByService).toEqual({
      services: ['ec2'],
      accounts: [
        { accountId: OTHER, profile: 'two', services: [{ level: 'critical', events: 2, evaluated: true }] },
        {
          accountId: ACCOUNT,
          profile: 'renamed',
          services: [{ level: 'critical', events: 2, evaluated: false }],
        },
      ],
    });
    const ofOne = { organizationId: 'default', accountIds: [OTHER] };
    expect(await summarise(store, ofOne, { days: 1, now: new Date(at(2 * DAY + 5)) })).toMatchObject({
      asOf: at(DAY + 1),
      open: { byLevel: { ...NONE, critical: 2 }, total: 2 },
      accounts: { total: 1 },
      daily: [{ day: '2026-11-24', new: 0, unresolved: 2 }],
      worstAccounts: [{ accountId: OTHER }],
    });
    expect(summary.oldest.map(({ resourceId }) => resourceId)).toEqual(['a', 'd', 'e']);
    expect(await openEventsByAccount(store, 'default')).toEqual([
      { accountId: OTHER, profile: 'two', open: { ...NONE, critical: 2 }, suppressed: 0 },
      { accountId: ACCOUNT, profile: 'renamed', open: { ...NONE, critical: 1, low: 1 }, suppressed: 1 },
    ]);
  });

  test('is empty where nothing was scanned', async () => {
    expect(await summarise(store, { organizationId: 'default' }, { days: 1, now: new Date(at(0)) })).toEqual({
      asOf: null,
      open: { byLevel: NONE, suppressed: 0, total: 0 },
      accounts: { total: 0, partial: 0 },
      daily: [{ day: '2026-11-22', new: 0, resolved: 0, reopened: 0, unresolved: 0 }],
      worstAccounts: [],
      accountsByService: { services: [], accounts: [] },
      oldest: [],
    });
  });

  test('shows the oldest of the gravest level there is', async () => {
    await scan({ scanTime: at(0), events: [event('a', 'medium'), event('b', 'low')] }, 'one');
    const { oldest } = await summarise(
      store,
      { organizationId: 'default' },
      { days: 1, now: new Date(at(1)) },
    );
    expect(oldest.map(({ resourceId }) => resourceId)).toEqual(['a']);
  });
});
