import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateVolumeCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { startJob } from '../../src/client/data-jobs.ts';
import { awaitRun, liveAccounts, startRun } from '../../src/client/runs.ts';
import type { Temporal } from '../../src/client/temporal.ts';
import { silent } from '../../src/log.ts';
import { METRICS } from '../../src/model/metrics.ts';
import type { ScanRunInput } from '../../src/model/pipeline.ts';
import { loadConfig } from '../../src/settings.ts';
import type { ConfigOverrides } from '../../src/settings.ts';
import { openMigratedStore } from '../../src/store/database/open.ts';
import { getJob, jobBook } from '../../src/store/objects/jobs.ts';
import { allResults } from '../../src/store/objects/results.ts';
import { startRecorder } from '../support/aws-recorder.ts';
import { freePort, startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';
import { scanRunInput } from '../support/run-input.ts';
import { startS3Stub } from '../support/s3-stub.ts';
import { startSmtpSink } from '../support/smtp.ts';
import { startTemporal } from '../support/temporal.ts';
import { makeUpCloud, objects } from '../support/tiny-source/made-up.ts';
import type { MadeUpCloud } from '../support/tiny-source/made-up.ts';
import { listenToTopic } from '../support/topic.ts';
import { until } from '../support/until.ts';
import { startWorkerProcess } from '../support/worker.ts';
import type { WorkerProcess } from '../support/worker.ts';

const BUCKET = 'vedette-batches';
/** Of the job: two batches or more. */
const OBJECTS = 1200;
const KEYS = { accessKeyId: 'key', secretAccessKey: 'secret' };
/** Each has a volume and a default that fail; services without regions are asked in us-east-1. */
const ASKED_REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-south-1'];
const HELD_REGIONS = ['eu-central-1', 'ap-south-1'];
const CHECKS = ['ec2-ebs-volume-encrypted', 'ec2-ebs-default-encryption', 'iam-user-administrator'];
const folder = mkdtempSync(join(tmpdir(), 'vedette-batches-'));
const workers: WorkerProcess[] = [];
let env: TestWorkflowEnvironment;
let moto: Moto;
let s3: S3Client;

beforeAll(async () => {
  [moto, env] = await Promise.all([startMoto(), startTemporal()]);
  process.env['AWS_ENDPOINT_URL'] = moto.url;
  s3 = new S3Client({ region: 'us-east-1', credentials: KEYS });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
}, 60_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
  s3?.destroy();
  await env?.teardown();
  await moto?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

interface Kill {
  /** Also the profile's. */
  name: string;
  artifacts: NonNullable<ConfigOverrides['artifacts']>;
  homes: string[];
  /** Of the profile. */
  settings: string;
  run: Partial<ScanRunInput>;
  cloud: MadeUpCloud;
  /** As the progress of the run says when the worker is killed. */
  halfWay: string;
  release: () => void;
}

/**
 * The only worker is killed while batches are collected, and another one comes: with files, one that shares the first
 * one's folder; with S3, one that does not.
 */
async function killHalfWay({ name, artifacts, homes, settings, run, cloud, halfWay, release }: Kill) {
  const configFile = join(folder, `${name}-config`);
  writeFileSync(configFile, `[profile ${name}]\n${settings}`);
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
  const scan = () => startRun(temporal, name, scanRunInput([name], run));
  const runId = await scan();
  for (let note: string | null | undefined; note !== halfWay; await sleep(50)) {
    [{ note } = { note: null }] = await liveAccounts(place, runId).catch(() => []);
  }
  await victim.kill('SIGKILL');
  release();
  await startWorker(second);
  const { accounts } = await awaitRun(temporal, runId);
  return {
    account: accounts[0],
    left: readdirSync(join(folder, second, 'artifacts')),
    again: async () => (await awaitRun(temporal, await scan())).accounts[0],
  };
}

async function killWhileObjectsAreRead(
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
  const release = () => writeFileSync(gate, '');
  const run = { sources: ['tiny'] };
  const halfWay = '4 of 8 batches';
  const { account, left } = await killHalfWay({
    name,
    artifacts,
    homes,
    settings: '',
    run,
    cloud,
    halfWay,
    release,
  });
  const read = cloud.read().toSorted();
  cloud.remove();
  return { account, read, left };
}

/** Two regions do not answer when the worker is killed; what is in none, and the others, are done. */
async function killWhileRegionsAreAsked() {
  const recorder = await startRecorder(moto.url);
  const calls = () => {
    const counts: Record<string, number> = {};
    for (const { region } of recorder.signed.splice(0)) counts[region] = (counts[region] ?? 0) + 1;
    return counts;
  };
  for (const region of ASKED_REGIONS) {
    const ec2 = new EC2Client({ region, endpoint: moto.url, credentials: KEYS });
    await ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 1 }));
  }
  for (const region of HELD_REGIONS) recorder.held.add(region);
  const cloud = makeUpCloud();
  const options = { services: [], regions: ASKED_REGIONS, initial: false, checks: CHECKS };
  const { account, again } = await killHalfWay({
    name: 'regions',
    artifacts: { location: 'file:' },
    homes: ['regions', 'regions'],
    settings: `endpoint_url = ${recorder.url}\naws_access_key_id = key\naws_secret_access_key = secret\n`,
    run: { sources: ['checks'], options },
    cloud,
    halfWay: '3 of 5 batches',
    release: () => recorder.held.clear(),
  });
  const asked = calls();
  const undisturbed = await again();
  const askedAgain = calls();
  await recorder.stop();
  cloud.remove();
  return { account, asked, undisturbed, askedAgain };
}

/**
 * A job over a bucket whose only worker is killed while it reads objects; another one ends it, and tells of its end on two
 * channels.
 */
async function killDuringJob(count: number, killAfter: number) {
  const keys = Array.from({ length: count }, (_, index) => `data/${String(index).padStart(5, '0')}`);
  const holds = (key: string) => key.endsWith('0');
  const stub = await startS3Stub({
    keys: (prefix, after, limit) =>
      keys.filter((key) => key > after && key.startsWith(prefix)).slice(0, limit),
    get: (key) => ({ content: Buffer.from(`${key} ${holds(key) ? '123-45-6789' : 'nothing'}`) }),
  });
  const [smtp, topic] = await Promise.all([startSmtpSink(), listenToTopic(moto, 'jobs', 'us-east-1')]);
  const configFile = join(folder, 'job-config');
  const profile = `region = eu-west-1\nendpoint_url = ${stub.url}\naws_access_key_id = key\naws_secret_access_key = secret`;
  writeFileSync(configFile, `[profile job]\n${profile}\n`);
  const overrides: ConfigOverrides = {
    general: { home: join(folder, 'job') },
    temporal: { address: env.address, taskQueue: 'job' },
    aws: { configFile, region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret' },
    channels: { snsTopic: topic.arn },
    mail: {
      enabled: true,
      onJobEnd: true,
      onNewFindings: false,
      transport: 'smtp',
      smtpHost: 'localhost',
      smtpPort: smtp.port,
      smtpCa: smtp.caFile,
      from: 'vedette@example.com',
      recipients: ['security@example.com'],
    },
  };
  const metricsPort = await freePort();
  const startWorker = async (metricsAddress?: string) => {
    const worker = await startWorkerProcess({
      ...overrides,
      ...(metricsAddress === undefined ? {} : { worker: { metricsAddress } }),
    });
    workers.push(worker);
    return worker;
  };
  const victim = await startWorker();
  const { config } = loadConfig(overrides, folder, {});
  const store = await openMigratedStore(config, silent);
  try {
    const temporal: Temporal = { client: env.client, address: env.address, close: async () => undefined };
    const data = { bucket: 'a-bucket', prefix: '', detectors: ['ssn'] };
    const input = scanRunInput(['job'], {
      sources: ['s3-data'],
      options: { services: [], regions: [], initial: false, data },
    });
    const jobId = await startJob(jobBook(store, 'default'), { temporal, taskQueue: 'job' }, input);
    const reads = () => stub.requests.filter((request) => request.startsWith('GET')).length;
    await until(async () => reads() >= killAfter);
    await victim.kill('SIGKILL');
    await startWorker(String(metricsPort));
    const { accounts } = await awaitRun(temporal, jobId);
    const job = await getJob(store, 'default', jobId);
    const found: string[] = [];
    for await (const { key } of allResults(store, 'default', {})) found.push(key);
    const told: unknown[] = [];
    await until(async () => {
      told.push(...(await topic.received()));
      return told.length > 0 && smtp.received.length > 0;
    });
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    const [mail] = smtp.received;
    return {
      account: accounts[0],
      job,
      found: found.toSorted(),
      expected: keys.filter(holds),
      reads: reads(),
      told,
      metrics,
      mail: String(mail?.raw),
    };
  } finally {
    topic.close();
    await Promise.all([store.close(), stub.stop(), smtp.stop()]);
  }
}

test('a killed worker’s batches are gone on with, and none that ended is collected again', async () => {
  const killAfter = 1 + Math.floor(Math.random() * OBJECTS);
  const [files, shared, job, regions] = await Promise.all([
    killWhileObjectsAreRead('files', { location: 'file:' }, ['files', 'files']),
    killWhileObjectsAreRead('shared', { location: `s3://${BUCKET}/prefix` }, ['shared-a', 'shared-b']),
    killDuringJob(OBJECTS, killAfter),
    killWhileRegionsAreAsked(),
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
  expect({ killAfter, found: job.found }).toEqual({ killAfter, found: job.expected });
  expect(job).toMatchObject({
    account: { outcome: 'success', scan: { events: { total: job.expected.length } } },
    job: {
      status: 'completed',
      total_objects: OBJECTS,
      succeeded: OBJECTS,
      total_findings: job.expected.length,
      progress_percent: 100,
    },
    metrics: expect.stringMatching(
      new RegExp(`^${METRICS.objects}\\{.*status="(?:succeeded|known)".*\\} \\d+$`, 'm'),
    ),
    told: [{ Subject: `sensitive data in a-bucket: ${job.expected.length} findings` }],
    mail: expect.stringContaining(`Subject: vedette: sensitive data in a-bucket: ${job.expected.length}`),
  });
  expect(job.reads).toBeLessThan(OBJECTS * 2);
  expect(await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).toMatchObject({ KeyCount: 0 });

  const { account, asked, undisturbed, askedAgain } = regions;
  expect(account).toMatchObject({ outcome: 'success', scan: { status: 'recorded' } });
  // What is judged is what an undisturbed scan sees: volumes and the default of each region.
  expect(account?.scan?.events).toMatchObject({ total: 2 * ASKED_REGIONS.length });
  expect(undisturbed?.scan?.events).toMatchObject({ total: 2 * ASKED_REGIONS.length, new: 0, resolved: 0 });
  const ofOthers = (calls: Record<string, number>) =>
    Object.fromEntries(Object.entries(calls).filter(([region]) => !HELD_REGIONS.includes(region)));
  expect(ofOthers(asked)).toEqual(ofOthers(askedAgain));
  expect(HELD_REGIONS.filter((region) => (asked[region] ?? 0) <= (askedAgain[region] ?? 0))).toEqual([]);
}, 240_000);
