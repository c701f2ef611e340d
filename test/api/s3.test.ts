import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { jobBook } from '../../src/store/objects/jobs.ts';
import { objectLedger } from '../../src/store/objects/ledger.ts';
import { createApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createDatabase, workContext } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = createDatabase('sqlite');
  const store = await database.open();
  await jobBook(store, 'default').add({
    job_id: 'run-1',
    account: 'prod',
    bucket: 'data',
    prefix: 'docs/',
    detectors: ['ssn'],
  });
  const ledger = objectLedger(async () => store, 'default', 'run-1', workContext().signal);
  const findings = Array.from({ length: 7 }, (_, index) => ({
    detector: 'ssn',
    byteOffset: index * 20,
    length: 11,
    member: index === 0 ? '=cmd' : null,
    maskedMatch: 'XXX-XX-6789',
    context: 'is XXX-XX-6789',
  }));
  const clean = { etag: '"e"', isKnown: false, bytes: 200, matches: { ssn: 7 }, findings };
  await ledger.planned([{ name: 'a', objects: 2 }]);
  await ledger.record('a', 'data', 'd', [
    { ...clean, key: 'docs/a.txt', status: 'succeeded', reason: null },
    { ...clean, key: 'docs/b.gz', status: 'failed', reason: 'cut off', matches: {}, findings: [] },
  ]);
  api = await createApi({ config: database.config, store });
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

test('a job has the documented names, and others', async () => {
  const { json } = await api.get('/s3/jobs/run-1');
  expect(json).toMatchObject({
    job_id: 'run-1',
    bucket: 'data',
    prefix: 'docs/',
    status: 'queued',
    total_objects: 2,
    queued: 0,
    processing: 0,
    succeeded: 1,
    failed: 1,
    skipped: 0,
    total_findings: 7,
    progress_percent: 100,
  });
  expect((await api.get('/s3/jobs')).json.jobs).toHaveLength(1);
  expect((await api.get('/s3/jobs/run-1/objects')).json).toEqual({
    objects: [{ key: 'docs/b.gz', status: 'failed', reason: 'cut off' }],
    has_more: false,
  });
  expect((await api.get('/s3/jobs/run-2')).status).toBe(404);
});

test('results come in pages, by cursor or offset', async () => {
  const first = (await api.get('/s3/results?limit=3')).json;
  expect(first).toMatchObject({ total: 7, limit: 3, offset: 0, next_cursor: '5', has_more: true });
  expect(Object.keys(first.findings[0])).toEqual([
    'id',
    'job_id',
    'bucket',
    'key',
    'etag',
    'detector',
    'masked_match',
    'context',
    'byte_offset',
    'length',
    'member',
    'created_at',
  ]);
  const next = (await api.get('/s3/results?limit=3&cursor=5')).json;
  expect(next).toMatchObject({ cursor: '5', next_cursor: '2', has_more: true });
  expect(next.findings.map(({ id }: { id: number }) => id)).toEqual([4, 3, 2]);
  expect((await api.get('/s3/results?offset=5')).json.findings.map(({ id }: { id: number }) => id)).toEqual([
    2, 1,
  ]);
  expect((await api.get('/s3/results?key=docs/&bucket=data&job_id=run-1&detector=ssn')).json.total).toBe(7);
  expect((await api.get('/s3/results?key=DOCS/')).json.total).toBe(0);
  expect((await api.get('/s3/results?unknown=1')).status).toBe(400);
  expect((await api.get('/s3/buckets')).json).toEqual({
    buckets: [{ bucket: 'data', findings: 7, objects: 1, detectors: { ssn: 7 } }],
  });
});

test('results are exported, and nothing in them is a formula', async () => {
  const csv = await api.get('/s3/results/export');
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(csv.text.split('\n')).toHaveLength(9);
  expect(csv.text).toContain("'=cmd");
  const lines = (await api.get('/s3/results/export?format=jsonl')).text.trim().split('\n');
  expect(lines).toHaveLength(7);
  expect(JSON.parse(lines[0] as string)).toMatchObject({ id: 7, masked_match: 'XXX-XX-6789' });
});

test('another organisation sees nothing of it', async () => {
  expect((await api.get('/s3/jobs', 'other')).json).toEqual({ jobs: [] });
  expect((await api.get('/s3/jobs/run-1', 'other')).status).toBe(404);
  expect((await api.get('/s3/results', 'other')).json.total).toBe(0);
});

test('who may only read starts nothing, and a wrong request is told why', async () => {
  expect((await api.post('/s3/scan', { bucket: 'data' }, 'read')).status).toBe(403);
  expect((await api.post('/s3/scan', { bucket: 'data', region: 'x' }, 'operate')).status).toBe(400);
  const { json } = await api.post('/s3/scan', { bucket: 'Not A Bucket' }, 'operate');
  expect(json.detail).toContain('is not the name of a bucket');
});
