/**
 * How fast a scan is stored: `node --import ./test/support/typescript.js bench/persist.ts [events]`, on SQLite and on a
 * MariaDB of its own, beside one-by-one saving with TypeORM's repository.
 */
import { hostname } from 'node:os';
import type { Observation, ObservedEvent } from '../src/model/observation.ts';
import { persistScan } from '../src/store/persist.ts';
import { resolveEvents } from '../src/store/resolve.ts';
import type { Store } from '../src/store/store.ts';
import { sqlJson, sqlTime } from '../src/store/values.ts';
import { startMariaDb } from '../test/support/mariadb.ts';
import { at, madeUpEvent, observe } from '../test/support/observations.ts';
import { INPUT } from '../test/support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../test/support/stores.ts';

const COUNT = Number(process.argv[2] ?? 100_000);
const NAIVE_COUNT = 2000;

const events = Array.from({ length: COUNT }, (_, index) =>
  madeUpEvent({
    service: `service-${index % 20}`,
    checkId: `check-${index % 150}`,
    resourceId: `arn:aws:ec2:eu-west-1:111111111111:security-group/sg-${index}`,
    region: `region-${index % 17}`,
    resourceType: `type-${index % 30}`,
  }),
);

/** The scan's facts and findings as the tests make them, and the events without any work between. */
async function* scan(scanTime: string, brought: readonly ObservedEvent[]): AsyncGenerator<Observation> {
  const checks = new Set(events.map(({ service, checkId }) => `${service}/${checkId}`));
  const services = Array.from({ length: 20 }, (_, index) => ({ service: `service-${index}`, regions: null }));
  for await (const observation of observe({ scanTime, events: [], services, checks: [...checks] }))
    yield observation;
  for (const event of brought) yield { kind: 'event', event };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function naive(store: Store, scanTime: string): Promise<void> {
  const repository = store.dataSource.getRepository('scout_events');
  for (const event of events.slice(0, NAIVE_COUNT)) {
    const key = { organization_id: 'naive', account_id: '1', source: 'naive', event_hash: event.eventHash };
    const known = await repository.findOne({ where: key });
    await repository.save({
      ...known,
      ...key,
      service: event.service,
      check_id: event.checkId,
      level: event.level,
      resource_id: event.resourceId,
      resource_name: event.resourceName,
      resource_type: event.resourceType,
      region: event.region,
      item_path: event.itemPath,
      details: JSON.parse(sqlJson(event.details)) as unknown,
      first_seen: known?.['first_seen'] ?? sqlTime(scanTime),
      last_seen: sqlTime(scanTime),
      last_scan_id: 1,
    });
  }
}

async function measure(store: Store): Promise<Record<string, number>> {
  const persist = (time: string, brought: readonly ObservedEvent[]) => async () => {
    await persistScan(store, scan(time, brought), INPUT, workContext());
  };
  const naiveNew = NAIVE_COUNT / (await timed(() => naive(store, at(0))));
  const naiveKnown = NAIVE_COUNT / (await timed(() => naive(store, at(1))));
  const fresh = COUNT / (await timed(persist(at(0), events)));
  const known = COUNT / (await timed(persist(at(1), events)));
  const last = await persistScan(store, scan(at(2), events.slice(0, COUNT / 2)), INPUT, workContext());
  const resolving = await timed(() => resolveEvents(store, last.scanId, workContext()));
  const rate = Math.round;
  return {
    'new rows/s': rate(fresh),
    'unchanged rows/s': rate(known),
    'resolved rows/s': rate(COUNT / 2 / resolving),
    'naive new rows/s': rate(naiveNew),
    'naive unchanged rows/s': rate(naiveKnown),
    'new, times naive': rate(fresh / naiveNew),
    'unchanged, times naive': rate(known / naiveKnown),
  };
}

const server = await startMariaDb();
process.env['VEDETTE_TEST_MARIADB'] = JSON.stringify(server.details);
const figures: Record<string, Record<string, number>> = {};
try {
  for (const kind of DATABASES) {
    const database = createDatabase(kind);
    figures[kind] = await measure(await database.open());
    await database.remove();
  }
} finally {
  await server.stop();
}
console.log(`${COUNT} events on ${hostname()}, Node ${process.version}`);
console.table(figures);
