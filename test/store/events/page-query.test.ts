import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dueAt } from '../../../src/model/due-date.ts';
import type { DuePolicy } from '../../../src/model/due-date.ts';
import { EVENT_SORTS, EVENT_STATUSES } from '../../../src/model/event.ts';
import type { Event, EventSort } from '../../../src/model/event.ts';
import type { EventFilter } from '../../../src/model/filters.ts';
import { LEVELS } from '../../../src/model/level.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { listEvents, streamEvents } from '../../../src/store/events/events.ts';
import { groupEvents } from '../../../src/store/events/groups.ts';
import { pageQuery } from '../../../src/store/events/page-query.ts';
import type { Gathering } from '../../../src/store/events/page-query.ts';
import { suppressEvents } from '../../../src/store/events/suppressions.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { at, observe } from '../../support/observations.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const ACCOUNTS = ['111111111111', '222222222222', '333333333333'];
const SERVICES = ['ec2', 'iam', 's3'];
const CHECKS = ['check-0', 'check-1', 'other'];
const DAY_MS = 86_400_000;
const DUE: DuePolicy = {
  everywhere: { critical: DAY_MS, high: 2 * DAY_MS, low: 3 * DAY_MS },
  accounts: { '222222222222': { critical: 2 * DAY_MS, high: 0, medium: DAY_MS } },
};
const REGIONS = ['eu-west-1', 'us-east-1', ''];
/** Each way to find the events of a page: always gathered, never, and some of both. */
const GATHERINGS: Record<string, Gathering | undefined> = {
  'as usual': undefined,
  walking: { events: 0, rows: 0, ofAccounts: 0 },
  both: { events: 12, rows: 12, ofAccounts: 12 },
};

type Restriction = Omit<EventFilter, 'organizationId'>;

/** What the scans have brought, by run, account and resource. */
const brought = new Set<string>();

function someOf<Value>(values: readonly Value[]): fc.Arbitrary<readonly Value[] | undefined> {
  return fc.option(fc.subarray([...values], { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 });
}

const someTime = fc.option(fc.constantFrom(at(1), at(2), at(3), at(9)), { nil: undefined, freq: 6 });

const restriction: fc.Arbitrary<Restriction> = fc
  .record({
    accountIds: someOf([...ACCOUNTS, '999999999999']),
    services: someOf(SERVICES),
    checkIds: someOf(CHECKS),
    regions: someOf(REGIONS),
    levels: someOf(LEVELS),
    statuses: someOf(EVENT_STATUSES),
    resource: fc.option(fc.constantFrom('resource-7', 'name of resource-8', 'nothing'), {
      nil: undefined,
      freq: 5,
    }),
    search: fc.option(
      fc.constantFrom(
        'resource-1',
        'SOURCE-2',
        'name of',
        'heck-',
        'other',
        'zzz',
        '%',
        'A PORT',
        'ENV=prod-1',
        'é',
      ),
      {
        nil: undefined,
        freq: 3,
      },
    ),
    since: someTime,
    newSince: someTime,
    newUntil: someTime,
    resolvedSince: someTime,
    resolvedUntil: someTime,
    reopenedSince: someTime,
    reopenedUntil: someTime,
    dueUntil: fc.option(fc.constantFrom(at(3), at(4), at(9)), { nil: undefined, freq: 6 }),
    runId: fc.option(fc.constantFrom('run-0', 'run-3', 'run-9'), { nil: undefined, freq: 3 }),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))
  .map((all) => ({ ...all, duePolicy: DUE }));

/** Of every check. */
const TITLE = 'A port is open';

/** Those of a resource; every second one has some. */
function tagsOf(resourceId: string): Record<string, string> {
  const number = Number(resourceId.replace('resource-', ''));
  return number % 2 === 0 ? {} : { Name: `café ${number}`, env: `prod-${number}` };
}

/** What the filter means, in plain words. */
function matches(event: Event, filter: Restriction): boolean {
  const among = <Value>(wanted: readonly Value[] | undefined, value: Value) =>
    wanted === undefined || wanted.includes(value);
  const { resource, search, runId } = filter;
  const texts = [event.resourceId, event.resourceName ?? ''];
  const tags = Object.entries(tagsOf(event.resourceId)).map(([key, value]) => `${key}=${value}`);
  const within = (time: string | null, since?: string, until?: string) =>
    (since === undefined || (time !== null && time >= since)) &&
    (until === undefined || (time !== null && time < until));
  return (
    among(filter.accountIds, event.accountId) &&
    among(filter.services, event.service) &&
    among(filter.checkIds, event.checkId) &&
    among(filter.regions, event.region ?? '') &&
    among(filter.levels, event.level) &&
    among(filter.statuses, event.status) &&
    (resource === undefined || texts.includes(resource)) &&
    (search === undefined ||
      [...texts, ...tags, event.checkId, TITLE].some((text) =>
        text.toLowerCase().includes(search.toLowerCase()),
      )) &&
    within(event.lastSeen, filter.since) &&
    within(event.firstSeen, filter.newSince, filter.newUntil) &&
    within(event.resolvedAt, filter.resolvedSince, filter.resolvedUntil) &&
    within(event.reopenedAt, filter.reopenedSince, filter.reopenedUntil) &&
    (filter.dueUntil === undefined || within(dueAt(DUE, event), '', filter.dueUntil)) &&
    (runId === undefined || brought.has(`${runId} ${event.accountId} ${event.resourceId}`))
  );
}

function inOrder(events: readonly Event[], sort: EventSort): Event[] {
  const weight = ({ level }: Event) => LEVELS.length - LEVELS.indexOf(level);
  const keys: Record<string, (event: Event) => readonly (string | number)[]> = {
    lastSeen: ({ lastSeen, id }) => [lastSeen, id],
    firstSeen: ({ firstSeen, id }) => [firstSeen, id],
    resolvedAt: ({ resolvedAt, id }) => [resolvedAt ?? '', id],
    reopenedAt: ({ reopenedAt, id }) => [reopenedAt ?? '', id],
    level: (event) => [weight(event), event.lastSeen, event.id],
    newest: ({ id }) => [-id],
  };
  const key = keys[sort.replace('-', '')] ?? (() => []);
  const compare = (a: readonly (string | number)[], b: readonly (string | number)[]): number => {
    const index = a.findIndex((value, place) => value !== b[place]);
    const [left, right] = [a[index], b[index]];
    return left === undefined || right === undefined ? 0 : left < right ? -1 : 1;
  };
  // By a time that not all have, a list has only those that have it.
  const having = events.filter(
    (event) => !['resolvedAt', 'reopenedAt'].includes(sort.replace('-', '')) || key(event)[0] !== '',
  );
  const ascending = having.toSorted((a, b) => compare(key(a), key(b)));
  return sort.startsWith('-') ? ascending.toReversed() : ascending;
}

/** Worse ones first, and of these those with more events of that level. */
function rankOf(events: readonly Event[]): readonly number[] {
  const level = LEVELS.findIndex((candidate) => events.some((event) => event.level === candidate));
  return [level, -events.filter((event) => event.level === LEVELS[level]).length];
}

describe.each(DATABASES)('lists of events from %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  let all: Event[];

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
    for (const minute of [0, 1, 2, 3]) {
      for (const [index, accountId] of ACCOUNTS.entries()) {
        await scan(minute, accountId, (number) => (number * 7 + minute * 3 + index) % 5 > 1);
      }
    }
    await scan(2, ACCOUNTS[0] ?? '', () => true, 'another organisation');
    const order = { reason: 'a test', owner: null, expiresAt: null, by: 'a test' };
    await suppressEvents(
      store,
      'default',
      { filter: { checkIds: ['check-1'], services: ['ec2', 'iam'] } },
      order,
    );
    const { events } = await listEvents(store, { organizationId: 'default' }, { limit: 1000 });
    all = events;
    expect(new Set(all.map(({ status }) => status)).size).toBe(3);
  });
  afterAll(() => database.remove());

  async function scan(
    minute: number,
    accountId: string,
    brings: (number: number) => boolean,
    organizationId = 'default',
  ) {
    const numbers = Array.from({ length: 30 }, (_, number) => number).filter(brings);
    const events = numbers.map((number) => ({
      resourceId: `resource-${number}`,
      service: SERVICES[number % 3] ?? '',
      checkId: CHECKS[number % 4 === 3 ? 2 : number % 2] ?? '',
      level: LEVELS[number % 5] ?? 'low',
      region: REGIONS[number % 3] || null,
      details: { tags: tagsOf(`resource-${number}`) },
    }));
    const services = SERVICES.map((service) => ({ service, regions: null }));
    const checks = SERVICES.flatMap((service) => CHECKS.map((check) => `${service}/${check}`));
    const made = { accountId, scanTime: at(minute), events, services, checks };
    const runId = `run-${minute}`;
    for (const { resourceId } of events) {
      if (organizationId === 'default') brought.add(`${runId} ${accountId} ${resourceId}`);
    }
    const input = { ...INPUT, organizationId, runId };
    const persisted = await persistScan(store, observe(made), input, workContext());
    await resolveEvents(store, persisted.scanId, workContext());
  }

  test.each(Object.keys(GATHERINGS))(
    'are complete and in order, %s',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(restriction, fc.constantFrom(...EVENT_SORTS), async (wanted, sort) => {
          const filter = { organizationId: 'default', ...wanted };
          const query = await pageQuery(store, filter, { sort, limit: 1000 }, GATHERINGS[name]);
          const found = query === undefined ? [] : await store.read<{ id: number }>(query.sql, query.values);
          const expected = inOrder(
            all.filter((event) => matches(event, wanted)),
            sort,
          );
          expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        }),
        { numRuns: 150, seed: 1 },
      );
    },
    60_000,
  );

  test('go on page by page without missing or repeating one', async () => {
    await fc.assert(
      fc.asyncProperty(
        restriction,
        fc.constantFrom(...EVENT_SORTS),
        fc.integer({ min: 1, max: 9 }),
        async (wanted, sort, limit) => {
          const filter = { organizationId: 'default', ...wanted };
          const pages: Event[] = [];
          let cursor: string | null | undefined;
          while (cursor !== null) {
            const page = await listEvents(store, filter, {
              sort,
              limit,
              ...(cursor === undefined ? {} : { cursor }),
            });
            pages.push(...page.events);
            cursor = page.nextCursor;
          }
          expect(pages).toEqual(
            inOrder(
              all.filter((event) => matches(event, wanted)),
              sort,
            ),
          );
        },
      ),
      { numRuns: 60, seed: 2 },
    );
  }, 60_000);

  test('walk on behind a place, too', async () => {
    for (const sort of EVENT_SORTS) {
      const filter = { organizationId: 'default', services: ['ec2', 's3'] };
      const first = await listEvents(store, filter, { sort, limit: 10 });
      const page = { sort, limit: 1000, cursor: String(first.nextCursor) };
      const query = await pageQuery(store, filter, page, GATHERINGS['walking']);
      const rows = await store.read<{ id: number }>(String(query?.sql), query?.values);
      const expected = inOrder(
        all.filter((event) => matches(event, { services: ['ec2', 's3'] })),
        sort,
      );
      expect(rows.map(({ id }) => id)).toEqual(expected.slice(10).map(({ id }) => id));
    }
  });

  test('a cursor of one order is none of another', async () => {
    const filter = { organizationId: 'default' };
    const { nextCursor } = await listEvents(store, filter, { limit: 2, sort: '-level' });
    await expect(
      listEvents(store, filter, { limit: 2, sort: 'level', cursor: String(nextCursor) }),
    ).rejects.toMatchObject({ type: 'usage' });
  });

  test('stream what matches', async () => {
    const streamed: Event[] = [];
    for await (const event of streamEvents(store, { organizationId: 'default', services: ['iam'] }))
      streamed.push(event);
    expect(streamed).toEqual(all.filter(({ service }) => service === 'iam'));
  });

  test.each(['check', 'resource'] as const)(
    'groups by %s count what matches',
    async (by) => {
      const kinds = restriction.map(({ accountIds, services, checkIds, regions, levels, statuses }) => ({
        ...(accountIds && { accountIds }),
        ...(services && { services }),
        ...(checkIds && { checkIds }),
        ...(regions && { regions }),
        ...(levels && { levels }),
        ...(statuses && { statuses }),
      }));
      await fc.assert(
        fc.asyncProperty(
          by === 'check' ? kinds : restriction,
          fc.integer({ min: 1, max: 7 }),
          async (wanted, limit) => {
            const filter = { organizationId: 'default', ...wanted };
            const groups = [];
            let cursor: string | null | undefined;
            while (cursor !== null) {
              const page = await groupEvents(store, filter, by, {
                limit,
                ...(cursor === undefined ? {} : { cursor }),
              });
              groups.push(...page.groups);
              cursor = page.nextCursor;
            }
            const keyOf = ({ service, checkId, resourceId, accountId }: Event) =>
              `${service} ${by === 'check' ? `null ${checkId}` : `${accountId} ${resourceId}`}`;
            const expected = new Map<string, Event[]>();
            for (const event of all.filter((candidate) => matches(candidate, wanted)))
              expected.set(keyOf(event), [...(expected.get(keyOf(event)) ?? []), event]);
            expect(
              groups.map(({ service, accountId, key }) => `${service} ${accountId} ${key}`).toSorted(),
            ).toEqual([...expected.keys()].toSorted());
            const ranks = groups.map(({ service, accountId, key }) =>
              rankOf(expected.get(`${service} ${accountId} ${key}`) ?? []),
            );
            const byWorst = ranks.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d);
            expect(by === 'resource' ? ranks : byWorst).toEqual(byWorst);
            for (const group of groups) {
              const events = expected.get(`${group.service} ${group.accountId} ${group.key}`) ?? [];
              const withStatus = (status: string) => events.filter((event) => event.status === status).length;
              expect(group).toMatchObject({
                title: by === 'check' ? TITLE : events[0]?.resourceName,
                resourceType: by === 'check' ? null : 'security_group',
                level: LEVELS.find((level) => events.some((event) => event.level === level)),
                accounts: new Set(events.map(({ accountId }) => accountId)).size,
                active: withStatus('active'),
                suppressed: withStatus('suppressed'),
                resolved: withStatus('resolved'),
              });
            }
          },
        ),
        { numRuns: 60, seed: 3 },
      );
    },
    60_000,
  );
});
