import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  awaitRun,
  cancelRun,
  describeRun,
  liveAccounts,
  listRuns,
  refuseEnded,
  retryInput,
  startRun,
} from '../../src/client/runs.ts';
import { accountScanId, organizationKeyword, SEARCH_ATTRIBUTES } from '../../src/model/names.ts';
import { AccountOutcomeKind } from '../../src/model/run.ts';
import type { AccountOutcome } from '../../src/model/run.ts';
import { addAccount, recordCheck } from '../../src/store/accounts/accounts.ts';
import { lastScanPerAccount } from '../../src/store/scans/scans.ts';
import { startPipeline } from '../support/pipeline.ts';
import type { Pipeline } from '../support/pipeline.ts';
import { profileScanId, scanRunInput, targetOf } from '../support/run-input.ts';
import { addOrganizations } from '../support/stores.ts';
import { tiny } from '../support/tiny-source/index.ts';
import { makeUpCloud } from '../support/tiny-source/made-up.ts';
import { until } from '../support/until.ts';

const BOTH = { sources: ['scoutsuite', 'tiny'] };

const bucket = { name: 'assets', region: 'eu-west-1', public: true, objects: [] };
const CLOUD = {
  acme: { accountId: '111111111111', buckets: [bucket] },
  globex: { accountId: '222222222222', buckets: [bucket] },
  slow: { accountId: '333333333333', buckets: [bucket] },
  unknown: { accountId: '444444444444', buckets: [bucket] },
};
const cloud = makeUpCloud();
let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = await startPipeline({}, undefined, {
    moreSources: [tiny],
    sourceSettings: { tiny: cloud.settings },
  });
  cloud.record(CLOUD);
  pipeline.profiles({
    acme: { recorded_account: '111111111111' },
    globex: { recorded_account: '222222222222' },
    slow: { recorded_hang: 'true' },
  });
}, 60_000);
afterAll(async () => {
  await pipeline?.stop();
  cloud.remove();
}, 60_000);

const short = (accounts: readonly AccountOutcome[]) =>
  accounts.map(({ profile, source, outcome }) => `${profile} ${source} ${outcome}`);

test('a run scans each account with each source, stored apart', async () => {
  const { runId, sources, accounts } = await awaitRun(
    pipeline.temporal,
    await pipeline.start(['acme', 'globex'], BOTH),
  );
  expect(sources).toEqual(BOTH.sources);
  expect(short(accounts)).toEqual([
    'acme scoutsuite success',
    'acme tiny success',
    'globex scoutsuite success',
    'globex tiny success',
  ]);
  expect(accounts.map(({ scan }) => scan?.events.total)).toEqual([555, 1, 230, 1]);
  const scans = await lastScanPerAccount(pipeline.store, { organizationId: 'default', sources: ['tiny'] });
  expect(scans).toHaveLength(2);
  expect(await describeRun(pipeline.place, runId)).toMatchObject({ source: 'scoutsuite,tiny' });
  const described = await pipeline.env.client.workflow.getHandle(runId).describe();
  expect(await described.staticSummary()).toBe('acme, globex with scoutsuite, tiny');
  expect(await liveAccounts(pipeline.place, runId)).toMatchObject([
    { profile: 'acme', source: 'scoutsuite' },
    { profile: 'acme', source: 'tiny' },
    { profile: 'globex', source: 'scoutsuite' },
    { profile: 'globex', source: 'tiny' },
  ]);
  expect(readdirSync(join(pipeline.home, 'artifacts'))).toEqual([]);
}, 60_000);

test('each source has a task queue of its own for its scans alone', async () => {
  await awaitRun(pipeline.temporal, await pipeline.start(['acme'], BOTH));
  const target = targetOf('acme');
  for (const source of BOTH.sources) {
    const id = accountScanId({ organizationId: 'default', source, target });
    const { events } = await pipeline.env.client.workflow.getHandle(id).fetchHistory();
    const queues = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: step }) =>
      step == null ? [] : [`${step.activityType?.name} ${step.taskQueue?.name}`],
    );
    expect(queues).toContain(`scan vedette/${source}`);
    expect(queues).toContain('resolve vedette');
  }
}, 60_000);

test('what failed is retried, each account with the sources that failed', async () => {
  cloud.record({});
  const failed = await awaitRun(pipeline.temporal, await pipeline.start(['acme', 'unknown'], BOTH));
  cloud.record(CLOUD);
  expect(short(failed.accounts)).toEqual([
    'acme scoutsuite success',
    'acme tiny failed-scan',
    'unknown scoutsuite failed-scan',
    'unknown tiny failed-scan',
  ]);
  const input = await retryInput(pipeline.place, failed.runId);
  expect(input.selection).toEqual({
    accounts: [
      { ...targetOf('acme'), sources: ['tiny'] },
      { ...targetOf('unknown'), sources: ['scoutsuite', 'tiny'] },
    ],
  });
  const again = await awaitRun(
    pipeline.temporal,
    await startRun(pipeline.temporal, pipeline.place.taskQueue, input),
  );
  expect(short(again.accounts)).toEqual([
    'acme tiny success',
    'unknown scoutsuite failed-scan',
    'unknown tiny success',
  ]);
}, 60_000);

test('an organisation has its own runs, and finds no others', async () => {
  // Would end the text in a query that does not quote it.
  const theirs = { ...pipeline.place, organizationId: String.raw`o'brien \ sons/1` };
  const { organizationId } = theirs;
  // Profiles are the installation's own; others have accounts by role.
  await addOrganizations(pipeline.store, organizationId);
  const account = await addAccount(pipeline.store, organizationId, {
    name: 'slow',
    accountId: '333333333333',
    roleArn: 'arn:aws:iam::333333333333:role/vedette',
    baseProfile: 'slow',
    createdBy: 'a test',
  });
  await recordCheck(pipeline.store, account, null);
  const target = { kind: 'aws-role', name: 'slow', accountId: null } as const;
  const own = await pipeline.start(['slow']);
  await until(async () => (await liveAccounts(pipeline.place, own)).some(({ stage }) => stage === 'scan'));
  const options = { services: [], regions: [], initial: true };
  const selection = { accounts: [target] };
  const runId = await pipeline.start([], { organizationId, sources: ['tiny'], options, selection });
  expect(runId).toMatch(/^org\/o'brien%20%5C%20sons%2F1\/run-/);
  const { accounts } = await awaitRun(pipeline.temporal, runId);
  expect(accounts).toMatchObject([
    { outcome: AccountOutcomeKind.Success, scan: { organizationId, notified: 1, warnings: [] } },
  ]);
  const scanned = { organizationId, source: 'tiny', target };
  const { searchAttributes } = await pipeline.env.client.workflow
    .getHandle(accountScanId(scanned))
    .describe();
  expect(searchAttributes).toMatchObject({
    [SEARCH_ATTRIBUTES.organization]: [organizationKeyword(organizationId)],
    [SEARCH_ATTRIBUTES.targetKind]: ['aws-role'],
  });

  const ids = async (place: typeof theirs) => (await listRuns(place, 50)).map((run) => run.runId);
  await until(async () => (await ids(theirs)).length > 0);
  expect(await ids(theirs)).toEqual([runId]);
  expect(await ids(pipeline.place)).toContain(own);
  expect(await ids(pipeline.place)).not.toContain(runId);
  for (const ask of [describeRun, cancelRun, refuseEnded, retryInput]) {
    await expect(ask(theirs, own)).rejects.toMatchObject({ type: 'not-found' });
    await expect(ask(pipeline.place, runId)).rejects.toMatchObject({ type: 'not-found' });
  }
  const { status } = await pipeline.env.client.workflow.getHandle(profileScanId('slow')).describe();
  expect(status.name).toBe('RUNNING');
  await cancelRun(pipeline.place, own);
  expect((await awaitRun(pipeline.temporal, own)).status).toBe('interrupted');
}, 60_000);

test('what runs as the version before began it goes on, and is of the default organisation', async () => {
  const { temporal, place } = pipeline;
  const { options } = scanRunInput([]);
  const recorded = { profile: 'acme', accountId: null };
  await temporal.client.workflow.start('scanRun', {
    taskQueue: place.taskQueue,
    workflowId: 'run-of-before',
    args: [{ source: 'scoutsuite', selection: { accounts: [recorded] }, options, concurrency: 1 }],
  });
  const { accounts } = await awaitRun(temporal, 'run-of-before');
  expect(accounts).toMatchObject([{ profile: 'acme', source: 'scoutsuite', outcome: 'success' }]);
  expect(await describeRun(place, 'run-of-before')).toMatchObject({ runId: 'run-of-before' });
  await until(async () => (await listRuns(place, 50)).some(({ runId }) => runId === 'run-of-before'));
  const theirs = { ...place, organizationId: 'globex' };
  await expect(describeRun(theirs, 'run-of-before')).rejects.toMatchObject({ type: 'not-found' });
}, 60_000);
