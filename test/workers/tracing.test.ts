import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { ownPlace } from '../../src/client/place.ts';
import { awaitRun, liveAccounts, startRun } from '../../src/client/runs.ts';
import { connectTemporal } from '../../src/client/temporal.ts';
import { startTracing } from '../../src/client/tracing.ts';
import type { ConfigOverrides } from '../../src/settings.ts';
import { workflowSource } from '../../src/workers/worker.ts';
import { until } from '../support/cli.ts';
import { startOtlpCollector } from '../support/otlp-collector.ts';
import type { OtlpCollector, ReceivedSpan } from '../support/otlp-collector.ts';
import { RECORDED_SCOUT } from '../support/pipeline.ts';
import { profileScanId, scanRunInput } from '../support/run-input.ts';
import { testConfig } from '../support/stores.ts';
import { startTemporal } from '../support/temporal.ts';
import { startWorkerProcess } from '../support/worker.ts';

let env: TestWorkflowEnvironment;
let collector: OtlpCollector;
const folder = mkdtempSync(join(tmpdir(), 'vedette-traced-'));

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  [env, collector] = await Promise.all([startTemporal(), startOtlpCollector()]);
}, 30_000);

afterAll(async () => {
  await env?.teardown();
  collector?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The names from a span up to the first one of its trace. */
function ancestry(span: ReceivedSpan | undefined): string[] {
  if (span === undefined) return [];
  const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [span.name, ...ancestry(parent)];
}

test('a run is one trace, from the command that starts it to the steps of each account', async () => {
  const configFile = join(folder, 'aws-config');
  writeFileSync(configFile, '[profile acme]\n[profile broken]\nrecorded_exit_code = 101\n');
  const overrides: ConfigOverrides = {
    general: { home: folder },
    temporal: { address: env.address },
    aws: { configFile },
    scoutsuite: { command: RECORDED_SCOUT },
    telemetry: { otlpEndpoint: collector.url, otlpHeaders: ['x-token=a%20token'], metricsExporter: 'none' },
  };
  const worker = await startWorkerProcess(overrides);
  const config = testConfig(overrides);
  const temporal = await connectTemporal(config, env.address);
  let runId: string;
  try {
    runId = await startRun(temporal, 'vedette', scanRunInput(['acme', 'broken']));
    await awaitRun(temporal, runId);
    expect(await liveAccounts(ownPlace(temporal, config), runId)).toHaveLength(2);
  } finally {
    await temporal.close();
    await worker.kill('SIGTERM');
  }
  await until(() => collector.spans.some(({ name }) => name === 'RunWorkflow:scanRun'), 'the last spans');

  const { spans } = collector;
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['vedette']));
  expect(collector.headers.every((headers) => headers['x-token'] === 'a token')).toBe(true);
  const run = ['RunWorkflow:scanRun', 'StartWorkflow:scanRun'];
  const account = ['RunWorkflow:accountScan', 'StartChildWorkflow:accountScan', ...run];
  const stepOf = (step: string) => spans.find(({ name }) => name === `RunActivity:${step}`);
  for (const step of ['scan', 'parse', 'persist', 'resolve', 'notify', 'cleanUp']) {
    expect(ancestry(stepOf(step))).toEqual([`RunActivity:${step}`, `StartActivity:${step}`, ...account]);
  }
  expect(ancestry(stepOf('summarise')).slice(2)).toEqual([
    'RunWorkflow:scanSummary',
    'StartChildWorkflow:scanSummary',
    ...run,
  ]);
  expect(spans.filter(({ name }) => name === 'RunWorkflow:accountScan')).toHaveLength(2);
  const failed = spans.filter((span) => span.failed).map(({ name }) => name);
  expect(failed).toEqual(expect.arrayContaining(['RunActivity:scan', 'RunWorkflow:accountScan']));
  expect(stepOf('scan')?.attributes).toMatchObject({ temporalWorkflowId: expect.stringContaining('scan/') });
  // The following of a run is no part of it.
  expect(spans.filter(({ name }) => /Query|Describe|Result/.test(name))).toEqual([]);

  // Going on without traces.
  const { code } = workflowSource({ traced: false });
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: code.workflowsPath ?? '',
    logger: new DefaultLogger('WARN'),
  });
  for (const workflowId of [runId, profileScanId('acme')]) {
    const history = await env.client.workflow.getHandle(workflowId).fetchHistory();
    await expect(Worker.runReplayHistory({ workflowBundle }, history, workflowId)).resolves.toBeUndefined();
  }
}, 60_000);

test('nothing is traced unless a collector is named, or when traces are switched off', async () => {
  const endpoint = 'http://127.0.0.1:1';
  const tracingOf = (telemetry: ConfigOverrides['telemetry']) =>
    startTracing(testConfig({ telemetry: telemetry ?? {} }));
  expect(await tracingOf({})).toBeUndefined();
  expect(await tracingOf({ otlpEndpoint: endpoint, tracesExporter: 'none' })).toBeUndefined();
  for (const protocol of ['http/protobuf', 'grpc']) {
    const tracing = await tracingOf({
      tracesEndpoint: endpoint,
      otlpProtocol: protocol,
      otlpHeaders: ['a=b'],
    });
    tracing?.tracer.startSpan('lost').end();
    const before = Date.now();
    await tracing?.stop();
    expect(tracing).toBeDefined();
    expect(Date.now() - before).toBeLessThan(4000);
  }
}, 20_000);
