import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { awaitRun, cancelRun, liveAccounts } from '../../src/client/runs.ts';
import { accountScanId, batchedCollectId, scanSummaryId, WORKFLOWS } from '../../src/model/names.ts';
import type { purge, scanRun } from '../../src/workflows/index.ts';
import { startPipeline } from './pipeline.ts';
import type { Pipeline } from './pipeline.ts';
import { profileScanId, scanRunInput, targetOf } from './run-input.ts';
import { tiny } from './tiny-source/index.ts';
import { makeUpCloud, objects } from './tiny-source/made-up.ts';

const MACHINE = new RegExp(`\\b${hostname().replace(/\W/g, '\\$&')}\\b`, 'g');

export type JsonHistory = { events: Record<string, unknown>[] };

/**
 * Runs the workflows on a Temporal server and writes their histories into `folder`, without names of this machine. Those
 * that are there stay: they are what earlier versions have left.
 */
export async function recordHistories(folder: string): Promise<void> {
  const cloud = makeUpCloud({ batchSize: 1 });
  const pipeline = await startPipeline({}, undefined, {
    moreSources: [tiny],
    sourceSettings: { tiny: cloud.settings },
    serverOptions: ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=60'],
  });
  const save = saverOf(pipeline, folder);
  try {
    pipeline.profiles({ acme: {}, refused: { recorded_exit_code: '101' }, slow: { recorded_hang: 'true' } });
    const mixed = await pipeline.start(['acme', 'refused']);
    await awaitRun(pipeline.temporal, mixed);
    await save('scan-run-with-a-failed-account', mixed);
    await save('scan-summary', scanSummaryId(mixed));
    await save('account-scan', profileScanId('acme'));
    await save('account-scan-failed', profileScanId('refused'));
    await save('account-scan-failed-and-kept', profileScanId('refused'));

    const cancelled = await pipeline.start(['slow']);
    await untilScanning(pipeline, cancelled);
    await cancelRun(pipeline.place, cancelled);
    await awaitRun(pipeline.temporal, cancelled);
    await save('scan-run-cancelled', cancelled);
    await save('account-scan-cancelled', profileScanId('slow'));

    pipeline.artifacts.forgets = 1;
    await awaitRun(pipeline.temporal, await pipeline.start(['acme']));
    await save('account-scan-of-lost-results', profileScanId('acme'));

    const busy = await pipeline.start(['slow']);
    await untilScanning(pipeline, busy);
    const skipping = await pipeline.start(['slow', 'acme']);
    await awaitRun(pipeline.temporal, skipping);
    await save('scan-run-with-a-busy-account', skipping);
    await cancelRun(pipeline.place, busy);
    await awaitRun(pipeline.temporal, busy);

    const buckets = [
      { name: 'open', region: 'eu-west-1', objects: objects(20) },
      { name: 'sealed', region: 'eu-west-1', objects: objects(2), denied: true },
    ];
    cloud.record({ acme: { accountId: '111111111111', buckets } });
    await awaitRun(pipeline.temporal, await pipeline.start(['acme'], { sources: ['tiny'] }));
    const scanInBatches = profileScanId('acme', 'tiny');
    await save('account-scan-in-batches', scanInBatches);
    const batches = batchedCollectId(scanInBatches);
    const { events } = await pipeline.env.client.workflow.getHandle(batches).fetchHistory();
    const { firstExecutionRunId } = events?.[0]?.workflowExecutionStartedEventAttributes ?? {};
    await save('batched-collect', batches, firstExecutionRunId ?? undefined);
    await save('batched-collect-continued', batches);

    await pipeline.env.client.workflow.execute<typeof scanRun>(WORKFLOWS.scanRun, {
      ...as(pipeline, 'nightly'),
      args: [scanRunInput(['acme'], { concurrency: 1 })],
    });
    await save('scan-run-by-a-schedule', 'nightly');

    const both = await pipeline.start(['acme', 'refused'], { sources: ['scoutsuite', 'tiny'] });
    await awaitRun(pipeline.temporal, both);
    await save('scan-run-with-two-sources', both);

    const theirs = scanRunInput(['acme'], { organizationId: 'globex', sources: ['tiny'] });
    const foreign = await pipeline.start(['acme'], theirs);
    await awaitRun(pipeline.temporal, foreign);
    await save('scan-run-of-another-organisation', foreign);
    await save(
      'account-scan-of-another-organisation',
      accountScanId({ organizationId: 'globex', source: 'tiny', target: targetOf('acme') }),
    );

    await pipeline.env.client.workflow.execute<typeof purge>(WORKFLOWS.purge, {
      ...as(pipeline, 'housekeeping'),
      args: [{ organizationId: 'default', olderThanMs: 86_400_000 }],
    });
    await save('purge', 'housekeeping');
  } finally {
    await pipeline.stop();
    cloud.remove();
  }
}

/** Writes the history of a workflow: of its newest execution where no other is named. */
export function saverOf(pipeline: Pipeline, folder: string) {
  return async (name: string, workflowId: string, runId?: string): Promise<void> => {
    const file = join(folder, `${name}.json`);
    if (existsSync(file)) return;
    const history = await pipeline.env.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const plain = scrubbed(JSON.parse(historyToJSON(history)), pipeline.home);
    writeFileSync(file, `${JSON.stringify(plain, undefined, 1)}\n`);
  };
}

/** How schedules start workflows. */
function as({ config }: Pipeline, workflowId: string) {
  return { workflowId, taskQueue: config.temporal.taskQueue };
}

async function untilScanning(pipeline: Pipeline, runId: string): Promise<void> {
  for (;;) {
    const accounts = await liveAccounts(pipeline.place, runId).catch(() => []);
    if (accounts.some(({ stage, note }) => stage === 'scan' && note?.includes('EC2'))) return;
    await sleep(50);
  }
}

/** Also inside payloads, which are base64. */
function scrubbed(value: unknown, home: string): unknown {
  if (typeof value === 'string') return withoutPlaces(value, home);
  if (Array.isArray(value)) return value.map((item) => scrubbed(item, home));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'identity') return [key, 'vedette'];
      if (key !== 'data' || typeof inner !== 'string') return [key, scrubbed(inner, home)];
      const text = Buffer.from(inner, 'base64').toString();
      return [key, Buffer.from(withoutPlaces(text, home)).toString('base64')];
    }),
  );
}

function withoutPlaces(text: string, home: string): string {
  return text
    .replaceAll(home, '/vedette')
    .replaceAll(process.cwd(), '/vedette')
    .replace(MACHINE, 'machine')
    .replace(/\b\d+@machine\b/g, 'vedette');
}
