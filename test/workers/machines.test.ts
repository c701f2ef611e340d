import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createConnection } from 'mysql2/promise';
import { awaitRun, startRun } from '../../src/client/runs.ts';
import type { Temporal } from '../../src/client/temporal.ts';
import type { ConfigOverrides } from '../../src/settings.ts';
import { startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';
import { RECORDED_SCOUT } from '../support/pipeline.ts';
import { profileScanId, scanRunInput } from '../support/run-input.ts';
import { createDatabase } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';
import { startTemporal } from '../support/temporal.ts';
import { startWorkerProcess } from '../support/worker.ts';
import type { WorkerProcess } from '../support/worker.ts';

const BUCKET = 'vedette-artifacts';
const STARTED = 2;

let env: TestWorkflowEnvironment;
let moto: Moto;
let s3: S3Client;
const folder = mkdtempSync(join(tmpdir(), 'vedette-machines-'));
const databases: TestDatabase[] = [];
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  [moto, env] = await Promise.all([startMoto(), startTemporal()]);
  process.env['AWS_ENDPOINT_URL'] = moto.url;
  s3 = new S3Client({ region: 'us-east-1', credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
}, 60_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
  for (const database of databases) await database.remove();
  s3?.destroy();
  await env?.teardown();
  await moto?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

/** Two machines, of which the one that has scanned is killed while it stores what it found. */
async function killHalfWay(name: string, artifacts: ConfigOverrides['artifacts']) {
  const database = createDatabase('mariadb');
  databases.push(database);
  const store = await database.open();
  const configFile = join(folder, `${name}-config`);
  writeFileSync(configFile, `[profile ${name}]\nrecorded_account = 222222222222\n`);
  scannedBefore(name, 2);

  const homes = ['a', 'b'].map((machine) => join(folder, `${name}-${machine}`));
  const started = await Promise.all(
    homes.map((home) =>
      startWorkerProcess({
        general: { home },
        database: database.config.database,
        temporal: { address: env.address, taskQueue: name },
        aws: { configFile, region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret' },
        scoutsuite: { command: RECORDED_SCOUT },
        ...(artifacts === undefined ? {} : { artifacts }),
      }),
    ),
  );
  workers.push(...started);

  const { host, port, user, password, name: schema } = database.config.database;
  const locker = await createConnection({ host, port, user, password, database: schema } as object);
  // In the middle of the transaction. Not before it: whoever scans opens the database, which looks at the scans.
  await locker.query('LOCK TABLES scout_events WRITE, scout_findings WRITE');
  const temporal: Temporal = { client: env.client, address: env.address, close: async () => undefined };
  const runId = await startRun(temporal, name, scanRunInput([name]));
  const pid = await persistingWorker(name);
  const victim = started.findIndex((worker) => worker.pid === pid);
  await started[victim]?.kill('SIGKILL');
  await locker.query('UNLOCK TABLES');
  await locker.end();

  const { accounts } = await awaitRun(temporal, runId);
  const { events } = await env.client.workflow.getHandle(profileScanId(name)).fetchHistory();
  const count = (sql: string) => store.dataSource.query<{ n: number }[]>(sql).then(([row]) => Number(row?.n));
  return {
    account: accounts[0],
    scans: events?.filter(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'scan',
    ).length,
    stored: await count('SELECT count(*) AS n FROM scout_events'),
    storedScans: await count('SELECT count(*) AS n FROM scout_scans'),
    left: readdirSync(join(homes[1 - victim] as string, 'artifacts')),
  };
}

/** So that the next one is the scan of this number, counted from 0. */
function scannedBefore(profile: string, number: number): void {
  const counts = join(folder, 'recorded-scans');
  mkdirSync(counts, { recursive: true });
  const file = createHash('sha256').update(profile).digest('hex').slice(0, 16);
  writeFileSync(join(counts, file), String(number));
}

/** Process id of the worker that stores the account's scan; waits until one does. */
async function persistingWorker(profile: string): Promise<number> {
  let last = 'nothing';
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) {
    const description = await env.client.workflow
      .getHandle(profileScanId(profile))
      .describe()
      .catch(() => null);
    const [activity] = description?.raw.pendingActivities ?? [];
    // The state is known a moment before the statement waits in the database.
    if (activity?.activityType?.name === 'persist' && Number(activity.state) === STARTED) {
      await sleep(500);
      return Number(activity.lastWorkerIdentity?.split('@')[0]);
    }
    last = JSON.stringify([description?.status.name, activity]);
  }
  throw new Error(`No worker stores the scan of ${profile}: ${last}`);
}

test('a killed machine loses nothing: with S3 another goes on, with files another scans anew', async () => {
  const [shared, apart] = await Promise.all([
    killHalfWay('shared', { location: `s3://${BUCKET}/some/prefix`, kmsKey: 'alias/aws/s3' }),
    killHalfWay('apart', { holderWaitMs: '1s' }),
  ]);

  // The scanner's errors travelled with the results: without them the third scan would be `recorded`.
  expect(shared).toMatchObject({
    account: { outcome: 'success', accountId: '222222222222', scan: { status: 'partial' } },
    scans: 1,
    storedScans: 1,
    left: [],
  });
  expect(shared.stored).toBe(shared.account?.scan?.events.total);
  expect(await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).toMatchObject({ KeyCount: 0 });

  expect(apart).toMatchObject({
    account: { outcome: 'success', scan: { status: 'partial' } },
    scans: 2,
    storedScans: 1,
    left: [],
  });
  expect(apart.stored).toBe(apart.account?.scan?.events.total);
}, 120_000);
