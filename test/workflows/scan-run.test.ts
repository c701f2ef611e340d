import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { awaitRun, cancelRun, describeRun, liveAccounts, listRuns } from '../../src/client/runs.ts';
import { silent } from '../../src/log.ts';
import { SEARCH_ATTRIBUTES } from '../../src/model/names.ts';
import { openStore } from '../../src/store/database/open.ts';
import { inTransaction } from '../../src/store/database/store.ts';
import { listEvents } from '../../src/store/events/events.ts';
import { listScanFailures } from '../../src/store/scans/scan-failures.ts';
import { startPipeline } from '../support/pipeline.ts';
import type { Pipeline } from '../support/pipeline.ts';
import { profileScanId } from '../support/run-input.ts';

let pipeline: Pipeline;

beforeAll(async () => {
  pipeline = await startPipeline();
}, 60_000);
afterAll(async () => {
  await pipeline?.stop();
}, 60_000);

const run = async (profiles: readonly string[], input = {}) =>
  awaitRun(pipeline.temporal, await pipeline.start(profiles, input));

/** Polls until something is there; the tests' own time limit ends it. */
async function until<Result>(look: () => Promise<Result | undefined>): Promise<Result> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
}

/** How often the newest workflow of a profile has scanned it. */
async function scansOf(profile: string): Promise<number> {
  const { events } = await pipeline.env.client.workflow.getHandle(profileScanId(profile)).fetchHistory();
  const steps = (events ?? []).map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
  return steps.filter((name) => name === 'scan').length;
}

/** What Temporal's UI shows of it. */
async function currentDetails(workflowId: string): Promise<string> {
  const handle = pipeline.env.client.workflow.getHandle(workflowId);
  const metadata = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
  return metadata.currentDetails;
}

describe('a run over two accounts', () => {
  test('stores each account’s scans apart and tracks them from run to run', async () => {
    pipeline.profiles({
      acme: { recorded_account: '111111111111' },
      globex: { recorded_account: '222222222222' },
    });
    const first = await run(['acme', 'globex']);
    const second = await run(['acme', 'globex']);

    expect(first.status).toBe('completed');
    expect(first.accounts.map(({ profile, accountId, outcome }) => [profile, accountId, outcome])).toEqual([
      ['acme', '111111111111', 'success'],
      ['globex', '222222222222', 'success'],
    ]);
    expect(first.accounts.map(({ scan }) => scan?.events)).toMatchObject([
      { total: 555, new: 555, resolved: 0 },
      { total: 230, new: 230, resolved: 0 },
    ]);
    expect(second.accounts.map(({ scan }) => scan?.events)).toEqual([
      { total: 545, new: 14, still: 531, resolved: 24, reopened: 0, unverified: 0 },
      { total: 220, new: 14, still: 206, resolved: 24, reopened: 0, unverified: 0 },
    ]);
    expect(second.accounts[0]?.scan).toMatchObject({
      source: 'scoutsuite',
      version: '5.14.0',
      status: 'recorded',
    });
    const { events } = await listEvents(pipeline.store, { organizationId: 'default' }, { limit: 1000 });
    expect(events).toHaveLength(569 + 244);
    expect(existsSync(join(pipeline.home, 'artifacts', second.runId))).toBe(false);
  }, 60_000);

  test('can be understood in Temporal: ids, search attributes, a summary for each activity', async () => {
    pipeline.profiles({ acme: { recorded_account: '111111111111' } });
    const { runId } = await run(['acme']);

    expect(await describeRun(pipeline.place, runId)).toMatchObject({
      status: 'completed',
      outcome: 'success',
      source: 'scoutsuite',
    });
    expect((await listRuns(pipeline.place, 1))[0]?.runId).toBe(runId);
    const described = await pipeline.env.client.workflow.getHandle(runId).describe();
    expect(await described.staticSummary()).toBe('acme with scoutsuite');
    expect(await described.staticDetails()).toContain('Services: all');
    const handle = pipeline.env.client.workflow.getHandle(profileScanId('acme'));
    const { searchAttributes } = await handle.describe();
    expect(searchAttributes).toMatchObject({
      [SEARCH_ATTRIBUTES.source]: ['scoutsuite'],
      [SEARCH_ATTRIBUTES.run]: [runId],
      [SEARCH_ATTRIBUTES.outcome]: ['success'],
    });
    const { events } = await handle.fetchHistory();
    const summaries = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes, userMetadata }) =>
      activityTaskScheduledEventAttributes ? [Buffer.from(userMetadata?.summary?.data ?? []).toString()] : [],
    );
    expect(summaries).toHaveLength(6);
    expect(summaries.every((summary) => summary.length > 10)).toBe(true);
  }, 60_000);
});

describe('a failure of one account', () => {
  test('never stops the others, and is classified with exit code and last lines', async () => {
    pipeline.profiles({
      good: { recorded_account: '111111111111' },
      refused: { recorded_exit_code: '101' },
      empty: { recorded_empty: 'true' },
    });
    const { accounts } = await run(['refused', 'good', 'empty', 'unknown']);
    expect(accounts.map(({ profile, outcome, stage }) => [profile, outcome, stage])).toEqual([
      ['refused', 'failed-scan', 'scan'],
      ['good', 'success', null],
      ['empty', 'failed-scan', 'scan'],
      ['unknown', 'failed-scan', 'scan'],
    ]);
    expect(accounts[0]?.error).toMatchObject({ type: 'credentials', exitCode: 101 });
    expect(accounts[0]?.error?.lastLines?.length).toBeGreaterThan(0);
    expect(accounts[2]?.error).toMatchObject({ type: 'scan-empty' });
    expect(readdirSync(join(pipeline.home, 'artifacts'))).toEqual([]);
  }, 60_000);

  test('is kept beside the account, until a scan of it goes through', async () => {
    const failures = async () =>
      (await listScanFailures(pipeline.store, 'default')).filter(
        ({ targetName }) => targetName === 'later-good',
      );
    pipeline.profiles({ 'later-good': { recorded_exit_code: '101' } });
    await run(['later-good']);
    const { runId } = await run(['later-good']);
    expect(await failures()).toMatchObject([
      { source: 'scoutsuite', stage: 'scan', runId, times: 2, failure: { type: 'credentials' } },
    ]);
    pipeline.profiles({ 'later-good': { recorded_account: '111111111111' } });
    await run(['later-good']);
    expect(await failures()).toEqual([]);
  }, 60_000);

  test('is red where it happened, and the run is found by its outcome', async () => {
    pipeline.profiles({ refused: { recorded_exit_code: '101' } });
    const { runId } = await run(['refused']);
    expect(await describeRun(pipeline.place, runId)).toMatchObject({
      status: 'completed',
      outcome: 'failed',
    });
    const { status } = await pipeline.env.client.workflow.getHandle(profileScanId('refused')).describe();
    expect(status.name).toBe('FAILED');
    expect(await currentDetails(profileScanId('refused'))).toMatch(
      /Failed at stage scan.*exit code 101[^]*What to do:.*credentials[^]*Last lines/,
    );
    expect(await currentDetails(runId)).toContain('**Completed:** 0 of 1 accounts successful, 1 not');
  }, 60_000);
});

test('results that are lost between two steps are scanned again', async () => {
  pipeline.profiles({ acme: { recorded_account: '222222222222' } });
  pipeline.artifacts.forgets = 1;
  const { accounts } = await run(['acme']);
  expect(pipeline.artifacts.forgets).toBe(0);
  expect(accounts[0]).toMatchObject({ outcome: 'success' });
  expect(await scansOf('acme')).toBe(2);
}, 60_000);

test('results that are lost again and again are given up after three scans', async () => {
  pipeline.profiles({ acme: { recorded_account: '222222222222' } });
  pipeline.artifacts.forgets = Infinity;
  const { accounts } = await run(['acme']).finally(() => (pipeline.artifacts.forgets = 0));
  expect(accounts[0]).toMatchObject({ outcome: 'failed-parsing', error: { type: 'artifact-lost' } });
  expect(await scansOf('acme')).toBe(3);
}, 60_000);

test('a second run of an account that is being scanned skips it and says why; only its own organisation cancels the first', async () => {
  pipeline.profiles({ slow: { recorded_hang: 'true' } });
  const first = await pipeline.start(['slow']);
  await until(async () => (await liveAccounts(pipeline.place, first)).find(({ stage }) => stage === 'scan'));
  const { accounts } = await run(['slow']);
  expect(accounts[0]).toMatchObject({ outcome: 'skipped', error: { type: 'account-busy' } });

  const elsewhere = { ...pipeline.place, organizationId: 'another' };
  await expect(cancelRun(elsewhere, first)).rejects.toMatchObject({ type: 'not-found' });
  const { searchAttributes } = await pipeline.env.client.workflow.getHandle(first).describe();
  expect(searchAttributes[SEARCH_ATTRIBUTES.outcome]).toBeUndefined();
  await cancelRun(pipeline.place, first);
  await awaitRun(pipeline.temporal, first);
}, 60_000);

test('jobs on buckets of one account wait for each other', async () => {
  pipeline.profiles({ slow: { recorded_hang: 'true' } });
  const scanning = (runId: string) =>
    until(async () => (await liveAccounts(pipeline.place, runId)).find(({ stage }) => stage === 'scan'));
  const data = (bucket: string) => ({
    options: { services: [], regions: [], initial: false, data: { bucket, prefix: '', detectors: [] } },
  });
  const first = await pipeline.start(['slow'], data('one'));
  await scanning(first);
  const second = await pipeline.start(['slow'], data('two'));
  const third = await pipeline.start(['slow'], data('three'));
  // One that is cancelled before it has listed its accounts has no result.
  await until(async () =>
    (await liveAccounts(pipeline.place, third)).some(({ state }) => state === 'running'),
  );
  await cancelRun(pipeline.place, third);
  expect((await awaitRun(pipeline.temporal, third)).accounts[0]).toMatchObject({ outcome: 'interrupted' });
  await cancelRun(pipeline.place, first);
  await awaitRun(pipeline.temporal, first);
  await scanning(second);
  await cancelRun(pipeline.place, second);
  await awaitRun(pipeline.temporal, second);
}, 60_000);

test('a cancelled run stops its scanners, cleans up and ends with its result', async () => {
  pipeline.profiles({
    acme: { recorded_account: '111111111111' },
    slow: { recorded_hang: 'true' },
    later: {},
  });
  const runId = await pipeline.start(['acme', 'slow', 'later'], { concurrency: 1 });
  await until(async () =>
    (await liveAccounts(pipeline.place, runId).catch(() => [])).find(
      ({ profile, stage, note }) => profile === 'slow' && stage === 'scan' && note?.includes('EC2'),
    ),
  );
  const before = Date.now();
  await cancelRun(pipeline.place, runId);
  const { status, accounts } = await awaitRun(pipeline.temporal, runId);
  expect(Date.now() - before).toBeLessThan(10_000);
  expect(status).toBe('interrupted');
  expect(accounts.map(({ profile, outcome }) => [profile, outcome])).toEqual([
    ['acme', 'success'],
    ['slow', 'interrupted'],
    ['later', 'interrupted'],
  ]);
  expect(await describeRun(pipeline.place, runId)).toMatchObject({
    status: 'interrupted',
    outcome: 'interrupted',
  });
  expect(readdirSync(join(pipeline.home, 'artifacts'))).toEqual([]);
}, 60_000);

test('a run that is cancelled while a scan is being stored leaves no files', async () => {
  pipeline.profiles({ acme: { recorded_account: '222222222222' } });
  await run(['acme']);
  const other = await openStore(pipeline.config, silent);
  const free = new AbortController();
  const writing = other.session((session) =>
    inTransaction(other, session, free.signal, () => once(free.signal, 'abort')),
  );
  try {
    const runId = await pipeline.start(['acme']);
    const live = () => liveAccounts(pipeline.place, runId).catch(() => []);
    await until(async () => (await live()).find(({ stage }) => stage === 'persist'));
    expect(readdirSync(join(pipeline.home, 'artifacts'))).toEqual([runId]);
    await cancelRun(pipeline.place, runId);
    expect(await awaitRun(pipeline.temporal, runId)).toMatchObject({ status: 'interrupted' });
    expect(readdirSync(join(pipeline.home, 'artifacts'))).toEqual([]);
  } finally {
    free.abort();
    await writing.catch(() => undefined);
    await other.close();
  }
}, 60_000);
