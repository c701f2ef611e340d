import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/database/store.ts';
import { unconfirmedEvents } from '../../../src/store/events/unconfirmed.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { newestScans } from '../../../src/store/scans/scan-details.ts';
import { listScanFailures, recordScanFailure } from '../../../src/store/scans/scan-failures.ts';
import { at, observe } from '../../support/observations.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const failed = {
  targetKind: 'aws-profile',
  targetName: 'production',
  source: 'scoutsuite',
  stage: 'scan',
  failure: { type: 'credentials', message: 'cannot sign in', remedy: 'Look at the profile.' },
} as const;

describe.each(DATABASES)('what is not known of an account, in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterAll(() => database.remove());

  const fail = (runId: string, minute: number, change = {}) =>
    recordScanFailure(
      store,
      'default',
      { ...failed, ...change, runId },
      workContext().signal,
      new Date(at(minute)),
    );

  test('failures of a run count once, and of its target until a scan of it is complete', async () => {
    await fail('run-1', 1);
    await fail('run-1', 2);
    await fail('run-2', 3, { stage: 'parse' });
    await fail('run-2', 3, { targetName: 'staging' });
    expect(await listScanFailures(store, 'default')).toEqual([
      {
        ...failed,
        stage: 'parse',
        runId: 'run-2',
        times: 2,
        firstFailedAt: at(1),
        lastFailedAt: at(3),
      },
      {
        ...failed,
        targetName: 'staging',
        runId: 'run-2',
        times: 1,
        firstFailedAt: at(3),
        lastFailedAt: at(3),
      },
    ]);
    expect(await listScanFailures(store, 'another organisation')).toEqual([]);
    const { scanId } = await persistScan(
      store,
      observe({ scanTime: at(0), events: [] }),
      INPUT,
      workContext(),
    );
    await resolveEvents(store, scanId, workContext());
    const left = await listScanFailures(store, 'default');
    expect(left.map(({ targetName }) => targetName)).toEqual(['staging']);
  });

  test('open events that the newest scan could not confirm are told by service', async () => {
    const scans = [
      { scanTime: at(10), events: [{ resourceId: 'sg-1' }, { service: 's3', resourceId: 'bucket' }] },
      { scanTime: at(11), events: [{ resourceId: 'sg-2' }, { service: 's3', resourceId: 'bucket' }] },
      { scanTime: at(12), events: [{ service: 's3', resourceId: 'bucket' }] },
    ];
    for (const [index, scan] of scans.entries()) {
      const services = index === 0 ? ['ec2', 's3'] : ['s3'];
      const made = { ...scan, services: services.map((service) => ({ service })) };
      const { scanId } = await persistScan(store, observe(made), INPUT, workContext());
      await resolveEvents(store, scanId, workContext());
    }
    const [scan] = await newestScans(store, 'default');
    expect(scan?.scanTime).toBe(at(12));
    expect(scan && (await unconfirmedEvents(store, scan))).toEqual([
      { service: 'ec2', events: 2, oldest: at(10) },
    ]);
  });
});
