/**
 * How fast the API's questions are answered on a large database. Each kind of question is asked many times, with filters
 * that look random and are the same in every run.
 */
import { createLogger } from '../src/log.ts';
import { EVENT_GROUPINGS } from '../src/model/event-overview.ts';
import { EVENT_SORTS } from '../src/model/event.ts';
import type { EventSort } from '../src/model/event.ts';
import type { EventFilter } from '../src/model/filters.ts';
import { openMigratedStore } from '../src/store/database/open.ts';
import type { Store } from '../src/store/database/store.ts';
import { countFacets } from '../src/store/events/counts.ts';
import { getEvent, listEvents, streamEvents } from '../src/store/events/events.ts';
import { groupEvents } from '../src/store/events/groups.ts';
import { eventHistory } from '../src/store/events/history.ts';
import { openEventsByAccount, summarise } from '../src/store/events/summary.ts';
import { listFindings } from '../src/store/scans/findings.ts';
import { listScans } from '../src/store/scans/scans.ts';
import { configOf, withDatabases } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';
import { accounts, checks, fillStore, NOW, ORGANIZATION, randomNumbers, REGIONS } from './many-events.ts';

const PER_KIND = 120;
const LIMIT = 50;
const DAY_MS = 86_400_000;

type Restriction = Omit<EventFilter, 'organizationId'>;

/** What people ask for, by kind; each is made up anew with every question. */
function restrictions(random: () => number): Record<string, () => Restriction> {
  const one = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)] as Value;
  const some = <Value>(values: readonly Value[], count: number) =>
    Array.from({ length: count }, () => one(values));
  const services = [...new Set(checks.map(({ service }) => service))];
  const active: Restriction = { statuses: ['active'] };
  return {
    nothing: () => ({}),
    active: () => active,
    suppressed: () => ({ statuses: ['suppressed'] }),
    resolved: () => ({ statuses: ['resolved'] }),
    level: () => ({ ...active, levels: [one(['critical', 'high', 'medium', 'low', 'info'] as const)] }),
    levels: () => ({ ...active, levels: ['critical', 'high'] }),
    account: () => ({ ...active, accountIds: [one(accounts)] }),
    accounts: () => ({ accountIds: some(accounts, 5), levels: ['critical', 'high'] }),
    service: () => ({ ...active, services: [one(services)] }),
    services: () => ({ services: some(services, 3), statuses: ['active', 'suppressed'] }),
    region: () => ({ ...active, regions: [one(REGIONS)] }),
    'no region': () => ({ regions: [''], accountIds: [one(accounts)] }),
    check: () => ({ ...active, checkIds: [one(checks).checkId] }),
    checks: () => ({ checkIds: some(checks, 4).map(({ checkId }) => checkId) }),
    'account and level': () => ({ ...active, accountIds: [one(accounts)], levels: ['critical'] }),
    'account and check': () => ({ accountIds: [one(accounts)], checkIds: [one(checks).checkId] }),
    'service and region': () => ({ ...active, services: [one(services)], regions: [one(REGIONS)] }),
    'account, service, region': () => ({
      ...active,
      accountIds: [one(accounts)],
      services: [one(services)],
      regions: [one(REGIONS)],
    }),
    'suppressed of a level': () => ({ statuses: ['suppressed'], levels: ['critical'] }),
    'nothing there': () => ({ accountIds: ['999999999999'], levels: ['high'] }),
    'a check elsewhere': () => ({ checkIds: [one(checks).checkId], services: ['nowhere'] }),
    resource: () => ({ resource: `${one(services)}-resource-${Math.floor(random() * 400_000)}` }),
    'search a name': () => ({
      ...active,
      search: `${one(services)}-resource-${Math.floor(random() * 4000)}`,
    }),
    'search a check': () => ({ search: one(checks).checkId.slice(0, -1) }),
    'search widely': () => ({ ...active, search: `arn:aws:${one(services)}` }),
    'search in an account': () => ({ accountIds: [one(accounts)], search: `${one(services)}-` }),
    recently: () => ({ since: new Date(NOW - Math.floor(random() * 3) * DAY_MS).toISOString() }),
    'recently, a level': () => ({
      since: new Date(NOW - DAY_MS / 2).toISOString(),
      levels: [one(['high', 'info'] as const)],
    }),
  };
}

/** Asks every kind of question; `slowest` names the filters of the slowest three. */
async function measureReads(store: Store): Promise<Figures> {
  const random = randomNumbers(2026);
  const kinds = restrictions(random);
  const figures: Figures = {};
  const measure = async (name: string, questions: readonly Question[]) => {
    figures[name] = await timed(questions);
  };
  const mixed = (): [string, EventFilter][] =>
    Array.from({ length: PER_KIND }, (_, index) => {
      const names = Object.keys(kinds);
      const name = names[index % names.length] ?? 'nothing';
      return [name, { organizationId: ORGANIZATION, ...kinds[name]?.() }];
    });

  for (const sort of EVENT_SORTS) {
    const questions = mixed().map(([name, filter]): Question => [
      name,
      () => listEvents(store, filter, { limit: LIMIT, sort }),
    ]);
    await measure(`list, ${sort}`, questions);
  }
  await measure('list, deep page', await deepPages(store, mixed()));
  await measure(
    'facets',
    mixed().map(([name, filter]) => [name, () => countFacets(store, filter)]),
  );
  for (const by of EVENT_GROUPINGS)
    await measure(
      `groups by ${by}`,
      mixed().map(([name, filter]) => [name, () => groupEvents(store, filter, by, { limit: LIMIT })]),
    );
  const [row] = await store.read<{ last: number }>('SELECT MAX(id) AS last FROM scout_events');
  const ids = Array.from({ length: PER_KIND }, () => 1 + Math.floor(random() * Number(row?.last)));
  await measure(
    'event',
    ids.map((id) => [`event ${id}`, () => getEvent(store, ORGANIZATION, id)]),
  );
  await measure(
    'history',
    ids.map((id) => [`event ${id}`, () => eventHistory(store, ORGANIZATION, id)]),
  );
  const days = [7, 30, 90];
  await measure(
    'summary',
    repeated((index) =>
      summarise(store, { organizationId: ORGANIZATION }, { days: days[index % 3] ?? 30, now: new Date(NOW) }),
    ),
  );
  await measure(
    'accounts',
    repeated(() => openEventsByAccount(store, ORGANIZATION)),
  );
  await measure(
    'scans',
    repeated((index) => listScans(store, scansOf(index), { limit: LIMIT })),
  );
  await measure(
    'findings',
    repeated((index) => listFindings(store, scansOf(index), { limit: LIMIT })),
  );
  return figures;
}

type Question = readonly [name: string, ask: () => Promise<unknown>];

function repeated(ask: (index: number) => Promise<unknown>): Question[] {
  return Array.from({ length: PER_KIND / 4 }, (_, index) => [`question ${index}`, () => ask(index)]);
}

function scansOf(index: number) {
  const account = accounts[index % accounts.length] ?? '';
  return { organizationId: ORGANIZATION, ...(index % 2 === 0 ? {} : { accountIds: [account] }) };
}

/** Pages far behind the first: 2000 events further on, where there are so many. */
async function deepPages(store: Store, filters: readonly [string, EventFilter][]): Promise<Question[]> {
  const questions: Question[] = [];
  for (const [index, [name, filter]] of filters.entries()) {
    const sort = EVENT_SORTS[index % EVENT_SORTS.length] as EventSort;
    const { nextCursor } = await listEvents(store, filter, { limit: 2000, sort });
    if (nextCursor === null) continue;
    questions.push([
      `${name}, ${sort}`,
      () => listEvents(store, filter, { limit: LIMIT, sort, cursor: nextCursor }),
    ]);
  }
  return questions;
}

async function timed(questions: readonly Question[]): Promise<Figures> {
  const times: { name: string; ms: number }[] = [];
  for (const [name, ask] of questions) {
    const start = performance.now();
    await ask();
    times.push({ name, ms: performance.now() - start });
  }
  const sorted = times.toSorted((a, b) => a.ms - b.ms);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1]?.ms ?? 0);
  const slowest = sorted
    .slice(-3)
    .toReversed()
    .map(({ name, ms }) => `${name} ${Math.round(ms)}`);
  return { questions: times.length, p50: at(0.5), p95: at(0.95), worst: at(1), slowest: slowest.join('; ') };
}

/** Streams every event as the export does; memory is what the process grew by at most. */
async function measureStream(store: Store): Promise<Figures> {
  const before = process.memoryUsage().rss;
  const start = performance.now();
  let events = 0;
  let most = before;
  for await (const event of streamEvents(store, { organizationId: ORGANIZATION })) {
    events += event.id > 0 ? 1 : 0;
    if (events % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  return {
    events,
    seconds: Math.round((performance.now() - start) / 100) / 10,
    megabytes: Math.round((most - before) / 1_048_576),
  };
}

/** Every kind of question, and the stream of all events, on each database. */
export function run({ items, databases }: Sizes): Promise<Figures> {
  return withDatabases(databases, async (_kind, environment) => {
    const store = await openMigratedStore(configOf(environment), createLogger('warn'));
    try {
      await fillStore(store, items);
      return {
        'milliseconds of a question': await measureReads(store),
        'stream of all events': await measureStream(store),
      };
    } finally {
      await store.close();
    }
  });
}
