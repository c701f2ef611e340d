import { afterEach, describe, expect, test } from '@jest/globals';
import type { ObservedEvent } from '../../src/model/observation.ts';
import type { ScanOutcome } from '../../src/model/scan.ts';
import { persistScan } from '../../src/store/persist.ts';
import { resolveEvents } from '../../src/store/resolve.ts';
import type { Store } from '../../src/store/store.ts';
import { contents, watched } from '../support/contents.ts';
import { at, observe } from '../support/observations.ts';
import type { MadeUpScan } from '../support/observations.ts';
import { runNode, spawnNode } from '../support/processes.ts';
import type { Ended } from '../support/processes.ts';
import { INPUT } from '../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../support/stores.ts';
import type { Database, TestDatabase } from '../support/stores.ts';

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

async function record(store: Store, scan: MadeUpScan): Promise<ScanOutcome> {
  const persisted = await persistScan(store, observe(scan), INPUT, workContext());
  return persisted.status === 'duplicate' ? persisted : resolveEvents(store, persisted.scanId, workContext());
}

describe.each(DATABASES)('killed while storing in %s', (kind) => {
  const databases: TestDatabase[] = [];
  afterEach(async () => {
    for (const database of databases.splice(0)) await database.remove();
  });
  const create = (of: Database = kind): TestDatabase => {
    const database = createDatabase(of);
    databases.push(database);
    return database;
  };

  test('before any statement, a retry arrives where an undisturbed run does', async () => {
    const [first, second] = scans(6);
    let statements = 0;
    const undisturbed = await create().open();
    await record(undisturbed, first);
    const expectedOutcome = await record(
      watched(undisturbed, (statement) => {
        statements = statement;
      }),
      second,
    );
    const expected = await contents(undisturbed);
    expect(statements).toBeGreaterThan(15);
    expect(expectedOutcome.events).toEqual({ total: 9, new: 5, still: 4, resolved: 2, reopened: 0, unverified: 1 });

    const killAndRetry = async (killBefore: number): Promise<void> => {
      const database = create();
      const store = await database.open();
      await record(store, first);
      const input = { config: database.config, scan: second, killBefore };
      const { signal, stderr } = await runNode(PROCESS, JSON.stringify(input));
      expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
      const outcome = await record(store, second);
      // Killed after the last commit, the scan was complete already.
      if (outcome.status !== 'duplicate') {
        expect(outcome).toEqual({ ...expectedOutcome, scanId: expect.any(Number), durationMs: expect.any(Number) });
      }
      expect(await contents(store)).toEqual(expected);
    };
    const pending = Array.from({ length: statements }, (_, index) => index + 1);
    const lane = async (): Promise<void> => {
      for (let next = pending.pop(); next !== undefined; next = pending.pop()) await killAndRetry(next);
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
  }, 120_000);

  test('at random moments, again and again, retries arrive there too', async () => {
    const all = scans(2000);
    const undisturbed = await create().open();
    for (const scan of all) await record(undisturbed, scan);

    const database = create();
    const store = await database.open();
    let killed = 0;
    for (const scan of all) {
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const { signal } = await killAfter(Math.random() * 150, { config: database.config, scan });
        if (signal === 'SIGKILL') killed += 1;
      }
      await record(store, scan);
    }
    expect(killed).toBeGreaterThan(0);
    expect(await contents(store)).toEqual(await contents(undisturbed));
  }, 120_000);
});

/** Kills the process so many milliseconds after it has opened the database. */
async function killAfter(delayMs: number, input: { config: TestDatabase['config']; scan: MadeUpScan }): Promise<Ended> {
  const { child, ended } = spawnNode(PROCESS, JSON.stringify(input));
  child.stdout?.once('data', () => {
    setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  return ended;
}
