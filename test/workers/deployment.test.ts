import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { listBuilds, promoteBuild } from '../../src/client/deployment.ts';
import { awaitRun, startRun } from '../../src/client/runs.ts';
import { workerIdentities } from '../../src/client/temporal.ts';
import type { Temporal } from '../../src/client/temporal.ts';
import { scanSummaryId } from '../../src/model/names.ts';
import type { Config } from '../../src/settings.ts';
import { RECORDED_SCOUT } from '../support/pipeline.ts';
import { profileScanId, scanRunInput } from '../support/run-input.ts';
import { testConfig } from '../support/stores.ts';
import { startTemporal } from '../support/temporal.ts';
import { startWorkerProcess } from '../support/worker.ts';
import type { WorkerProcess } from '../support/worker.ts';

let env: TestWorkflowEnvironment;
let temporal: Temporal;
let configFile: string;
const folder = mkdtempSync(join(tmpdir(), 'vedette-deployment-'));
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  env = await startTemporal();
  temporal = { client: env.client, address: env.address, close: async () => undefined };
  configFile = join(folder, 'aws-config');
  writeFileSync(
    configFile,
    [
      '[profile slow]\nrecorded_delay_seconds = 30',
      '[profile quick]\nrecorded_account = 222222222222',
      '[profile moving]\nrecorded_delay_seconds = 2',
      '',
    ].join('\n'),
  );
}, 30_000);

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.kill('SIGKILL')));
});

afterAll(async () => {
  await env?.teardown();
  rmSync(folder, { recursive: true, force: true });
});

/** Workers and runs of one task queue. */
function fleet(taskQueue: string) {
  const of = config(taskQueue);
  return {
    builds: async () =>
      Object.fromEntries((await listBuilds(temporal, of)).map(({ buildId, status }) => [buildId, status])),
    promote: (buildId: string) => promoteBuild(temporal, of, buildId),
    identities: () => workerIdentities(temporal, 'default', taskQueue),
    async start(buildId: string | null): Promise<WorkerProcess> {
      const worker = await startWorkerProcess({
        general: { home: join(folder, `${taskQueue} ${buildId}`) },
        temporal: { address: env.address, taskQueue },
        aws: { configFile },
        scoutsuite: { command: RECORDED_SCOUT },
        worker: buildId === null ? {} : { deployment: taskQueue, buildId },
      });
      workers.push(worker);
      return worker;
    },
    scan: (profile: string): Promise<string> => startRun(temporal, taskQueue, scanRunInput([profile])),
  };
}

function config(taskQueue: string): Config {
  return testConfig({ temporal: { address: env.address, taskQueue }, worker: { deployment: taskQueue } });
}

const outcomeOf = async (runId: string) => (await awaitRun(temporal, runId)).accounts[0]?.outcome;

/** Process ids of the workers that did anything for the workflows of a run. */
async function workedOn(runId: string, profile: string): Promise<Set<number>> {
  const workflowIds = [runId, profileScanId(profile), scanSummaryId(runId)];
  const histories = await Promise.all(
    workflowIds.map((workflowId) => env.client.workflow.getHandle(workflowId).fetchHistory()),
  );
  const identities = histories.flatMap(({ events }) =>
    (events ?? []).map(
      ({ workflowTaskCompletedEventAttributes: decided, activityTaskStartedEventAttributes: begun }) =>
        (decided ?? begun)?.identity ?? '',
    ),
  );
  return new Set(
    identities.filter((identity) => identity !== '').map((identity) => Number.parseInt(identity)),
  );
}

async function untilScanning(profile: string): Promise<void> {
  const handle = env.client.workflow.getHandle(profileScanId(profile));
  await until(async () => {
    const description = await handle.describe().catch(() => null);
    return (
      description?.raw.pendingActivities?.some(({ lastStartedTime }) => lastStartedTime != null) === true
    );
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await condition()); await sleep(50)) {
    if (Date.now() > deadline) throw new Error(`not within 20 s: ${condition.toString()}`);
  }
}

test('a build finishes the runs that it began, while new ones go to the build that was promoted', async () => {
  const scanners = fleet('scanners');
  expect(await scanners.builds()).toEqual({});
  await expect(scanners.promote('one')).rejects.toMatchObject({ type: 'not-found' });

  const one = await scanners.start('one');
  expect(await scanners.builds()).toEqual({ one: 'current' });
  const begunByOne = await scanners.scan('slow');
  await untilScanning('slow');

  const two = await scanners.start('two');
  await until(async () => two.log().includes('another build is current'));
  await until(async () => 'two' in (await scanners.builds()));
  expect(await scanners.builds()).toEqual({ one: 'current', two: 'inactive' });
  await expect(scanners.promote('three')).rejects.toMatchObject({ type: 'not-found' });
  expect(await scanners.promote('two')).toBe('two');
  expect(await scanners.builds()).toEqual({ one: 'draining', two: 'current' });
  const { status } = await env.client.workflow.getHandle(begunByOne).describe();
  expect(status.name).toBe('RUNNING');
  expect(await scanners.identities()).toHaveLength(2);

  const begunByTwo = await scanners.scan('quick');
  expect(await outcomeOf(begunByTwo)).toBe('success');
  expect(await outcomeOf(begunByOne)).toBe('success');
  expect(await workedOn(begunByOne, 'slow')).toEqual(new Set([one.pid]));
  expect(await workedOn(begunByTwo, 'quick')).toEqual(new Set([two.pid]));

  // As after a crash, while it drains.
  await one.kill('SIGKILL');
  await scanners.start('one');
  expect(await scanners.builds()).toEqual({ one: 'draining', two: 'current' });
}, 120_000);

test('of the first workers of a deployment, each is told what came of it', async () => {
  const beginners = fleet('beginners');
  const both = await Promise.all(['a', 'b'].map((buildId) => beginners.start(buildId)));
  await until(async () => Object.keys(await beginners.builds()).length === 2);
  expect(Object.values(await beginners.builds()).toSorted()).toEqual(['current', 'inactive']);
  const waiting = () => both.filter((worker) => worker.log().includes('another build is current'));
  await until(async () => waiting().length > 0);
  expect(waiting()).toHaveLength(1);
}, 60_000);

test('the first build of a deployment finishes what workers without one began', async () => {
  const growing = fleet('growing');
  const before = await growing.start(null);
  const run = await growing.scan('moving');
  await untilScanning('moving');
  await before.kill('SIGTERM');
  await growing.start('first');
  expect(await outcomeOf(run)).toBe('success');
}, 60_000);
