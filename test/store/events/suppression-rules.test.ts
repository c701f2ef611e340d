import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SuppressionRule } from '../../../src/model/suppression.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { listEvents } from '../../../src/store/events/events.ts';
import {
  changeSuppression,
  endSuppression,
  listSuppressions,
} from '../../../src/store/events/suppression-list.ts';
import { tellOfEnding } from '../../../src/store/events/suppression-notices.ts';
import { addSuppressionRule } from '../../../src/store/events/suppression-rules.ts';
import type { SuppressionOrder } from '../../../src/store/events/suppressions.ts';
import { suppressEvents, unsuppressEvents } from '../../../src/store/events/suppressions.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { ACCOUNT, at, observe } from '../../support/observations.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const DAY_MS = 86_400_000;
const ORDER: SuppressionOrder = {
  reason: 'Emptied every night',
  owner: 'platform',
  expiresAt: null,
  by: 'alice',
};
const later = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

describe.each(DATABASES)('rules on %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(() => database.remove());

  async function scan(minute: number, resources: readonly string[]): Promise<void> {
    const made = {
      scanTime: at(minute),
      events: resources.map((resourceId) => ({ resourceId })),
      services: [{ service: 'ec2' }],
      checks: ['ec2/ec2-open-port'],
    };
    const { scanId } = await persistScan(store, observe(made), INPUT, workContext());
    await resolveEvents(store, scanId, workContext());
  }

  async function suppressed(): Promise<string[]> {
    const { events } = await listEvents(
      store,
      { organizationId: 'default', statuses: ['suppressed'] },
      { limit: 100 },
    );
    return events.map(({ resourceId }) => resourceId).toSorted();
  }

  async function idOf(resource: string): Promise<number> {
    const { events } = await listEvents(store, { organizationId: 'default', resource }, { limit: 1 });
    return Number(events[0]?.id);
  }

  const add = (rule: Partial<SuppressionRule>, order = ORDER) =>
    addSuppressionRule(
      store,
      'default',
      { checkId: null, accountId: null, resource: null, tag: null, ...rule },
      order,
    );

  test('meet what is there and what comes, until they end', async () => {
    await scan(0, ['scratch-1', 'keep-1']);
    const { suppressionId, events } = await add({ checkId: 'ec2-open-port', resource: 'scratch-*' });
    expect(events).toBe(1);
    await scan(1, ['scratch-1', 'scratch-2', 'keep-1']);
    expect(await suppressed()).toEqual(['scratch-1', 'scratch-2']);
    expect(await listSuppressions(store, 'default')).toMatchObject([{ id: suppressionId, events: 2 }]);
    expect(await endSuppression(store, 'default', suppressionId, 'bob')).toEqual({ events: 2 });
    await scan(2, ['scratch-1', 'scratch-2', 'scratch-3']);
    expect(await suppressed()).toEqual([]);
    expect(await listSuppressions(store, 'default')).toEqual([]);
  });

  test.each<[Partial<SuppressionRule>, string[]]>([
    [{ resource: 'a_b' }, ['a_b']],
    [{ resource: 'a%' }, []],
    [{ resource: 'a[x]?' }, ['a[x]?']],
    [{ resource: 'A*' }, ['Axb']],
    [{ resource: '*b' }, ['Axb', 'a_b', 'axb']],
    [{ accountId: ACCOUNT }, ['Axb', 'a!', 'a[x]?', 'a_b', 'axb']],
    [{ resource: 'a!' }, ['a!']],
    [{ accountId: '999999999999' }, []],
    [{ checkId: 'another' }, []],
  ])('%j meets just that', async (rule, met) => {
    await scan(0, ['a_b', 'axb', 'Axb', 'a[x]?', 'a!']);
    await add(rule);
    expect(await suppressed()).toEqual(met);
  });

  test.each<[string, string[]]>([
    ['env=dev', ['dev']],
    ['env=dev*', ['dev', 'devil']],
    ['env=DEV', []],
    ['env', ['dev', 'devil', 'empty', 'odd']],
    ['a.b[0]=x%', ['odd']],
    ['a=dev', []],
  ])('by the tag %s meet just that', async (tag, met) => {
    const tags = {
      dev: { env: 'dev' },
      devil: { env: 'devil' },
      empty: { env: '' },
      odd: { env: 'prod', 'a.b[0]': 'x%' },
      none: undefined,
    };
    const events = Object.entries(tags).map(([resourceId, of]) => ({
      resourceId,
      details: { resolvedBy: 'tree' as const, ...(of && { tags: of }) },
    }));
    const { scanId } = await persistScan(store, observe({ scanTime: at(0), events }), INPUT, workContext());
    await resolveEvents(store, scanId, workContext());
    await add({ tag });
    expect(await suppressed()).toEqual(met);
    await expect(add({ tag: 'a"b=c' })).rejects.toMatchObject({ type: 'usage' });
  });

  // Stored, such a rule would fail every later scan: databases refuse the path, each of them another one. Of a pattern SQLite
  // reads what is before a NUL.
  test('with characters that no name has are refused', async () => {
    await scan(0, ['a']);
    for (const tag of ['a\0b=c', 'a\nb', '\u001b[2J=x', 'a\ud800=x', 'a\\b=c', 'env=d\0'])
      await expect(add({ tag })).rejects.toMatchObject({ type: 'usage' });
    await expect(add({ resource: '*\0nothing' })).rejects.toMatchObject({ type: 'usage' });
    await scan(1, ['a']);
    expect(await suppressed()).toEqual([]);
  });

  test('leave alone what somebody has taken back, and what is suppressed otherwise', async () => {
    await scan(0, ['a', 'b', 'c']);
    await suppressEvents(store, 'default', { ids: [await idOf('c')] }, { ...ORDER, reason: 'Another' });
    await add({ resource: '*' });
    await unsuppressEvents(store, 'default', { ids: [await idOf('a')] }, 'bob');
    await scan(1, ['a', 'b', 'c']);
    expect(await suppressed()).toEqual(['b', 'c']);
    expect((await listSuppressions(store, 'default')).map(({ events }) => events)).toEqual([1, 1]);
  });

  test('are told of once before they end, and anew when they end later', async () => {
    const told: number[][] = [];
    const { signal } = new AbortController();
    const tell = (inDays: number) =>
      tellOfEnding(
        store,
        'default',
        async (ending) => {
          told.push(ending.map(({ id }) => id));
        },
        signal,
        new Date(Date.now() + inDays * DAY_MS),
      );
    const { suppressionId: long } = await add({ checkId: 'a' }, { ...ORDER, expiresAt: later(30) });
    const { suppressionId: short } = await add({ checkId: 'b' }, { ...ORDER, expiresAt: later(4) });
    await add({ checkId: 'c' });
    expect(await tell(0)).toBe(0);
    expect(await tell(3)).toBe(1);
    expect(await tell(24)).toBe(1);
    expect(await tell(25)).toBe(0);
    expect(told).toEqual([[short], [long]]);
    await changeSuppression(store, 'default', long, { expiresAt: later(90) });
    expect(await tell(25)).toBe(0);
    const nobody = tellOfEnding(
      store,
      'default',
      () => Promise.reject(new Error('away')),
      signal,
      new Date(Date.now() + 85 * DAY_MS),
    );
    await expect(nobody).rejects.toThrow('away');
    expect(await tell(85)).toBe(1);
  });

  test('that name nothing, or are over, are refused', async () => {
    await expect(add({})).rejects.toMatchObject({ type: 'usage' });
    await expect(add({ resource: 'a' }, { ...ORDER, expiresAt: later(-1) })).rejects.toMatchObject({
      type: 'usage',
    });
  });

  test('the list begins with what ends first; it can be changed', async () => {
    await scan(0, ['a', 'b']);
    const never = await add({ resource: 'a' });
    const soon = await add({ resource: 'b' }, { ...ORDER, expiresAt: later(10) });
    const ids = async (endingBefore?: string) =>
      (await listSuppressions(store, 'default', { endingBefore })).map(({ id }) => id);
    expect(await ids()).toEqual([soon.suppressionId, never.suppressionId]);
    expect(await ids(later(5))).toEqual([]);
    const changed = await changeSuppression(store, 'default', never.suppressionId, {
      kind: 'false-positive',
      expiresAt: later(3),
    });
    expect(changed).toMatchObject({ kind: 'false-positive', reason: ORDER.reason, events: 1 });
    expect(await ids(later(5))).toEqual([never.suppressionId]);
    await expect(
      changeSuppression(store, 'other', never.suppressionId, { owner: 'x' }),
    ).rejects.toMatchObject({
      type: 'not-found',
    });
  });
});
