import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silent } from '../../../src/log.ts';
import type { ScanOutcome } from '../../../src/model/scan.ts';
import { openStore } from '../../../src/store/database/open.ts';
import { Semaphore } from '../../../src/store/database/semaphore.ts';
import { inTransaction } from '../../../src/store/database/store.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { listEvents } from '../../../src/store/events/events.ts';
import { markNotified } from '../../../src/store/events/notifications.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { listScans } from '../../../src/store/scans/scans.ts';
import { contents } from '../../support/contents.ts';
import { at, observe } from '../../support/observations.ts';
import type { MadeUpScan } from '../../support/observations.ts';
import { runNode } from '../../support/processes.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

function scan(minutes: number, from: number, some: Partial<MadeUpScan> = {}): MadeUpScan {
  const events = Array.from({ length: 300 }, (_, index) => ({ resourceId: `sg-${from + index}` }));
  return { scanTime: at(minutes), events, ...some };
}

async function record(store: Store, made: MadeUpScan): Promise<ScanOutcome> {
  const { scanId } = await persistScan(store, observe(made), INPUT, workContext());
  return resolveEvents(store, scanId, workContext());
}

describe.each(DATABASES)('writing at the same time to %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(() => database.remove());

  test('accounts that overlap lose nothing, also when one of them fails', async () => {
    const accounts = Array.from({ length: 6 }, (_, index) => `${index}`.repeat(12));
    async function* failing() {
      for await (const observation of observe(scan(0, 0, { accountId: 'failing' }))) yield observation;
      throw new Error('the file ends here');
    }
    const work = accounts.map(async (accountId) => {
      const first = await record(store, scan(0, 0, { accountId }));
      const second = await record(store, scan(1, 100, { accountId }));
      return [first.events, second.events];
    });
    const [failed, ...outcomes] = await Promise.allSettled([
      persistScan(store, failing(), INPUT, workContext()),
      ...work,
    ]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'the file ends here' } });
    expect(outcomes.map((outcome) => outcome.status === 'fulfilled' && outcome.value)).toEqual(
      accounts.map(() => [
        { total: 300, new: 300, still: 0, resolved: 0, reopened: 0, unverified: 0 },
        { total: 300, new: 100, still: 200, resolved: 100, reopened: 0, unverified: 0 },
      ]),
    );
    const [row] = await store.read<{ events: number; accounts: number }>(
      'SELECT COUNT(*) AS events, COUNT(DISTINCT account_id) AS accounts FROM scout_events',
    );
    expect(row).toEqual({ events: 2400, accounts: 6 });
  });

  test('a write beside a transaction that rolls back is kept', async () => {
    await record(store, scan(0, 0));
    const { events } = await listEvents(store, { organizationId: 'default' }, { limit: 300 });
    const controller = new AbortController();
    async function* abortedAtTheEnd() {
      yield* observe(scan(1, 50));
      controller.abort(new Error('cancelled'));
    }
    const [aborted, marked] = await Promise.allSettled([
      persistScan(store, abortedAtTheEnd(), INPUT, workContext(controller.signal)),
      markNotified(
        store,
        'default',
        events.map(({ id }) => id),
        null,
      ),
    ]);
    expect(aborted.status).toBe('rejected');
    expect(marked).toEqual({ status: 'fulfilled', value: 300 });
    const { events: after } = await listEvents(store, { organizationId: 'default' }, { limit: 1000 });
    expect(after.filter(({ notified }) => notified)).toHaveLength(300);
    expect(after).toHaveLength(300);
  });

  test('readers see a scan whole or not at all', async () => {
    await record(store, scan(0, 0));
    const seen = new Set<number>();
    const state = { writing: true };
    const writing = record(store, scan(1, 300, { services: [{ service: 'sns' }] })).finally(() => {
      state.writing = false;
    });
    while (state.writing) {
      const [row] = await store.read<{ count: number }>('SELECT COUNT(*) AS count FROM scout_events');
      seen.add(Number(row?.count));
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    await writing;
    expect([...seen].filter((count) => count !== 300 && count !== 600)).toEqual([]);
  });

  test('reading one scan keeps no other from being stored', async () => {
    const other = scan(0, 0, { accountId: '222222222222' });
    async function* waitingForTheOther() {
      for await (const observation of observe(scan(0, 0))) {
        yield observation;
        if (observation.kind === 'scan') await record(store, other);
      }
    }
    const { events } = await persistScan(store, waitingForTheOther(), INPUT, workContext());
    expect(events.new).toBe(300);
  });

  test('between two chunks of a large scan, others are stored and find a scan that is being recorded', async () => {
    const ended: string[] = [];
    const large = scan(0, 0);
    const seen: unknown[] = [];
    const merging = watchedProgress(async (line) => {
      if (line !== 'storing events: 33 %') return;
      const { scans } = await listScans(store, { organizationId: 'default' }, { limit: 1 });
      seen.push(scans.map(({ status, completedAt }) => ({ status, completedAt })));
      await record(store, scan(0, 0, { accountId: '222222222222' }));
      ended.push('small');
    });
    await persistScan(store, observe(large), INPUT, { ...workContext(), onProgress: merging.onProgress }, 3);
    ended.push('large');
    await merging.done();
    expect(ended).toEqual(['small', 'large']);
    expect(seen).toEqual([[{ status: 'recording', completedAt: null }]]);
  });

  test('a scan that was left half merged is superseded by a newer one, and changes nothing of it', async () => {
    const left = scan(0, 0);
    const controller = new AbortController();
    const onProgress = (line: string): void => {
      if (line === 'storing events: 50 %') controller.abort(new Error('killed'));
    };
    const context = { ...workContext(controller.signal), onProgress };
    await expect(persistScan(store, observe(left), INPUT, context, 50)).rejects.toThrow('killed');
    await record(store, scan(1, 100));
    const events =
      'SELECT event_hash, last_seen, resolved_at, times_reopened FROM scout_events ORDER BY event_hash';
    const before = await store.read(events);
    const outcome = await record(store, left);
    expect(outcome).toMatchObject({ status: 'superseded', events: { total: 300, new: 0, still: 0 } });
    expect(await store.read(events)).toEqual(before);
  });

  test('more scans than there are connections are stored all the same', async () => {
    const few = await openStore(
      { ...database.config, database: { ...database.config.database, poolSize: 2 } },
      silent,
    );
    try {
      const accounts = ['1', '2', '3', '4', '5', '6'].map((digit) => digit.repeat(12));
      const outcomes = await Promise.all(
        accounts.map((accountId) =>
          persistScan(few, observe(scan(0, 0, { accountId })), INPUT, workContext(), 50),
        ),
      );
      expect(outcomes.map(({ events }) => events.new)).toEqual(accounts.map(() => 300));
    } finally {
      await few.close();
    }
  });

  test('processes that store the same scan at once arrive where one does', async () => {
    const [first, second] = [scan(0, 0), scan(1, 100)];
    await record(store, first);
    const input = JSON.stringify({ config: database.config, scan: second });
    const children = await Promise.all(
      [1, 2, 3].map(() => runNode('test/support/persist-process.ts', input)),
    );
    expect(children.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
      children.map(() => ({ exitCode: 0, stderr: '' })),
    );
    const outcomes = children.map(({ stdout }) => JSON.parse(stdout.split('\n')[1] ?? '') as ScanOutcome);
    expect(new Set(outcomes.map(({ scanId }) => scanId)).size).toBe(1);
    expect(outcomes.map(({ status }) => status)).toContain('recorded');

    const alone = createDatabase(kind);
    try {
      const undisturbed = await alone.open();
      await record(undisturbed, first);
      await record(undisturbed, second);
      expect(await contents(store)).toEqual(await contents(undisturbed));
    } finally {
      await alone.remove();
    }
  });
});

/** Calls `work` with every line of progress; `done` waits for all of it. */
function watchedProgress(work: (line: string) => Promise<void>) {
  const working: Promise<void>[] = [];
  return {
    onProgress: (line: string): void => void working.push(work(line)),
    done: () => Promise.all(working),
  };
}

describe('the gate', () => {
  test('lets work through one at a time, in order, also past a failure', async () => {
    const gate = new Semaphore();
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (name === 'b') throw new Error('b failed');
      return name;
    };
    const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => gate.run(work(name))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('lets as many through at a time as it has places', async () => {
    const gate = new Semaphore(2);
    const working = new Set<string>();
    const atOnce: string[] = [];
    const work = (name: string) => async () => {
      working.add(name);
      await Promise.resolve();
      atOnce.push([...working].join(''));
      working.delete(name);
    };
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => gate.run(work(name))));
    expect(atOnce.map((names) => names.length)).not.toContain(3);
    expect(atOnce).toContain('ab');
    expect(working.size).toBe(0);
  });
});

test('a scan that is overtaken while it resolves goes no further', async () => {
  const database = createDatabase('sqlite');
  try {
    const [store, other] = [await database.open(), await database.open()];
    await record(store, scan(0, 0));
    const { scanId } = await persistScan(store, observe(scan(1, 100)), INPUT, workContext());
    let overtaking: Promise<number> | undefined;
    const context = { ...workContext(), onProgress: () => void (overtaking ??= overtake(other, scanId)) };
    const { events } = await resolveEvents(store, scanId, context, 1);
    expect(events.resolved).toBe(await overtaking);
    expect(events.resolved).toBeLessThan(100);
  } finally {
    await database.remove();
  }
});

/** Begins to store a newer scan, which has not seen any event yet; tells how many events were resolved by then. */
async function overtake(store: Store, scanId: number): Promise<number> {
  const { signal } = new AbortController();
  return store.session((session) =>
    inTransaction(store, session, signal, async () => {
      const all = await session.query<{ name: string }>('PRAGMA table_info(scout_scans)');
      const columns = all.map(({ name }) => name).filter((name) => !['id', 'scan_time'].includes(name));
      await session.execute(
        `INSERT INTO scout_scans (scan_time, ${columns.join(', ')}) ` +
          `SELECT datetime(scan_time, '+1 day') || '.000', ${columns.join(', ')} FROM scout_scans WHERE id = ?`,
        [scanId],
      );
      const resolved = await session.query('SELECT id FROM scout_events WHERE resolved_at IS NOT NULL');
      return resolved.length;
    }),
  );
}
