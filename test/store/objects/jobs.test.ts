import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ObjectLedger, ObjectOutcome } from '../../../src/model/object-ledger.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { getJob, jobBook, jobObjects, listJobs } from '../../../src/store/objects/jobs.ts';
import { objectLedger } from '../../../src/store/objects/ledger.ts';
import { allResults, listResults, rankBuckets } from '../../../src/store/objects/results.ts';
import { createDatabase, DATABASES, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';

const DETECTORS = 'd'.repeat(64);
const STRANGE = ['A B+c%25', 'a b+c%25', '/x', '.y', '日本', '😀', 'trailing '];

function outcome(key: string, change: Partial<ObjectOutcome> = {}): ObjectOutcome {
  const finding = {
    detector: 'ssn',
    byteOffset: 5_000_000_000,
    length: 11,
    member: null,
    maskedMatch: 'XXX-XX-6789',
    context: 'ssn XXX-XX-6789',
  };
  return {
    key,
    etag: '"1"',
    status: 'succeeded',
    reason: null,
    matches: { ssn: 1 },
    isKnown: false,
    bytes: 10,
    findings: [finding],
    ...change,
  };
}

describe.each(DATABASES)('jobs of buckets, in %s', (kind) => {
  let database: TestDatabase;
  let store: Store;

  beforeAll(async () => {
    database = createDatabase(kind);
    store = await database.open();
  });
  afterAll(() => database.remove());

  const ledgerOf = (jobId: string): ObjectLedger =>
    objectLedger(async () => store, 'default', jobId, workContext().signal);
  const job = { job_id: 'run-1', account: 'prod', bucket: 'data', prefix: '', detectors: ['ssn'] };

  test('a job is counted batch by batch, however often a batch is told', async () => {
    await jobBook(store, 'default').add(job);
    expect(await getJob(store, 'default', 'run-1')).toMatchObject({
      status: 'queued',
      total_objects: 0,
      progress_percent: 0,
    });
    const ledger = ledgerOf('run-1');
    await ledger.begin({ account: 'prod', bucket: 'data', prefix: '', detectors: ['ssn'] });
    await ledger.planned([
      { name: 'a', objects: STRANGE.length },
      { name: 'b', objects: 4 },
      { name: 'c', objects: 5 },
    ]);
    await ledger.started('b');
    const failures = [
      outcome('bad', { status: 'failed', reason: 'cut off', matches: {}, findings: [] }),
      outcome('cold', { status: 'skipped', reason: 'GLACIER', matches: {}, findings: [] }),
    ];
    for (let times = 0; times < 2; times += 1) {
      await ledger.planned([{ name: 'a', objects: STRANGE.length }]);
      await ledger.record(
        'a',
        'data',
        DETECTORS,
        STRANGE.map((key) => outcome(key)),
      );
    }
    expect(await getJob(store, 'default', 'run-1')).toMatchObject({
      status: 'processing',
      total_objects: 16,
      succeeded: 7,
      processing: 4,
      queued: 5,
      total_findings: 7,
      bytes: 70,
      progress_percent: 43.75,
    });
    await ledger.record('b', 'data', DETECTORS, [...failures, outcome('x'), outcome('y')]);
    await ledger.record('c', 'data', DETECTORS, []);
    expect(await getJob(store, 'default', 'run-1')).toMatchObject({
      total_objects: 11,
      succeeded: 9,
      failed: 1,
      skipped: 1,
      progress_percent: 100,
    });
    const objects = [];
    for await (const object of jobObjects(store, 'default', 'run-1', undefined)) objects.push(object);
    expect(objects).toEqual([
      { key: 'bad', status: 'failed', reason: 'cut off' },
      { key: 'cold', status: 'skipped', reason: 'GLACIER' },
    ]);
    expect(await ledger.failed('run-1', '', 10)).toEqual(['bad']);
    expect(await listJobs(store, 'other', 10)).toEqual([]);
    await expect(getJob(store, 'other', 'run-1')).rejects.toThrow('There is no job run-1.');
  });

  test('results are by descending id, in pages, each place once', async () => {
    const page = await listResults(store, 'default', {}, { limit: 4 });
    expect(page).toMatchObject({ total: 9 });
    expect(page.findings.map(({ id }) => id)).toEqual(
      page.findings.map(({ id }) => id).toSorted((one, other) => other - one),
    );
    expect(page.findings[0]).toMatchObject({
      job_id: 'run-1',
      bucket: 'data',
      byte_offset: 5_000_000_000,
      masked_match: 'XXX-XX-6789',
    });
    const next = await listResults(store, 'default', {}, { limit: 50, cursor: page.nextCursor as number });
    expect(next.findings).toHaveLength(5);
    expect(next.nextCursor).toBeNull();
    const all = [];
    for await (const finding of allResults(store, 'default', {})) all.push(finding);
    expect(all).toEqual([...page.findings, ...next.findings]);
    const keys = async (key: string) =>
      (await listResults(store, 'default', { key }, { limit: 50 })).findings.map((one) => one.key);
    expect(await keys('A B')).toEqual(['A B+c%25']);
    expect(await keys('😀')).toEqual(['😀']);
    expect(await keys('%')).toEqual([]);
    expect((await listResults(store, 'other', {}, { limit: 5 })).total).toBe(0);
    expect(await rankBuckets(store, 'default')).toEqual([
      { bucket: 'data', findings: 9, objects: 9, detectors: { ssn: 9 } },
    ]);
  });

  test('what was scanned whole with the same detectors is known by its ETag', async () => {
    const ledger = ledgerOf('run-2');
    const ask = async (etag: string, detectors = DETECTORS) => [
      ...(
        await ledger.known(
          'data',
          ['bad', ...STRANGE].map((key) => ({ key, etag })),
          detectors,
        )
      ).keys(),
    ];
    expect((await ask('"1"')).toSorted()).toEqual(STRANGE.toSorted());
    expect(await ask('"2"')).toEqual([]);
    expect(await ask('"1"', 'e'.repeat(64))).toEqual([]);
    await ledger.record('a', 'data', DETECTORS, [outcome('x', { etag: '"2"' })]);
    expect((await listResults(store, 'default', { key: 'x' }, { limit: 5 })).total).toBe(2);
  });

  test('a job that has ended stays so', async () => {
    await jobBook(store, 'default').end('run-1', 'failed', 'no bucket');
    await jobBook(store, 'default').end('run-1', 'cancelled', null);
    expect(await getJob(store, 'default', 'run-1')).toMatchObject({ status: 'failed', reason: 'no bucket' });
  });
});
