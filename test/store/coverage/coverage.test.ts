import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  correctMapping,
  listCorrections,
  removeCorrection,
} from '../../../src/store/coverage/corrections.ts';
import { coverageHistory, readCoverage, readHistory } from '../../../src/store/coverage/coverage.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { persistScan } from '../../../src/store/scans/persist.ts';
import { resolveEvents } from '../../../src/store/scans/resolve.ts';
import { withdrawScan } from '../../../src/store/scans/withdraw.ts';
import { madeUpDetection, observeCoverage } from '../../support/coverage.ts';
import { at } from '../../support/observations.ts';
import { INPUT } from '../../support/scan-input.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const FILTER = { organizationId: 'default' };

describe.each(DATABASES)('coverage in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;
  const scanned: number[] = [];

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
    for (const [minute, health] of [
      [1, 'healthy'],
      [2, 'broken'],
    ] as const) {
      const detections = [
        madeUpDetection({ health }),
        madeUpDetection({ id: 'arn:ø', name: '名'.repeat(2000) }),
      ];
      const input = { ...INPUT, resultsSha256: String(minute).repeat(64) };
      const { scanId } = await persistScan(
        store,
        observeCoverage(at(minute), detections),
        input,
        workContext(),
      );
      await resolveEvents(store, scanId, workContext());
      scanned.push(scanId);
    }
  });
  afterAll(() => database.remove());

  it('gives what the newest scan has found, as it was', async () => {
    const [account, ...others] = await readCoverage(store, FILTER);
    expect(others).toEqual([]);
    expect(account).toMatchObject({ scanTime: at(2), servicesUnknown: ['RDS'], provider: 'aws' });
    expect(account?.detections[0]).toEqual(madeUpDetection({ health: 'broken' }));
    expect(account?.detections[1]?.id).toBe('arn:ø');
  });

  it('gives what was found before a time, and the figures of each scan', async () => {
    const [account] = await readCoverage(store, { ...FILTER, before: at(2) });
    expect(account?.detections[0]?.health).toBe('healthy');
    expect(await coverageHistory(store, FILTER, at(0))).toMatchObject([
      { scanTime: at(1), figures: { covered: 1 } },
      { scanTime: at(2) },
    ]);
  });

  it.each([
    ['what was there before', at(2), [1]],
    ['an account that was first looked at within the time', at(0), [0, 1]],
  ])('gives what has changed since, of %s', async (_, since, scans) => {
    const { before, now, states } = await readHistory(store, FILTER, since);
    expect([before, now].map((accounts) => accounts.map(({ scanTime }) => scanTime))).toEqual([
      [at(1)],
      [at(2)],
    ]);
    expect(before[0]?.detections).toHaveLength(2);
    const detectionId = madeUpDetection().id;
    expect(states.toSorted((one, other) => one.scanId - other.scanId)).toEqual(
      scans.map((index) => ({
        scanId: scanned[index],
        detectionId,
        health: index === 0 ? 'healthy' : 'broken',
      })),
    );
    expect((await readHistory(store, { organizationId: 'other' }, since)).now).toEqual([]);
  });

  it('keeps to the organisation and to the accounts', async () => {
    expect(await readCoverage(store, { organizationId: 'other' })).toEqual([]);
    expect(await readCoverage(store, { ...FILTER, accountIds: ['999999999999'] })).toEqual([]);
  });

  it('keeps corrections, of which the last word holds', async () => {
    const said = { detectionId: madeUpDetection().id, techniqueId: 'T1485', reason: 'noise', by: 'kim' };
    await correctMapping(store, 'default', { ...said, covers: true });
    await correctMapping(store, 'default', { ...said, covers: false });
    expect(await listCorrections(store, 'default')).toMatchObject([{ ...said, covers: false }]);
    expect(await listCorrections(store, 'other')).toEqual([]);
    await removeCorrection(store, 'default', said);
    await expect(removeCorrection(store, 'default', said)).rejects.toThrow('Nobody has corrected');
  });

  it('goes with a scan that is taken back', async () => {
    await withdrawScan(store, 'default', scanned[1] as number, workContext());
    const [account] = await readCoverage(store, FILTER);
    expect(account).toMatchObject({ scanTime: at(1), scanId: scanned[0] });
    expect(account?.detections[0]?.health).toBe('healthy');
  });
});
