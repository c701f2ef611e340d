import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { awaitRun, liveAccounts, startRun } from '../../src/client/runs.ts';
import type { Temporal } from '../../src/client/temporal.ts';
import type { ConfigOverrides } from '../../src/settings.ts';
import { startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';
import { scanRunInput } from '../support/run-input.ts';
import { startTemporal } from '../support/temporal.ts';
import { makeUpCloud, objects } from '../support/tiny-source/made-up.ts';
import { startWorkerProcess } from '../support/worker.ts';
import type { WorkerProcess } from '../support/worker.ts';

const BUCKET = 'vedette-batches';
const folder = mkdtempSync(join(tmpdir(), 'vedette-batches-'));
const workers: WorkerProcess[] = [];
let env: TestWorkflowEnvironment;
let moto: Moto;
let s3: S3Client;

beforeAll(async () => {
  [moto, env] = await Promise.all([startMoto(), startTemporal()]);
  process.env['AWS_ENDPOINT_URL'] = moto.url;
  s3 = new S3Client({ region: 'us-east-1', credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
}, 60_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
  s3?.destroy();
  await env?.teardown();
  await moto?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

/**
 * The only worker is killed while batches are collected, and another one comes: with files, one that shares the first
 * one's folder; with S3, one that does not.
 */
async function killHalfWay(
  name: string,
  artifacts: NonNullable<ConfigOverrides['artifacts']>,
  homes: string[],
) {
  const gate = join(folder, `${name}-gate`);
  const cloud = makeUpCloud();
  cloud.record({
    [name]: {
      accountId: '333333333333',
      buckets: [
        { name: 'before', region: 'eu-west-1', objects: objects(8) },
        { name: 'during', region: 'eu-west-1', objects: objects(8), slowUntil: gate },
      ],
    },
  });
  const configFile = join(folder, `${name}-config`);
  writeFileSync(configFile, `[profile ${name}]\n`);
  const startWorker = async (home: string) => {
    const worker = await startWorkerProcess(
      {
        general: { home: join(folder, home) },
        temporal: { address: env.address, taskQueue: name },
        aws: { configFile, region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret' },
        artifacts,
      },
      { tiny: cloud.settings },
    );
    workers.push(worker);
    return worker;
  };
  const [first = '', second = ''] = homes;
  const victim = await startWorker(first);
  const temporal: Temporal = { client: env.client, address: env.address, close: async () => undefined };
  const place = { temporal, taskQueue: name, organizationId: 'default' };
  const runId = await startRun(temporal, name, scanRunInput([name], { sources: ['tiny'] }));
  for (let note: string | null | undefined; note !== '4 of 8 batches'; await sleep(50)) {
    [{ note } = { note: null }] = await liveAccounts(place, runId).catch(() => []);
  }
  await victim.kill('SIGKILL');
  writeFileSync(gate, '');
  await startWorker(second);
  const { accounts } = await awaitRun(temporal, runId);
  const read = cloud.read().toSorted();
  cloud.remove();
  return { account: accounts[0], read, left: readdirSync(join(folder, second, 'artifacts')) };
}

test('a killed worker’s batches are gone on with, and none that ended is collected again', async () => {
  const [files, shared] = await Promise.all([
    killHalfWay('files', { location: 'file:' }, ['files', 'files']),
    killHalfWay('shared', { location: `s3://${BUCKET}/prefix` }, ['shared-a', 'shared-b']),
  ]);
  const everyObjectOnce = ['before', 'during'].flatMap((bucket) =>
    objects(8).map((key) => `${bucket}/${key}`),
  );
  const whole = {
    account: {
      outcome: 'success',
      accountId: '333333333333',
      scan: { status: 'recorded', events: { total: 2 } },
    },
    read: everyObjectOnce,
    left: [],
  };
  expect(files).toMatchObject(whole);
  expect(shared).toMatchObject(whole);
  expect(await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).toMatchObject({ KeyCount: 0 });
}, 120_000);
