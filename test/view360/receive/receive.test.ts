import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Temporal } from '../../../src/client/temporal.ts';
import { pull, receiveOnce, scheduleReceiving, startReceiving } from '../../../src/client/view360.ts';
import type { Config, ConfigOverrides } from '../../../src/settings.ts';
import type { Store } from '../../../src/store/database/store.ts';
import { queryView } from '../../../src/store/view360/views.ts';
import { loadFile } from '../../../src/view360/receive/load-file.ts';
import { PayloadNotices, waitingPayloads } from '../../../src/view360/receive/notices.ts';
import { retryFile } from '../../../src/view360/receive/retry.ts';
import { startServices } from '../../support/overlay.ts';
import type { SimulatedServices } from '../../support/overlay.ts';
import { createDatabase, serverSettings, testConfig, workContext } from '../../support/stores.ts';
import { startTemporal } from '../../support/temporal.ts';
import { until } from '../../support/until.ts';
import { payloadOf } from '../../support/view360-payloads.ts';
import type { Payload } from '../../support/view360-payloads.ts';
import { tableContents } from '../../support/view360-tables.ts';
import { startWorkerProcess } from '../../support/worker.ts';
import type { WorkerProcess } from '../../support/worker.ts';

const BUCKET = 'vedette-payloads';
const QUEUE = 'view360';
const ACCOUNTS = ['111111111111', '222222222222'];
const DAYS = ['2026-11-19', '2026-11-20'];
/** Takes so long to load that a worker can be killed meanwhile. */
const MANY_ROWS = 6000;
const STRAIGHT = ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL_SQS', 'AWS_ENDPOINT_URL_KMS'];

const folder = mkdtempSync(join(tmpdir(), 'vedette-receive-'));
const database = createDatabase('mariadb');
const workers: WorkerProcess[] = [];
let services: SimulatedServices;
let env: TestWorkflowEnvironment;
let store: Store;
let s3: S3Client;
let sqs: SQSClient;
let queueUrl = '';
let kmsKey = '';
let config: Config;
let temporal: Temporal;
let overrides: ConfigOverrides;

beforeAll(async () => {
  [services, env, store] = await Promise.all([startServices(), startTemporal(), database.open()]);
  process.env['AWS_ENDPOINT_URL'] = services.url;
  for (const name of STRAIGHT) process.env[name] = services.motoUrl;
  const own = { region: 'us-east-1', credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } };
  s3 = new S3Client(own);
  sqs = new SQSClient(own);
  const kms = new KMSClient(own);
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: QUEUE }))).QueueUrl ?? '';
  kmsKey = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
  kms.destroy();
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: BUCKET,
      NotificationConfiguration: {
        QueueConfigurations: [
          { QueueArn: `arn:aws:sqs:us-east-1:123456789012:${QUEUE}`, Events: ['s3:ObjectCreated:*'] },
        ],
      },
    }),
  );
  const configFile = join(folder, 'aws-config');
  writeFileSync(configFile, '[profile acme]\naws_access_key_id = key\naws_secret_access_key = secret\n');
  const { name } = database.config.database;
  overrides = {
    general: { home: folder },
    database: serverSettings(name),
    temporal: { address: env.address, taskQueue: 'receive' },
    aws: { configFile, region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret' },
    view360: { bucket: BUCKET, region: 'us-east-1', kmsKey, queueUrl, regions: ['eu-central-1'] },
  };
  config = testConfig(overrides);
  temporal = { client: env.client, address: env.address, close: async () => undefined };
}, 120_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
  for (const name of ['AWS_ENDPOINT_URL', ...STRAIGHT]) delete process.env[name];
  s3?.destroy();
  sqs?.destroy();
  await env?.teardown();
  await services?.stop();
  await database.remove();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function startWorker(): Promise<WorkerProcess> {
  const worker = await startWorkerProcess(overrides);
  workers.push(worker);
  return worker;
}

async function put(key: string, content: Payload | string, bucket = BUCKET): Promise<void> {
  const Body = typeof content === 'string' ? content : JSON.stringify(content);
  const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey } as const;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ...encryption }));
}

async function keysBelow(prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }));
  return Contents.map(({ Key = '' }) => Key).toSorted();
}

/** What a region has, beside what is of the account as a whole. */
function ofRegion(account: string, day: string, region: string): Payload {
  const made = JSON.parse(
    JSON.stringify(payloadOf(account, day)).replaceAll('eu-central-1', region),
  ) as Payload;
  made['meta'].region = region;
  const { sections } = made['meta'];
  for (const name of Object.keys(made)) {
    if (['meta', 'account', 'logs', 'security', 'service_resources'].includes(name)) continue;
    delete made[name];
    delete sections[name];
  }
  for (const section of Object.values(sections) as Payload[]) Object.assign(section, { regions: [region] });
  return made;
}

function withManyRows(payload: Payload): Payload {
  const [row] = payload['service_resources'];
  payload['service_resources'] = Array.from({ length: MANY_ROWS }, (_, at) => ({
    ...row,
    resource_id: `${row.resource_id}-${at}`,
  }));
  return payload;
}

const statuses = async () =>
  Object.fromEntries(
    (
      await store.read<{ object_key: string; status: string }>(
        'SELECT object_key, status FROM view360_ingest_files ORDER BY object_key',
      )
    ).map((row) => [row.object_key, row.status]),
  );

const payloads = new Map<string, Payload>();
for (const account of ACCOUNTS) {
  for (const day of DAYS) {
    payloads.set(`data/${account}/global/${day}_DAILY.json`, payloadOf(account, day));
    payloads.set(`data/${account}/eu-west-1/${day}_DAILY.json`, ofRegion(account, day, 'eu-west-1'));
  }
}
const SLOW = `data/${ACCOUNTS[0]}/global/ü + 2026-11-21_DAILY.json`;
payloads.set(SLOW, withManyRows(payloadOf(ACCOUNTS[0] as string, '2026-11-21')));
const MISPLACED = 'data/999999999999/global/2026-11-20_DAILY.json';

test('whatever is delivered five times, out of order and at once, with a worker killed between sections, is as loaded once', async () => {
  await startReceiving(temporal, 'receive', { organizationId: 'default', once: false, trigger: 'notices' });
  const victim = await startWorker();
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: '{"Event":"s3:TestEvent"}' }));
  // The newest first.
  for (const [key, payload] of [...payloads].toReversed()) await put(key, payload);
  await put(MISPLACED, payloadOf(ACCOUNTS[1] as string, '2026-11-20'));
  await put('data/111111111111/global/2026-11-22_DAILY.json', '{"meta":');
  for (let delivery = 0; delivery < 4; delivery += 1) {
    for (const key of [...payloads.keys()].filter((one) => one.includes(ACCOUNTS[0] as string))) {
      const object = { key: encodeURIComponent(key), eTag: `delivery-${delivery}` };
      const record = { eventName: 'ObjectCreated:Put', s3: { bucket: { name: BUCKET }, object } };
      const MessageBody = JSON.stringify({ Records: [record] });
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    }
  }
  const once = [1, 2].map(() =>
    receiveOnce(
      temporal,
      'receive',
      { organizationId: 'default', once: true, trigger: 'manual' },
      new AbortController().signal,
    ),
  );
  await until(async () => {
    const [row] = await store.read<{ sections: number | string }>(
      "SELECT COUNT(*) AS sections FROM view360_ingest_section_stats s JOIN view360_ingest_files f ON f.id = s.file_id WHERE f.status = 'LOADING' AND f.object_key = ?",
      [SLOW],
    );
    return Number(row?.sections ?? 0) > 3;
  });
  await victim.kill('SIGKILL');
  await startWorker();
  await Promise.all(once);
  await until(async () => (await keysBelow('data/')).length === 0);

  const found = await statuses();
  const expected = [...payloads.keys()].map((key) => [key, 'LOADED'] as const);
  expect(found).toEqual({
    ...Object.fromEntries(expected),
    [MISPLACED]: 'REJECTED',
    'data/111111111111/global/2026-11-22_DAILY.json': 'REJECTED',
  });
  const clean = createDatabase('mariadb');
  try {
    const other = await clean.open();
    for (const [key, payload] of payloads) {
      const file = join(folder, 'clean.json');
      writeFileSync(file, JSON.stringify(payload));
      const object = {
        bucket: BUCKET,
        key,
        version: key,
        lastModified: '2026-11-25T00:00:00Z',
        sseKmsKey: null,
      };
      await loadFile(other, { file, object }, { organizationId: 'default' }, workContext());
    }
    expect(await tableContents(store)).toEqual(await tableContents(other));
  } finally {
    await clean.remove();
  }
  // Each moved to where it belongs, encrypted with the key, the reason beside what was not taken.
  const moved = (key: string, to: string) => key.replace(/^data/, to);
  expect(await keysBelow('loaded/')).toEqual(
    [...payloads.keys()].map((key) => moved(key, 'loaded')).toSorted(),
  );
  const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: moved(SLOW, 'loaded') }));
  expect(head).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKey });
  const reason = await s3.send(
    new GetObjectCommand({ Bucket: BUCKET, Key: `${moved(MISPLACED, 'rejected')}.error.json` }),
  );
  expect(JSON.parse((await reason.Body?.transformToString()) ?? '')).toMatchObject({
    code: 'E_ACCOUNT_MISMATCH',
  });
  const sums = await store.read<Record<string, string>>(
    'SELECT SUM(files_loaded) AS loaded, SUM(files_total) AS total, SUM(files_failed) AS failed FROM view360_ingest_runs',
  );
  expect(Object.values(sums[0] ?? {}).map(Number)).toEqual([payloads.size, payloads.size + 2, 2]);
}, 300_000);

test('what nobody was let read is given up, and loaded when it is tried again', async () => {
  const key = 'data/444444444444/global/2026-11-20_DAILY.json';
  const denied = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${BUCKET}/data/*`,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [denied] });
  await s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
  await put(key, payloadOf('444444444444', '2026-11-20'));
  await until(async () => (await statuses())[key] === 'DEAD');
  await s3.send(new DeleteBucketPolicyCommand({ Bucket: BUCKET }));
  const [file] = await store.read<{ id: number; error_code: string }>(
    'SELECT id, error_code FROM view360_ingest_files WHERE object_key = ?',
    [key],
  );
  expect(file?.error_code).toBe('artifacts-refused');
  const outcome = await retryFile(store, config, Number(file?.id), workContext());
  expect(outcome).toMatchObject({ status: 'loaded', fileId: Number(file?.id) });
  expect((await statuses())[key]).toBe('LOADED');
  await expect(retryFile(store, config, Number(file?.id), workContext())).rejects.toThrow('is LOADED');
}, 90_000);

test('an account is collected from here, and loaded', async () => {
  const pulled = await pull(
    temporal,
    'receive',
    {
      organizationId: 'default',
      targets: [
        { kind: 'aws-profile', name: 'acme', accountId: '123456789012' },
        { kind: 'aws-profile', name: 'nobody', accountId: null },
      ],
      interval: 'DAILY',
      date: '2026-11-20',
      concurrency: 2,
    },
    new AbortController().signal,
  );
  expect(pulled).toMatchObject([
    { name: 'nobody', loaded: null, error: expect.stringContaining('nobody') },
    { name: 'acme', accountId: '123456789012', collected: 'Pass', loaded: 'loaded', error: null },
  ]);
  const where = { account: ['123456789012'] };
  const query = { organizationId: 'default', where, limit: 5 };
  expect((await queryView(store, 'view_cost_daily', query)).rows.length).toBeGreaterThan(0);
}, 90_000);

test('a bucket of more than a thousand payloads is looked through to its end', async () => {
  const bucket = 'vedette-many';
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const keys = Array.from({ length: 1005 }, (_, at) => `data/111111111111/global/${10_000 + at}.json`);
  for (let from = 0; from < keys.length; from += 20)
    await Promise.all(keys.slice(from, from + 20).map((key) => put(key, '{}', bucket)));
  const found: string[] = [];
  const { view360 } = config;
  for (let after: string | null | undefined; after !== null; await sleep(0)) {
    const page = await waitingPayloads(
      { ...config, view360: { ...view360, bucket } },
      after ?? null,
      workContext(),
    );
    found.push(...page.payloads.map(({ key }) => key));
    after = page.next;
  }
  expect(found).toEqual(keys);
}, 60_000);

test('a queue that is named by its public address is asked where the environment says', async () => {
  const named = `https://sqs.us-east-1.amazonaws.com/123456789012/${QUEUE}`;
  const notices = new PayloadNotices({ ...config, view360: { ...config.view360, queueUrl: named } });
  try {
    await expect(notices.take(false, new AbortController().signal)).resolves.toMatchObject({ next: null });
  } finally {
    notices.close();
  }
});

test('whoever waits for it can stop it, also while nobody works on it', async () => {
  const stopped = new AbortController();
  const wanted = { organizationId: 'default', once: true, trigger: 'manual' } as const;
  const waiting = receiveOnce(temporal, 'nobody', wanted, stopped.signal);
  setTimeout(() => stopped.abort(new Error('interrupted')), 500);
  await expect(waiting).rejects.toThrow('interrupted');
});

test('the bucket is looked through each night, whatever the queue tells', async () => {
  const id = await scheduleReceiving(temporal, 'receive', 'default', '0 3 * * *');
  const { spec, action } = await env.client.schedule.getHandle(id).describe();
  expect(spec.calendars).toMatchObject([{ hour: [{ start: 3, end: 3 }], minute: [{ start: 0, end: 0 }] }]);
  expect(action).toMatchObject({ args: [{ once: true, trigger: 'schedule' }] });
});
