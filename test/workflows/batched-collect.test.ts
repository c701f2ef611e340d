import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { awaitRun, cancelRun, liveAccounts } from '../../src/client/runs.ts';
import { batchedCollectId } from '../../src/model/names.ts';
import { listEvents } from '../../src/store/events/events.ts';
import { startPipeline } from '../support/pipeline.ts';
import type { Pipeline } from '../support/pipeline.ts';
import { profileScanId } from '../support/run-input.ts';
import { tiny } from '../support/tiny-source/index.ts';
import { makeUpCloud, objects } from '../support/tiny-source/made-up.ts';

/** After so many events Temporal asks for a new history; 4096 where nobody says otherwise. */
const HISTORY_EVENTS = 60;

let pipeline: Pipeline;
const cloud = makeUpCloud();

beforeAll(async () => {
  pipeline = await startPipeline({}, undefined, {
    moreSources: [tiny],
    sourceSettings: { tiny: cloud.settings },
    serverOptions: ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${HISTORY_EVENTS}`],
  });
}, 60_000);
afterAll(async () => {
  await pipeline?.stop();
  cloud.remove();
}, 60_000);

/** Each test has an account of its own. */
let profile: string;
let account: { accountId: string };
let number = 0;
beforeEach(() => {
  number += 1;
  profile = `account-${number}`;
  account = { accountId: String(100_000_000_000 + number) };
  pipeline.profiles({ [profile]: {} });
});

const start = () => pipeline.start([profile], { sources: ['tiny'] });
const run = async () => (await awaitRun(pipeline.temporal, await start())).accounts[0];

/** Polls until something is there; the tests' own time limit ends it. */
async function until(isThere: () => Promise<boolean>): Promise<void> {
  while (!(await isThere())) await sleep(50);
}

async function openEvents(): Promise<string[]> {
  const filter = {
    organizationId: 'default',
    accountIds: [account.accountId],
    statuses: ['active' as const],
  };
  const { events } = await listEvents(pipeline.store, filter, { limit: 1000 });
  return events.map(({ resourceId }) => resourceId).toSorted();
}

/** How large the histories of the newest collection are, from the last one back. */
async function histories(): Promise<{ events: number; bytes: number }[]> {
  const sizes: { events: number; bytes: number }[] = [];
  const workflowId = batchedCollectId(profileScanId(profile, 'tiny'));
  for (let runId: string | undefined; sizes.length === 0 || runId;) {
    const handle = pipeline.env.client.workflow.getHandle(workflowId, runId);
    const history = await handle.fetchHistory();
    sizes.push({ events: history.events?.length ?? 0, bytes: historyToJSON(history).length });
    const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
    runId = started?.continuedExecutionRunId ?? undefined;
  }
  return sizes;
}

test('what all batches left is followed from scan to scan', async () => {
  const keys = objects(31);
  cloud.record({
    [profile]: {
      ...account,
      buckets: [
        { name: 'assets', region: 'eu-west-1', public: true, objects: keys },
        { name: 'logs', region: 'us-east-1', objects: [] },
      ],
    },
  });
  expect(await run()).toMatchObject({
    outcome: 'success',
    ...account,
    scan: { source: 'tiny', status: 'recorded', events: { total: 5, new: 5 } },
  });
  expect(cloud.read().toSorted()).toEqual(keys.map((key) => `assets/${key}`));
  expect(await openEvents()).toEqual(['assets', ...keys.filter((_, at) => at % 10 === 0).map(inAssets)]);

  cloud.record({
    [profile]: {
      ...account,
      buckets: [{ name: 'assets', region: 'eu-west-1', objects: [...keys.slice(1), 'new.pem'] }],
    },
  });
  expect((await run())?.scan?.events).toMatchObject({ new: 1, still: 3, resolved: 2, unverified: 0 });
  expect(readdirSync(join(pipeline.home, 'artifacts'))).toEqual([]);
}, 60_000);

function inAssets(key: string): string {
  return `assets/${key}`;
}

test('no history grows with the number of batches', async () => {
  const scanOf = async (batches: number) => {
    const buckets = [{ name: 'assets', region: 'eu-west-1', objects: objects(batches * 2) }];
    cloud.record({ [profile]: { ...account, buckets } });
    expect(await run()).toMatchObject({ outcome: 'success' });
    expect(cloud.read()).toHaveLength(batches * 2);
    const handle = pipeline.env.client.workflow.getHandle(profileScanId(profile, 'tiny'));
    const { events } = await handle.fetchHistory();
    return { collection: await histories(), scan: events?.length };
  };
  const few = await scanOf(12);
  const many = await scanOf(120);

  expect(few.collection.length).toBeGreaterThan(1);
  expect(many.collection.length).toBeGreaterThan(few.collection.length * 4);
  const longest = (sizes: { events: number; bytes: number }[]) => ({
    events: Math.max(...sizes.map(({ events }) => events)),
    bytes: Math.max(...sizes.map(({ bytes }) => bytes)),
  });
  const bound = longest(few.collection);
  // What is in flight when Temporal asks for a new history still ends in the old one.
  expect(longest(many.collection).events).toBeLessThan(HISTORY_EVENTS * 1.5);
  expect(longest(many.collection).bytes).toBeLessThan(bound.bytes * 1.5);
  expect(many.scan).toBe(few.scan);
}, 120_000);

test('a scan of one prefix leaves everything else as it was', async () => {
  const assets = { name: 'assets', region: 'eu-west-1', objects: ['a/1.pem', 'a/2.pem', 'b/3.pem'] };
  const other = { name: 'other', region: 'eu-west-1', objects: ['a/4.pem'] };
  cloud.record({ [profile]: { ...account, buckets: [assets, other] } });
  await run();
  cloud.record({
    [profile]: {
      ...account,
      buckets: [
        { ...assets, objects: ['a/2.pem'] },
        { ...other, objects: [] },
      ],
    },
  });
  cloud.settings.prefix = 'assets/a/';
  const scanned = await run().finally(() => {
    cloud.settings.prefix = undefined;
  });
  expect(cloud.read()).toEqual(['assets/a/2.pem']);
  expect(scanned?.scan?.events).toMatchObject({ still: 1, resolved: 1, unverified: 2 });
  expect(await openEvents()).toEqual(['assets/a/2.pem', 'assets/b/3.pem', 'other/a/4.pem']);
}, 60_000);

describe('a batch that fails for good', () => {
  test('is a place that was not seen, when the source says so', async () => {
    const open = { name: 'open', region: 'eu-west-1', objects: ['a.pem', 'b.pem'] };
    const sealed = { name: 'sealed', region: 'eu-west-1', objects: ['c.pem'] };
    cloud.record({ [profile]: { ...account, buckets: [open, sealed] } });
    await run();
    cloud.record({
      [profile]: {
        ...account,
        buckets: [
          { ...open, objects: ['b.pem'] },
          { ...sealed, objects: ['d.txt'], denied: true },
        ],
      },
    });
    expect(await run()).toMatchObject({
      outcome: 'success',
      scan: { status: 'partial', events: { still: 1, resolved: 1, unverified: 1 } },
    });
    expect(await openEvents()).toEqual(['open/b.pem', 'sealed/c.pem']);
  }, 60_000);

  test('else ends the other batches and the scan, and leaves nothing', async () => {
    cloud.record({
      [profile]: {
        ...account,
        buckets: [
          { name: 'slow', region: 'eu-west-1', objects: ['a.txt'], slowUntil: '/never' },
          { name: 'garbled', region: 'eu-west-1', objects: ['b.txt'], garbled: true },
        ],
      },
    });
    expect(await run()).toMatchObject({
      outcome: 'failed-scan',
      stage: 'scan',
      error: { type: 'scan-mismatch', message: 'The objects of garbled make no sense.' },
    });
    expect(readdirSync(join(pipeline.home, 'artifacts'))).toEqual([]);
  }, 60_000);
});

describe('while batches are collected', () => {
  const slow = (name: string, file: string) => ({
    name,
    region: 'eu-west-1',
    objects: objects(8),
    slowUntil: file,
  });
  const fast = { name: 'fast', region: 'eu-west-1', objects: objects(4) };

  async function untilTwoAreDone(runId: string): Promise<void> {
    await until(async () => {
      const [live] = await liveAccounts(pipeline.place, runId).catch(() => []);
      return live?.stage === 'scan' && live.note === '2 of 6 batches' && live.stageStartedAt !== null;
    });
  }

  test('the account tells how many are done', async () => {
    const gate = join(pipeline.home, 'gate');
    cloud.record({ [profile]: { ...account, buckets: [fast, slow('slow', gate)] } });
    const runId = await start();
    await untilTwoAreDone(runId);
    const [live] = await liveAccounts(pipeline.place, runId);
    const states = live?.parts.map(({ label, state }) => `${label}: ${state}`);
    expect(states?.slice(0, 2)).toEqual(['fast from 0: done', 'fast from 2: done']);
    expect(states?.filter((state) => state.endsWith('running'))).not.toEqual([]);
    writeFileSync(gate, '');
    expect((await awaitRun(pipeline.temporal, runId)).accounts).toMatchObject([{ outcome: 'success' }]);
    expect(cloud.read()).toHaveLength(12);
  }, 60_000);

  test('what one of them left and is gone makes the scan begin anew', async () => {
    const gate = join(pipeline.home, 'second-gate');
    cloud.record({ [profile]: { ...account, buckets: [fast, slow('slow', gate)] } });
    const runId = await start();
    await untilTwoAreDone(runId);
    const artifacts = join(pipeline.home, 'artifacts');
    const [first] = readdirSync(artifacts, { recursive: true, encoding: 'utf8' }).filter((name) =>
      basename(name).startsWith('0000000000-'),
    );
    rmSync(join(artifacts, first ?? ''));
    writeFileSync(gate, '');
    expect((await awaitRun(pipeline.temporal, runId)).accounts).toMatchObject([{ outcome: 'success' }]);
    expect(cloud.read()).toHaveLength(2 * 12);
    expect(readdirSync(artifacts)).toEqual([]);
  }, 60_000);

  test('a cancelled run ends them and leaves nothing', async () => {
    cloud.record({ [profile]: { ...account, buckets: [fast, slow('slow', '/never')] } });
    const runId = await start();
    await untilTwoAreDone(runId);
    await cancelRun(pipeline.place, runId);
    const { status, accounts } = await awaitRun(pipeline.temporal, runId);
    expect(status).toBe('interrupted');
    expect(accounts).toMatchObject([{ outcome: 'interrupted' }]);
    const collection = pipeline.env.client.workflow.getHandle(
      batchedCollectId(profileScanId(profile, 'tiny')),
    );
    expect((await collection.describe()).status.name).toBe('CANCELLED');
    expect(readdirSync(join(pipeline.home, 'artifacts'))).toEqual([]);
  }, 60_000);
});
