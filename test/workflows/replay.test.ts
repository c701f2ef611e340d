import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { ReplayWorkerOptions } from '@temporalio/worker';
import { packageRoot } from '../../src/package-root.ts';
import { workflowSource } from '../../src/workers/worker.ts';
import { recordHistories } from '../support/histories.ts';
import type { JsonHistory } from '../support/histories.ts';
import { recordReceipts } from '../support/view360-histories.ts';

/**
 * Workflows that began with an earlier version go on with this one. A change that these histories do not survive
 * strands them; `UPDATE_HISTORIES=1` records those that are missing.
 */
const FOLDER = join(packageRoot(), 'test', 'histories');
if (process.env['UPDATE_HISTORIES'] === '1') {
  mkdirSync(FOLDER, { recursive: true });
  await recordHistories(FOLDER);
  await recordReceipts(FOLDER);
} else {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  });
}
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
/** A worker that sends traces runs other code around the workflows; it must be possible to switch that on and off. */
const VARIANTS = { plain: { traced: false }, traced: { traced: true } } as const;
type Variant = keyof typeof VARIANTS;
const sources = new Map<string, ReplayWorkerOptions>();

beforeAll(async () => {
  for (const [name, variant] of Object.entries(VARIANTS)) {
    const { code, interceptorModules } = workflowSource(variant);
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: code.workflowsPath ?? '',
      workflowInterceptorModules: interceptorModules,
      logger: new DefaultLogger('WARN'),
    });
    sources.set(name, { workflowBundle, sinks: { exporter: { export: { fn: () => undefined } } } });
  }
}, 60_000);

function read(file: string): JsonHistory {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as JsonHistory;
}

function replay(history: JsonHistory, variant: Variant = 'plain'): Promise<void> {
  const started = history.events[0]?.['workflowExecutionStartedEventAttributes'] as { workflowId: string };
  return Worker.runReplayHistory(sources.get(variant) ?? {}, history, started.workflowId);
}

test('there are histories of each kind', () => {
  expect(files).toEqual([
    'account-scan-cancelled.json',
    'account-scan-failed-and-kept.json',
    'account-scan-failed.json',
    'account-scan-in-batches.json',
    'account-scan-of-another-organisation.json',
    'account-scan-of-lost-results.json',
    'account-scan.json',
    'accounts-pulled.json',
    'batched-collect-continued.json',
    'batched-collect.json',
    'payload-given-up.json',
    'payload-loaded.json',
    'payloads-received.json',
    'purge.json',
    'scan-run-by-a-schedule.json',
    'scan-run-cancelled.json',
    'scan-run-of-another-organisation.json',
    'scan-run-with-a-busy-account.json',
    'scan-run-with-a-failed-account.json',
    'scan-run-with-two-sources.json',
    'scan-summary.json',
  ]);
});

describe.each(files)('%s', (file) => {
  test.each(['plain', 'traced'] as const)('is replayed, %s', async (variant) => {
    await expect(replay(read(file), variant)).resolves.toBeUndefined();
  });

  test('is refused when a step of it was another one', async () => {
    const history = read(file);
    const step = history.events.find((event) => 'activityTaskScheduledEventAttributes' in event);
    const attributes = step?.['activityTaskScheduledEventAttributes'] as { activityType: { name: string } };
    attributes.activityType.name = 'somethingElse';
    await expect(replay(history)).rejects.toThrow('Nondeterminism');
  });
});
