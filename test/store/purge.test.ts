import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VedetteError } from '../../src/errors.ts';
import type { PurgedAccount } from '../../src/model/purge.ts';
import type { Store } from '../../src/store/database/store.ts';
import { purgeStore } from '../../src/store/purge.ts';
import type { PurgeScope } from '../../src/store/purge.ts';
import { persistScan } from '../../src/store/scans/persist.ts';
import { resolveEvents } from '../../src/store/scans/resolve.ts';
import { contents, contentsOf, watched } from '../support/contents.ts';
import { ACCOUNT, at, observe } from '../support/observations.ts';
import type { MadeUpScan } from '../support/observations.ts';
import { INPUT } from '../support/scan-input.ts';
import { addOrganizations, createDatabase, DATABASES, openKiller, workContext } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

const OTHER = '222222222222';

describe.each(DATABASES)('purge on %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(async () => database.remove());

  async function scan(made: MadeUpScan, organizationId = INPUT.organizationId): Promise<void> {
    const input = { ...INPUT, organizationId };
    const { scanId } = await persistScan(store, observe(made), input, workContext());
    await resolveEvents(store, scanId, workContext());
  }

  const purge = (scope: Partial<PurgeScope>, on: Store = store) =>
    purgeStore(on, { organizationId: 'default', before: at(25), dryRun: false, ...scope }, workContext());

  /** Two accounts. In the first one `sg-1` is resolved at 20, `sg-2` at 30, and `sg-3` stays. */
  async function history(): Promise<void> {
    const [one, two, three] = [{ resourceId: 'sg-1' }, { resourceId: 'sg-2' }, { resourceId: 'sg-3' }];
    const check = { services: [{ service: 'ec2' }], checks: ['ec2/ec2-open-port'] };
    await scan({ scanTime: at(10), events: [one, two, three] });
    await scan({ scanTime: at(20), events: [two, three], ...check });
    await scan({ scanTime: at(30), events: [three], ...check });
    await scan({ scanTime: at(10), accountId: OTHER, events: [one] });
    await scan({ scanTime: at(11), accountId: OTHER, events: [], ...check });
  }

  const resources = async () =>
    (
      await store.read<{ account_id: string; resource_id: string }>(
        'SELECT account_id, resource_id FROM scout_events ORDER BY account_id, resource_id',
      )
    ).map((row) => `${row.account_id}/${row.resource_id}`);

  const links = async () =>
    (
      await store.read<{ scan_time: string; resource_id: string }>(
        'SELECT s.scan_time, e.resource_id FROM scout_event_findings l JOIN scout_scans s ON s.id = l.scan_id ' +
          `JOIN scout_events e ON e.id = l.event_id WHERE s.account_id = ${ACCOUNT} ORDER BY s.scan_time, e.resource_id`,
      )
    ).map((row) => `${row.scan_time.slice(14, 16)}/${row.resource_id}`);

  test('removes old resolved events and links of old scans, and nothing else', async () => {
    await history();
    const { scans, findings } = await contents(store);

    expect(await purge({})).toEqual({
      before: at(25),
      dryRun: false,
      events: 2,
      links: 6,
      accounts: [
        { accountId: ACCOUNT, source: 'scoutsuite', events: 1, links: 5 },
        { accountId: OTHER, source: 'scoutsuite', events: 1, links: 1 },
      ],
    });
    expect(await resources()).toEqual([`${ACCOUNT}/sg-2`, `${ACCOUNT}/sg-3`]);
    expect(await links()).toEqual(['30/sg-3']);
    const after = await contents(store);
    expect(after['scans']).toEqual(scans);
    expect(after['findings']).toEqual(findings);
  });

  test('tells in advance what it would remove', async () => {
    await history();
    const before = await contents(store);
    const announced = await purge({ dryRun: true });
    expect(await contents(store)).toEqual(before);
    expect(await purge({})).toEqual({ ...announced, dryRun: false });
  });

  test('removes nothing the second time', async () => {
    await history();
    await purge({});
    const once = await contents(store);
    expect(await purge({})).toMatchObject({ events: 0, links: 0, accounts: [] });
    expect(await contents(store)).toEqual(once);
  });

  test('the newest scan of each account and source keeps its links, however old it is', async () => {
    await scan({ scanTime: at(1), events: [{ resourceId: 'sg-1' }] });
    await scan({ scanTime: at(2), events: [{ resourceId: 'sg-1' }] });
    await scan({ scanTime: at(1), source: 'checks', events: [{ resourceId: 'sg-1' }] });
    expect(await purge({ before: at(1000) })).toMatchObject({ events: 0, links: 1 });
    expect(await links()).toEqual(['01/sg-1', '02/sg-1']);
  });

  test('leaves other organisations alone', async () => {
    await history();
    const before = await contents(store);
    expect(await purge({ organizationId: 'another' })).toMatchObject({ events: 0, links: 0 });
    expect(await contents(store)).toEqual(before);
  });

  test('an event that was removed and is found again is new, without anything left of the old one', async () => {
    await history();
    await purge({});
    const { scanId: _, ...outcome } = await persistScan(
      store,
      observe({ scanTime: at(40), events: [{ resourceId: 'sg-1' }, { resourceId: 'sg-2' }] }),
      INPUT,
      workContext(),
    );
    expect(outcome.events).toMatchObject({ new: 1, reopened: 1 });
  });

  test('events that come back while they are being removed are not lost', async () => {
    const many = Array.from({ length: 1500 }, (_, index) => ({ resourceId: `sg-${index}` }));
    const nothing = { events: [], services: [{ service: 'ec2' }], checks: ['ec2/ec2-open-port'] };
    await scan({ scanTime: at(1), events: many });
    await scan({ scanTime: at(2), ...nothing });
    const other = await database.open();
    let purging: Promise<unknown> = Promise.resolve();
    const interfering: Store = {
      ...store,
      sessions: (work) =>
        store.sessions(([session, ...others]) =>
          work([
            {
              ...session,
              async execute(sql, values) {
                // The scan holds the lock of its account by now.
                if (sql.startsWith('INSERT INTO scout_scans')) {
                  purging = purge({}, other);
                  await sleep(300);
                }
                return session.execute(sql, values);
              },
            },
            ...others,
          ]),
        ),
    };
    const back = observe({ scanTime: at(40), events: many });
    await persistScan(interfering, back, INPUT, workContext());
    await purging;
    const [row] = await store.read<{ total: unknown }>(
      'SELECT COUNT(*) AS total FROM scout_events e JOIN scout_event_findings l ON l.event_id = e.id ' +
        'JOIN scout_scans s ON s.id = l.scan_id AND s.id = e.last_scan_id WHERE e.resolved_at IS NULL',
    );
    expect(Number(row?.total)).toBe(1500);
  });

  test('interrupted between two statements, it goes on where it was', async () => {
    await history();
    const untouched = await contents(store);
    const interrupted = watched(store, (statement) => {
      if (statement === 12) throw new Error('power cut');
    });
    await expect(purge({}, interrupted)).rejects.toThrow('power cut');
    const half = await contents(store);
    expect(half).not.toEqual(untouched);
    await purge({});
    expect(await resources()).toEqual([`${ACCOUNT}/sg-2`, `${ACCOUNT}/sg-3`]);
    expect(await links()).toEqual(['30/sg-3']);
  });

  test('ended before any statement, it goes on where it was', async () => {
    const killer = kind === 'sqlite' ? null : await openKiller(kind);
    const short = async (organizationId: string): Promise<void> => {
      await addOrganizations(store, organizationId);
      await scan(
        { scanTime: at(10), events: [{ resourceId: 'sg-1' }, { resourceId: 'sg-2' }] },
        organizationId,
      );
      const check = { services: [{ service: 'ec2' }], checks: ['ec2/ec2-open-port'] };
      await scan({ scanTime: at(20), events: [{ resourceId: 'sg-2' }], ...check }, organizationId);
    };
    await short('undisturbed');
    let statements = 0;
    await purge(
      { organizationId: 'undisturbed' },
      watched(store, (statement) => {
        statements = statement;
      }),
    );
    expect(statements).toBeGreaterThan(5);
    const expected = await contentsOf(store, 'undisturbed');
    for (let ended = 1; ended <= statements; ended += 1) {
      const organizationId = `org-${ended}`;
      await short(organizationId);
      const ending = watched(store, async (statement, session) => {
        if (statement !== ended) return;
        if (killer === null) throw new VedetteError('database-unreachable', 'A power cut.');
        await killer.kill(session);
      });
      await expect(purge({ organizationId }, ending)).rejects.toMatchObject({ type: 'database-unreachable' });
      await purge({ organizationId });
      expect(await contentsOf(store, organizationId)).toEqual(expected);
    }
    await killer?.close();
  });

  test('an attempt that goes on counts what the one before has removed', async () => {
    await history();
    const whole = await purge({ dryRun: true });
    const interrupted = watched(store, (statement) => {
      if (statement === 12) throw new Error('power cut');
    });
    let found: readonly PurgedAccount[] | undefined;
    const scope = { organizationId: 'default', before: at(25), dryRun: false };
    const attempt = (on: Store) =>
      purgeStore(on, scope, workContext(), { found, keep: (value) => (found = value) });
    await expect(attempt(interrupted)).rejects.toThrow('power cut');
    expect((await purge({ dryRun: true })).links).toBeLessThan(whole.links);

    expect(await attempt(store)).toEqual({ ...whole, dryRun: false });
    // One that was given up when all was done.
    expect(await attempt(store)).toEqual({ ...whole, dryRun: false });
  });

  test('removes more than one batch of rows', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => ({ resourceId: `sg-${index}` }));
    await scan({ scanTime: at(1), events: many });
    await scan({
      scanTime: at(2),
      events: [],
      services: [{ service: 'ec2' }],
      checks: ['ec2/ec2-open-port'],
    });
    expect(await purge({})).toMatchObject({ events: 2500, links: 2500 });
    expect(await resources()).toEqual([]);
  });
});
