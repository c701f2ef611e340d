import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { scanFolder } from '../../src/artifacts/artifact-store.ts';
import { sweepArtifacts } from '../../src/artifacts/sweep.ts';
import type { RunState } from '../../src/artifacts/sweep.ts';
import { runState } from '../../src/client/run-state.ts';
import { awaitRun, cancelRun } from '../../src/client/runs.ts';
import { SEARCH_ATTRIBUTES, WORKFLOWS } from '../../src/model/names.ts';
import { startPipeline } from '../support/pipeline.ts';
import type { Pipeline } from '../support/pipeline.ts';
import { startWorkerProcess } from '../support/worker.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vedette-sweep-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What a scan has left, all of it of this age. */
function leave(runId: string, ageMs: number, folder: string = root): void {
  const own = scanFolder(folder, runId, 'acme');
  mkdirSync(join(own, 'scoutsuite-results'), { recursive: true });
  writeFileSync(join(own, 'scoutsuite-results', 'results.js'), 'results');
  const time = new Date(Date.now() - ageMs);
  for (const path of ['scoutsuite-results/results.js', 'scoutsuite-results', '.', '..']) {
    utimesSync(join(own, path), time, time);
  }
}

const sweep = (states: Record<string, RunState>) =>
  sweepArtifacts(root, async (runId) => states[runId] ?? 'unknown');

test('files of ended runs go, those of open runs stay however old they are', async () => {
  leave('ended', 11 * MINUTE_MS);
  leave("a 'schedule'/../x", DAY_MS);
  leave('open', 30 * DAY_MS);
  const states = { ended: 'closed', "a 'schedule'/../x": 'closed', open: 'open' } as const;
  expect((await sweep(states)).toSorted()).toEqual(["a 'schedule'/../x", 'ended']);
  expect(readdirSync(root)).toEqual(['open']);
});

test('what was written a moment ago stays', async () => {
  leave('ended', DAY_MS);
  writeFileSync(join(scanFolder(root, 'ended', 'acme'), 'scoutsuite-results', 'late.js'), '');
  expect(await sweep({ ended: 'closed' })).toEqual([]);
});

test('runs that the server does not know are given a week', async () => {
  leave('young', 6 * DAY_MS);
  leave('old', 8 * DAY_MS);
  expect(await sweep({})).toEqual(['old']);
  expect(await sweepArtifacts(join(root, 'nowhere'), async () => 'closed')).toEqual([]);
});

test('nothing goes when the server cannot be asked', async () => {
  leave('old', 30 * DAY_MS);
  const failing = sweepArtifacts(root, () => Promise.reject(new Error('no answer')));
  await expect(failing).rejects.toThrow('no answer');
  expect(readdirSync(root)).toEqual(['old']);
});

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline();
  pipeline.profiles({ acme: {}, hanging: { recorded_hang: 'true' }, stubborn: { recorded_hang: 'true' } });
}, 60_000);
afterAll(async () => pipeline?.stop(), 30_000);

test('a server is asked; a worker that starts sweeps its folder', async () => {
  const { temporal, env } = pipeline;
  const ended = await pipeline.start(['acme']);
  const open = await pipeline.start(['hanging']);
  await awaitRun(temporal, ended);
  const outlived = await pipeline.start(['acme']);
  await awaitRun(temporal, outlived);
  const scan = await env.client.workflow.start(WORKFLOWS.accountScan, {
    workflowId: 'scan/scoutsuite/stubborn',
    taskQueue: pipeline.config.temporal.taskQueue,
    searchAttributes: { [SEARCH_ATTRIBUTES.run]: [outlived] },
    args: [
      {
        runId: outlived,
        source: 'scoutsuite',
        target: { profile: 'stubborn', accountId: null },
        options: { services: [], regions: [], initial: false },
      },
    ],
  });
  await until(async () => (await runState(temporal, outlived)) === 'open');
  expect(await runState(temporal, open)).toBe('open');
  expect(await runState(temporal, ended)).toBe('closed');
  expect(await runState(temporal, 'never "begun" \\')).toBe('unknown');

  for (const runId of [ended, open, outlived]) leave(runId, DAY_MS, join(root, 'artifacts'));
  const worker = await startWorkerProcess({
    general: { home: root },
    temporal: { address: env.address, taskQueue: 'another' },
  });
  try {
    await until(async () => !existsSync(join(root, 'artifacts', ended)));
    await sleep(300);
    expect(readdirSync(join(root, 'artifacts')).toSorted()).toEqual([open, outlived].toSorted());
  } finally {
    await worker.kill('SIGTERM');
    await scan.cancel();
    await cancelRun(pipeline.place, open);
  }
  await awaitRun(temporal, open);
  await expect(scan.result()).rejects.toThrow('cancelled');
}, 60_000);

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 20_000; !(await condition()); await sleep(50)) {
    if (Date.now() > deadline) throw new Error(`not within 20 s: ${condition.toString()}`);
  }
}
