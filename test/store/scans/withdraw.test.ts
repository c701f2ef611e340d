import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { silent } from '../../../src/log.ts';
import type { ScanOutcome } from '../../../src/model/scan.ts';
import { listAudit } from '../../../src/store/access/audit.ts';
import { openMigratedStore } from '../../../src/store/database/open.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { listEvents } from '../../../src/store/events/events.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { listScans } from '../../../src/store/scans/scans.ts';
import { withdrawScan } from '../../../src/store/scans/withdraw.ts';
import { contents } from '../../support/contents.ts';
import { at, observe } from '../../support/observations.ts';
import type { MadeUpScan } from '../../support/observations.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const ALL = { organizationId: 'default' };

async function record(store: Store, scan: MadeUpScan): Promise<ScanOutcome & { scanId: number }> {
  const persisted = await persistScan(store, observe(scan), INPUT, workContext());
  if (persisted.status === 'duplicate') return persisted;
  return { ...(await resolveEvents(store, persisted.scanId, workContext())), scanId: persisted.scanId };
}

async function clear(store: Store): Promise<void> {
  await store.session(async ({ execute }) => {
    for (const table of ['scout_events', 'scout_scans', 'vedette_event_counts'])
      await execute(`DELETE FROM ${table}`);
  });
}

describe.each(DATABASES)('a scan that is withdrawn on %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterEach(() => database.remove());

  const withdraw = (scanId: number) => withdrawScan(store, 'default', scanId, workContext());

  async function statuses() {
    const { events } = await listEvents(store, ALL, { limit: 100 });
    return Object.fromEntries(events.map(({ resourceId, status }) => [resourceId, status]));
  }

  test('leaves what the other scans say: what it resolved is active, what it alone saw is gone', async () => {
    const checks = ['ec2/ec2-open-port'];
    await record(store, {
      scanTime: at(0),
      checks,
      events: [{ resourceId: 'fixed' }, { resourceId: 'stays' }],
    });
    const wrong = await record(store, {
      scanTime: at(1),
      checks,
      events: [{ resourceId: 'only' }, { resourceId: 'stays' }],
    });
    expect(await statuses()).toEqual({ fixed: 'resolved', stays: 'active', only: 'active' });
    expect(await withdraw(wrong.scanId)).toMatchObject({
      events: { removed: 1, changed: 2, active: 1 },
      setAside: [],
    });
    expect(await statuses()).toEqual({ fixed: 'active', stays: 'active' });
    await expect(withdraw(wrong.scanId)).rejects.toMatchObject({ type: 'not-found' });
  });

  /**
   * What a withdrawn scan leaves: not ids, nor how an event was described, nor who was told. Scans that were older than it
   * when they came stay set aside until they are imported again, which is done here. And what it made known, and a scan that
   * came late has seen too, stays known: that is left out here.
   */
  test('is as if it had never been', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const scan = fc.record({
      seen: fc.subarray(names),
      resources: fc.constantFrom(0, 3, 3),
      covers: fc.constantFrom(true, true, false),
      regions: fc.constantFrom(['eu-west-1'], ['us-east-1']),
    });
    const madeUp = (
      minute: number,
      { seen, resources, covers, regions }: typeof scan extends fc.Arbitrary<infer T> ? T : never,
    ): MadeUpScan => ({
      scanTime: at(minute),
      services: [
        { service: 'iam' },
        ...(covers || seen.length > 0 ? [{ service: 'ec2', resources, regions }] : []),
      ],
      checks: ['ec2/ec2-open-port', 'iam/other'],
      events: seen.map((resourceId) => ({ resourceId })),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(scan, scan, scan, scan),
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        fc.nat(3),
        async (scans, order, withdrawn) => {
          const all = scans.map((one, minute) => madeUp(minute, one));
          const rest = order.filter((index) => index !== withdrawn);
          const late = rest.filter(
            (index) => order.indexOf(index) > order.indexOf(withdrawn) && index < withdrawn,
          );
          // Of those that were set aside, only the newest can be stored in full.
          fc.pre(late.every((index) => index === Math.max(...rest)));
          const seenBy = (index: number) => scans[index]?.seen ?? [];
          const cameLate = rest.filter((index, place) => rest.slice(0, place).some((other) => other > index));
          fc.pre(!cameLate.some((index) => seenBy(index).some((name) => seenBy(withdrawn).includes(name))));
          const known = (index: number) => all[index] as MadeUpScan;
          await clear(store);
          const ids = new Map<number, number>();
          for (const index of order) ids.set(index, (await record(store, known(index))).scanId);
          const { setAside } = await withdraw(ids.get(withdrawn) ?? 0);
          const again = order.filter((index) => setAside.includes(ids.get(index) ?? 0));
          for (const index of again) await record(store, known(index));
          const left = await contents(store);

          await clear(store);
          for (const index of [...rest.filter((one) => !again.includes(one)), ...again])
            await record(store, known(index));
          expect(comparable(left)).toEqual(comparable(await contents(store)));
        },
      ),
      { numRuns: kind === 'sqlite' ? 60 : 15 },
    );
  });

  test('was dated in the future by a version before: it goes when the database is opened, and that is told', async () => {
    const ahead = await record(store, {
      scanTime: at(0),
      events: [{ resourceId: 'only' }, { resourceId: 'both' }],
    });
    await store.session(async ({ execute }) => {
      await execute("UPDATE scout_scans SET scan_time = '2999-01-01 00:00:00.000'");
      await execute(
        "UPDATE scout_events SET first_seen = '2999-01-01 00:00:00.000', last_seen = '2999-01-01 00:00:00.000'",
      );
    });
    const right = { scanTime: at(1), events: [{ resourceId: 'both' }, { resourceId: 'missed' }] };
    expect(await record(store, right)).toMatchObject({ status: 'superseded' });

    await (await openMigratedStore(database.config, silent)).close();
    expect((await listScans(store, ALL, { limit: 10 })).scans.map(({ scanId }) => scanId)).not.toContain(
      ahead.scanId,
    );
    const { entries } = await listAudit(store, 'default', { limit: 10 });
    expect(entries[0]).toMatchObject({
      actor: 'vedette',
      action: 'scans.withdraw',
      target: `scans/${ahead.scanId}`,
      outcome: 'done',
    });
    // Its results are imported again, and now they are those of the newest scan.
    expect(await record(store, right)).toMatchObject({ status: 'recorded', events: { new: 2 } });
    expect(await statuses()).toEqual({ both: 'active', missed: 'active' });
  });

  test('cannot be taken back when a purge has removed what it saw', async () => {
    const { scanId } = await record(store, { scanTime: at(0), events: [{}] });
    await record(store, { scanTime: at(1), events: [{}] });
    await store.session(({ execute }) =>
      execute('DELETE FROM scout_event_findings WHERE scan_id = ?', [scanId]),
    );
    await expect(withdraw(scanId)).rejects.toMatchObject({ type: 'usage' });
  });
});

/** Without what a withdrawn scan leaves behind, as documented. */
function comparable(all: Awaited<ReturnType<typeof contents>>) {
  const without = (rows: unknown[], ...names: string[]) =>
    rows.map((row) =>
      Object.fromEntries(Object.entries(row as object).filter(([name]) => !names.includes(name))),
    );
  return {
    ...all,
    events: without(all['events'] ?? [], 'details', 'notified'),
    scans: without(all['scans'] ?? [], 'warnings'),
  };
}
