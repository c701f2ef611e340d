import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { VedetteError } from '../../../src/errors.ts';
import { silent } from '../../../src/log.ts';
import type { Observation, ObservedEvent } from '../../../src/model/observation.ts';
import type { ScanOutcome } from '../../../src/model/scan.ts';
import { openStore } from '../../../src/store/database/open.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { contents, contentsOf, watched } from '../../support/contents.ts';
import { at, madeUpFinding, observe } from '../../support/observations.ts';
import type { MadeUpScan } from '../../support/observations.ts';
import { spawnNode } from '../../support/processes.ts';
import type { Ended } from '../../support/processes.ts';
import { INPUT } from '../../support/scan-input.ts';
import {
  addOrganizations,
  createDatabase,
  DATABASES,
  openKiller,
  SERVERS,
  testConfig,
  workContext,
} from '../../support/stores.ts';
import type { Database, TestDatabase } from '../../support/stores.ts';

const FEW = 4;
const MANY = 1000;
const PROCESS = 'test/support/persist-process.ts';

/** Two scans between which events stay, go, come, and cannot be judged. */
function scans(size: number): [MadeUpScan, MadeUpScan, MadeUpScan] {
  const range = (from: number, to: number): Partial<ObservedEvent>[] =>
    Array.from({ length: to - from }, (_, index) => ({ resourceId: `sg-${from + index}` }));
  const elsewhere = [{ resourceId: 'topic', service: 'sns', checkId: 'sns-open' }];
  const services = [{ service: 'ec2' }];
  return [
    { scanTime: at(0), events: [...range(0, size), ...elsewhere] },
    { scanTime: at(1), events: range(Math.floor(size / 3), size + 5), services },
    { scanTime: at(2), events: range(0, size), services },
  ];
}

/** In chunks of so few events that there are several. */
async function record(
  store: Store,
  scan: MadeUpScan,
  chunkRows: number,
  organizationId = INPUT.organizationId,
): Promise<ScanOutcome> {
  const input = { ...INPUT, organizationId };
  const persisted = await persistScan(store, observe(scan), input, workContext(), chunkRows);
  return persisted.status === 'duplicate'
    ? persisted
    : resolveEvents(store, persisted.scanId, workContext(), chunkRows);
}

const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.remove();
});

function create(kind: Database): TestDatabase {
  const database = createDatabase(kind);
  databases.push(database);
  return database;
}

/** The second of two scans, undisturbed: how many statements it takes, and what is in the tables then. */
async function undisturbed(kind: Database, [first, second]: MadeUpScan[]) {
  const store = await create(kind).open();
  await record(store, first as MadeUpScan, FEW);
  let statements = 0;
  const counting = watched(store, (statement) => {
    statements = statement;
  });
  const { events } = await record(counting, second as MadeUpScan, FEW);
  expect(events).toEqual({ total: 9, new: 5, still: 4, resolved: 2, reopened: 0, unverified: 1 });
  expect(statements).toBeGreaterThan(30);
  return { statements, events, expected: await contentsOf(store, INPUT.organizationId) };
}

describe('killed before any statement, a retry arrives where an undisturbed run does', () => {
  const [first, second] = scans(6);

  test('in sqlite', async () => {
    const { statements, events, expected } = await undisturbed('sqlite', [first, second]);
    const database = create('sqlite');
    const store = await database.open();
    await record(store, first, FEW);
    // What a killed process leaves is what lies in its files at that moment.
    const left = mkdtempSync(join(tmpdir(), 'vedette-killed-'));
    const copying = watched(store, (statement) => {
      for (const file of ['vedette.db', 'vedette.db-wal']) {
        cpSync(join(database.config.general.home, file), join(left, String(statement), file));
      }
    });
    await record(copying, second, FEW);
    try {
      for (let statement = 1; statement <= statements; statement += 1) {
        const config = testConfig({ general: { home: join(left, String(statement)) } });
        const survivor = await openStore(config, silent);
        const outcome = await record(survivor, second, FEW);
        // Killed after the last commit, the scan was complete already.
        expect(outcome.status === 'duplicate' ? events : outcome.events).toEqual(events);
        expect(await contentsOf(survivor, INPUT.organizationId)).toEqual(expected);
        await survivor.close();
      }
    } finally {
      rmSync(left, { recursive: true });
    }
  }, 180_000);

  // Each time in an organisation of its own: a database of its own would take seconds.
  test.each(SERVERS)(
    'in %s',
    async (kind) => {
      const { statements, events, expected } = await undisturbed(kind, [first, second]);
      const store = await create(kind).open();
      const killer = await openKiller(kind);
      try {
        for (let killed = 1; killed <= statements; killed += 1) {
          const organizationId = `org-${killed}`;
          await addOrganizations(store, organizationId);
          await record(store, first, FEW, organizationId);
          const killing = watched(store, async (statement, session) => {
            if (statement === killed) await killer.kill(session);
          });
          const interrupted = await record(killing, second, FEW, organizationId).catch(
            (error: unknown) => error,
          );
          const outcome = await record(store, second, FEW, organizationId);
          // Killed after the last commit, the scan was complete already.
          const complete = outcome.status === 'duplicate';
          expect(interrupted).toMatchObject(complete ? { events } : { type: 'database-unreachable' });
          expect(complete ? events : outcome.events).toEqual(events);
          expect(await contentsOf(store, organizationId)).toEqual(expected);
        }
      } finally {
        await killer.close();
      }
    },
    180_000,
  );
});

test.each(DATABASES)(
  'killed at random moments while storing in %s, retries arrive there too',
  async (kind) => {
    const all = scans(2000);
    const reference = await create(kind).open();
    for (const scan of all) await record(reference, scan, MANY);

    const database = create(kind);
    const store = await database.open();
    for (const scan of all) {
      const { signal } = await killAfter(Math.random() * 100, {
        config: database.config,
        scan,
        chunkRows: 150,
      });
      expect(['SIGKILL', null]).toContain(signal);
      await record(store, scan, MANY);
    }
    expect(await contents(store)).toEqual(await contents(reference));
  },
  180_000,
);

/** Kills the process so many milliseconds after it has opened the database. */
async function killAfter(
  delayMs: number,
  input: { config: TestDatabase['config']; scan: MadeUpScan; chunkRows: number },
): Promise<Ended> {
  const { child, ended } = spawnNode(PROCESS, JSON.stringify(input));
  child.stdout?.once('data', () => {
    setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  return ended;
}

describe.each(DATABASES)('results that cannot be read to the end, in %s', (kind) => {
  const whole: MadeUpScan = {
    scanTime: at(0),
    events: Array.from({ length: 50 }, (_, index) => ({ resourceId: `sg-${index}` })),
  };

  async function* damagedAfter(events: number): AsyncGenerator<Observation> {
    let read = 0;
    for await (const observation of observe(whole)) {
      if (observation.kind === 'event' && (read += 1) > events) {
        throw new VedetteError('results-invalid', 'The results are damaged.');
      }
      yield observation;
    }
  }

  const stored = (store: Store) =>
    store.read<{ status: string; events: unknown }>(
      'SELECT s.status, (SELECT COUNT(*) FROM scout_events) AS events FROM scout_scans s',
    );

  test('leave nothing when they end in the first chunk', async () => {
    const store = await create(kind).open();
    await expect(persistScan(store, damagedAfter(7), INPUT, workContext(), 10)).rejects.toThrow('damaged');
    expect(await stored(store)).toEqual([]);
  });

  test('leave the chunks before, and the whole results go on from there', async () => {
    const store = await create(kind).open();
    await expect(persistScan(store, damagedAfter(37), INPUT, workContext(), 10)).rejects.toThrow('damaged');
    const [left] = await stored(store);
    expect({ ...left, events: Number(left?.events) }).toEqual({ status: 'recording', events: 30 });
    expect((await record(store, whole, 10)).events).toMatchObject({ total: 50, new: 50 });
    const reference = await create(kind).open();
    await record(reference, whole, MANY);
    expect(await contents(store)).toEqual(await contents(reference));
  });

  test('are refused where a finding follows an event', async () => {
    const store = await create(kind).open();
    async function* outOfOrder(): AsyncGenerator<Observation> {
      yield* observe(whole);
      yield { kind: 'finding', finding: madeUpFinding({ checkId: 'late' }) };
    }
    await expect(persistScan(store, outOfOrder(), INPUT, workContext())).rejects.toMatchObject({
      type: 'results-invalid',
      message: 'The results hold a finding after the first event.',
    });
  });
});
