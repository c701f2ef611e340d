import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/database/store.ts';
import { getEvent, listEvents } from '../../../src/store/events/events.ts';
import { eventHistory } from '../../../src/store/events/history.ts';
import { pendingNotifications } from '../../../src/store/events/notifications.ts';
import {
  endExpiredSuppressions,
  suppressEvents,
  unsuppressEvents,
} from '../../../src/store/events/suppressions.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { contents } from '../../support/contents.ts';
import { ACCOUNT, at, observe } from '../../support/observations.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const KEY = { organizationId: 'default', accountId: ACCOUNT, source: 'scoutsuite' };
const ORDER = { reason: 'Accepted for now', owner: 'platform', expiresAt: null, by: 'alice' };

describe.each(DATABASES)('suppression on %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(() => database.remove());

  async function scan(
    minute: number,
    resources: readonly string[],
    organizationId = 'default',
  ): Promise<void> {
    const made = {
      scanTime: at(minute),
      events: resources.map((resourceId) => ({ resourceId })),
      services: [{ service: 'ec2' }],
      checks: ['ec2/ec2-open-port'],
    };
    const persisted = await persistScan(store, observe(made), { ...INPUT, organizationId }, workContext());
    await resolveEvents(store, persisted.scanId, workContext());
  }

  async function statuses(): Promise<Record<string, string>> {
    const { events } = await listEvents(store, { organizationId: 'default' }, { limit: 100 });
    return Object.fromEntries(events.map(({ resourceId, status }) => [resourceId, status]));
  }

  async function idOf(resource: string, organizationId = 'default'): Promise<number> {
    const { events } = await listEvents(store, { organizationId, resource }, { limit: 1 });
    return Number(events[0]?.id);
  }

  const suppress = async (resource: string, expiresAt: string | null = null) =>
    suppressEvents(store, 'default', { ids: [await idOf(resource)] }, { ...ORDER, expiresAt });

  const pending = async () => {
    const { levels } = await pendingNotifications(store, { ...KEY, levels: ['high'], perLevel: 10 });
    return levels.flatMap(({ events }) => events.map(({ resourceId }) => resourceId));
  };

  test('says why on the event, which is not notified until it is taken back', async () => {
    await scan(0, ['a', 'b']);
    const { suppressionId, events } = await suppress('a');
    expect(events).toBe(1);
    expect(await statuses()).toEqual({ a: 'suppressed', b: 'active' });
    expect(await pending()).toEqual(['b']);
    const suppressed = await getEvent(store, 'default', await idOf('a'));
    expect(suppressed).toMatchObject({ status: 'suppressed', resolvedAt: null });
    expect(suppressed.suppression).toEqual({
      id: suppressionId,
      kind: 'accepted-risk',
      rule: null,
      reason: 'Accepted for now',
      owner: 'platform',
      expiresAt: null,
      createdAt: expect.stringMatching(/Z$/),
      createdBy: 'alice',
    });

    expect(await unsuppressEvents(store, 'default', { ids: [await idOf('a')] }, 'bob')).toEqual({
      events: 1,
    });
    expect(await unsuppressEvents(store, 'default', { ids: [await idOf('a')] }, 'bob')).toEqual({
      events: 0,
    });
    expect(await statuses()).toEqual({ a: 'active', b: 'active' });
    expect(await pending()).toEqual(['a', 'b']);
    expect((await getEvent(store, 'default', await idOf('a'))).suppression).toBeNull();
  });

  test('leaves the life of the event as it is', async () => {
    await scan(0, ['a']);
    await suppress('a');
    await scan(1, ['a']);
    expect(await getEvent(store, 'default', await idOf('a'))).toMatchObject({
      status: 'suppressed',
      lastSeen: at(1),
    });
    await scan(2, []);
    expect(await statuses()).toEqual({ a: 'resolved' });
    await scan(3, ['a']);
    expect(await getEvent(store, 'default', await idOf('a'))).toMatchObject({
      status: 'suppressed',
      reopenedAt: at(3),
      notified: false,
    });
    expect(await pending()).toEqual([]);
    await unsuppressEvents(store, 'default', { filter: { statuses: ['suppressed'] } }, 'bob');
    expect(await statuses()).toEqual({ a: 'active' });
    expect(await pending()).toEqual(['a']);
  });

  test('ends by itself when its time is over, also while the event is resolved', async () => {
    const soon = new Date(Date.now() + 3_600_000);
    await scan(0, ['a', 'b', 'c']);
    await suppress('a', soon.toISOString());
    await suppress('b', new Date(soon.getTime() + 1000).toISOString());
    await suppress('c');
    await scan(1, ['b', 'c']);
    expect(await endExpiredSuppressions(store, new Date(soon.getTime() - 1))).toBe(0);
    expect(await endExpiredSuppressions(store, soon)).toBe(1);
    expect(await endExpiredSuppressions(store, soon)).toBe(0);
    await scan(2, ['a', 'b', 'c']);
    expect(await statuses()).toEqual({ a: 'active', b: 'suppressed', c: 'suppressed' });
    const [ended] = await eventHistory(store, 'default', await idOf('a'));
    expect(ended).toEqual({
      at: soon.toISOString(),
      kind: 'unsuppressed',
      scanId: null,
      by: null,
      reason: 'Accepted for now',
    });
  });

  test('a suppression whose time is over ends with the next scan at the latest', async () => {
    await scan(0, ['a']);
    await suppress('a', new Date(Date.now() + 300).toISOString());
    await new Promise((resolve) => setTimeout(resolve, 400));
    await scan(1, ['a']);
    expect(await statuses()).toEqual({ a: 'active' });
    expect(await pending()).toEqual(['a']);
  });

  test('refuses an end in the past', async () => {
    await scan(0, ['a']);
    await expect(suppress('a', '2020-01-01T00:00:00.000Z')).rejects.toMatchObject({ type: 'usage' });
    expect(await statuses()).toEqual({ a: 'active' });
  });

  test("touches neither another organisation's events nor resolved ones", async () => {
    await scan(0, ['a', 'gone']);
    await scan(1, ['a']);
    await scan(2, ['theirs'], 'other');
    const before = await contents(store);
    const ids = [await idOf('theirs', 'other'), await idOf('gone'), 4711];
    expect(await suppressEvents(store, 'default', { ids }, ORDER)).toEqual({
      suppressionId: null,
      events: 0,
    });
    expect(await unsuppressEvents(store, 'default', { ids }, 'alice')).toEqual({ events: 0 });
    expect(await suppressEvents(store, 'nobody', { filter: {} }, ORDER)).toEqual({
      suppressionId: null,
      events: 0,
    });
    expect(await contents(store)).toEqual(before);
    const theirs = { filter: { resource: 'theirs' } };
    expect(await suppressEvents(store, 'other', theirs, ORDER)).toMatchObject({ events: 1 });
    expect(await unsuppressEvents(store, 'default', { ids }, 'alice')).toEqual({ events: 0 });
    expect(await unsuppressEvents(store, 'other', theirs, 'alice')).toEqual({ events: 1 });
  });

  test('a new suppression takes the place of the old one', async () => {
    await scan(0, ['a', 'b']);
    await suppressEvents(store, 'default', { filter: {} }, ORDER);
    await suppressEvents(
      store,
      'default',
      { ids: [await idOf('a')] },
      { ...ORDER, reason: 'Better so', by: 'bob' },
    );
    expect((await getEvent(store, 'default', await idOf('a'))).suppression).toMatchObject({
      reason: 'Better so',
    });
    expect((await getEvent(store, 'default', await idOf('b'))).suppression).toMatchObject({
      reason: ORDER.reason,
    });
    const history = await eventHistory(store, 'default', await idOf('a'));
    expect(history.map(({ kind: what, by, reason }) => [what, by, reason])).toEqual(
      expect.arrayContaining([
        ['suppressed', 'bob', 'Better so'],
        ['unsuppressed', 'bob', 'Accepted for now'],
        ['suppressed', 'alice', 'Accepted for now'],
        ['new', null, null],
      ]),
    );
  });

  test('of very many events by a filter works in batches, and stops when it is told to', async () => {
    const many = Array.from({ length: 12_000 }, (_, index) => `sg-${String(index).padStart(5, '0')}`);
    await scan(0, many);
    const controller = new AbortController();
    let transactions = 0;
    const stopping: Store = {
      ...store,
      session: (work) => {
        transactions += 1;
        if (transactions === 2) controller.abort(new Error('enough'));
        return store.session(work);
      },
    };
    await expect(
      suppressEvents(stopping, 'default', { filter: { levels: ['high'] } }, ORDER, controller.signal),
    ).rejects.toThrow('enough');
    const half = await suppressEvents(store, 'default', { filter: { statuses: ['active'] } }, ORDER);
    expect(half.events).toBe(7000);
    const suppressed = await store.read<{ total: unknown }>(
      "SELECT COUNT(*) AS total FROM scout_events WHERE status = 'suppressed'",
    );
    expect(Number(suppressed[0]?.total)).toBe(12_000);
    expect(await unsuppressEvents(store, 'default', { filter: {} }, 'alice')).toEqual({ events: 12_000 });
  }, 60_000);

  test('history tells what scans did', async () => {
    await scan(0, ['a']);
    await scan(1, ['a']);
    await scan(2, []);
    expect(
      (await eventHistory(store, 'default', await idOf('a'))).map((entry) => [entry.kind, entry.at]),
    ).toEqual([
      ['resolved', at(2)],
      ['seen', at(1)],
      ['new', at(0)],
    ]);
    await scan(3, ['a']);
    const history = await eventHistory(store, 'default', await idOf('a'));
    expect(history.map((entry) => [entry.kind, entry.at])).toEqual([
      ['reopened', at(3)],
      ['seen', at(1)],
      ['new', at(0)],
    ]);
    expect(history.every(({ scanId }) => scanId !== null)).toBe(true);
    await expect(eventHistory(store, 'other', await idOf('a'))).rejects.toMatchObject({ type: 'not-found' });
  });
});
