import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { awaitRun, cancelRun, liveAccounts } from '../../src/client/runs.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { scanSummaryId } from '../../src/model/names.ts';
import { startPipeline } from '../support/pipeline.ts';
import type { Pipeline } from '../support/pipeline.ts';
import { profileScanId } from '../support/run-input.ts';

/** Each fails with 78 KiB of last lines; all of them are more than Temporal takes in one message. */
const ACCOUNTS = Array.from({ length: 120 }, (_, index) => `p${String(index).padStart(3, '0')}`);
const LINE = `INFO could not refresh the session of the account ${'and so on 🛡 '.repeat(300)}`;
const LAST = 'CRITICAL Authentication failure: the session is over';

let pipeline: Pipeline;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-verbose-'));
  const output = join(folder, 'output');
  writeFileSync(output, `${`${LINE}\n`.repeat(19)}${LAST}\n`);
  const scout = join(folder, 'scout');
  writeFileSync(scout, `#!/bin/sh\ncat ${output} >&2\nexit 101\n`, { mode: 0o755 });
  pipeline = await startPipeline({ scoutsuite: { command: scout } });
  pipeline.profiles(Object.fromEntries(ACCOUNTS.map((name) => [name, {}])));
}, 60_000);
afterAll(async () => {
  await pipeline?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test('a run in which many scanners fail at length ends with its summary', async () => {
  const runId = await pipeline.start(ACCOUNTS, { concurrency: 40 });
  const { status, accounts } = await awaitRun(pipeline.temporal, runId);

  expect(status).toBe('completed');
  for (const { outcome, error } of accounts) {
    expect(outcome).toBe('failed-scan');
    expect(error).toMatchObject({ type: 'credentials', exitCode: 101 });
    expect(error?.message).toContain('the session is over');
    expect(error?.lastLines?.[0]).toBe('… (lines before these are left out)');
    expect(error?.lastLines?.at(-1)).toBe(LAST);
  }
  const { client } = pipeline.env;
  const { text } = (await client.workflow.getHandle(scanSummaryId(runId)).result()) as { text: string };
  expect(text.match(/✗ p\d{3}: .*the session is over/g)).toHaveLength(ACCOUNTS.length);
  // The history of its own scan has more of each.
  const { events } = await client.workflow.getHandle(profileScanId('p000')).fetchHistory();
  const step = events?.flatMap((event) => event.activityTaskFailedEventAttributes?.failure ?? [])[0];
  const [told] = step?.applicationFailureInfo?.details?.payloads ?? [];
  expect(told?.data?.length).toBeGreaterThan(10 * LIMITS.scan);
  const live = await liveAccounts(pipeline.place, runId);
  expect(live.every(({ note }) => note?.includes('the session is over'))).toBe(true);
}, 180_000);

test('such a run can be cancelled', async () => {
  const runId = await pipeline.start(ACCOUNTS, { concurrency: 4 });
  const ended = async () =>
    (await liveAccounts(pipeline.place, runId).catch(() => [])).filter(({ state }) => state === 'ended');
  while ((await ended()).length < 60) await sleep(50);
  await cancelRun(pipeline.place, runId);
  const { status, accounts } = await awaitRun(pipeline.temporal, runId);
  expect(status).toBe('interrupted');
  expect(accounts.filter(({ outcome }) => outcome === 'interrupted').length).toBeGreaterThan(0);
  expect(accounts.filter(({ outcome }) => outcome === 'failed-scan').length).toBeGreaterThanOrEqual(60);
}, 180_000);
