import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { awaitRun, startRun } from '../../src/client/runs.ts';
import { METRICS } from '../../src/model/metrics.ts';
import { until } from '../support/cli.ts';
import { freePort } from '../support/mariadb.ts';
import { RECORDED_SCOUT } from '../support/pipeline.ts';
import { scanRunInput } from '../support/run-input.ts';
import { startSmtpSink } from '../support/smtp.ts';
import type { SmtpSink } from '../support/smtp.ts';
import { startTemporal } from '../support/temporal.ts';
import { startWorkerProcess } from '../support/worker.ts';
import type { WorkerProcess } from '../support/worker.ts';

let env: TestWorkflowEnvironment;
let serverRuns = true;
let smtp: SmtpSink;
let worker: WorkerProcess;
let metrics: string;
let health: string;
const folder = mkdtempSync(join(tmpdir(), 'vedette-observed-'));

/** One run of two accounts, one of which fails, by a worker that tells everything. */
beforeAll(async () => {
  smtp = await startSmtpSink();
  env = await startTemporal();
  const configFile = join(folder, 'aws-config');
  writeFileSync(
    configFile,
    '[profile acme]\nrecorded_account = 111111111111\n[profile refused]\nrecorded_exit_code = 101\n',
  );
  const [metricsPort, healthPort] = [await freePort(), await freePort()];
  metrics = `http://127.0.0.1:${metricsPort}/metrics`;
  health = `http://127.0.0.1:${healthPort}/healthz`;
  worker = await startWorkerProcess({
    general: { home: folder },
    temporal: { address: env.address },
    aws: { configFile },
    scoutsuite: { command: RECORDED_SCOUT },
    worker: { metricsAddress: String(metricsPort), healthAddress: String(healthPort) },
    mail: {
      enabled: true,
      transport: 'smtp',
      smtpHost: 'localhost',
      smtpPort: smtp.port,
      smtpCa: smtp.caFile,
      from: 'vedette@example.org',
      recipients: ['security@example.org'],
      onSeverity: ['high'],
    },
  });
  const temporal = { client: env.client, address: env.address, close: async () => undefined };
  const runId = await startRun(temporal, 'vedette', scanRunInput(['acme', 'refused']));
  await awaitRun(temporal, runId);
}, 60_000);

afterAll(async () => {
  await worker?.kill('SIGKILL');
  if (serverRuns) await env?.teardown();
  await smtp?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

describe('the metrics that Prometheus scrapes', () => {
  /** Samples by name and labels, without the labels that name the worker. */
  async function samples(name: string): Promise<Record<string, number>> {
    const text = await fetch(metrics).then((response) => response.text());
    const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
    const wanted = /(activityType|source|outcome|transition|kind|result)="([^"]*)"/g;
    return Object.fromEntries(
      lines.map((line) => [
        [...line.matchAll(wanted)].map(([, , value]) => value).join(' '),
        Number(line.slice(line.lastIndexOf(' '))),
      ]),
    );
  }

  test('count scans by outcome, events by transition, and e-mails', async () => {
    expect(await samples(METRICS.scans)).toEqual({
      'success scoutsuite': 1,
      'failed-scan scoutsuite': 1,
    });
    expect(await samples(METRICS.events)).toEqual({ 'resolve scoutsuite new': 555 });
    expect(smtp.received).toHaveLength(2);
    expect(await samples(METRICS.emails)).toEqual({
      'notify events sent scoutsuite': 1,
      'summarise summary sent scoutsuite': 1,
    });
  });

  test('measure every step of the pipeline', async () => {
    const attempts = await samples(`${METRICS.steps}_count`);
    expect(attempts).toMatchObject({
      'scan done scoutsuite': 1,
      'scan failed scoutsuite': 1,
      'parse done scoutsuite': 1,
      'persist done scoutsuite': 1,
    });
    const seconds = await samples(`${METRICS.steps}_sum`);
    expect(seconds['persist done scoutsuite']).toBeGreaterThan(0);
    expect(seconds['persist done scoutsuite']).toBeLessThan(30);
  });

  test('are those that the dashboard shows', async () => {
    const file = fileURLToPath(new URL('../../docs/grafana/vedette.json', import.meta.url));
    const { panels } = JSON.parse(readFileSync(file, 'utf8')) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    const used = panels.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => expr.match(/\b(?:vedette|temporal)_\w+/g) ?? []),
    );
    expect(new Set(used).size).toBeGreaterThan(8);
    const exported = await fetch(metrics).then((response) => response.text());
    expect([...new Set(used)].filter((name) => !exported.includes(`\n${name}{`))).toEqual([]);
  });
});

test('a collector gets the metrics by OpenTelemetry', async () => {
  const received: { path: string | undefined; token: unknown; bytes: number }[] = [];
  const collector = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      received.push({ path: request.url, token: request.headers['x-token'], bytes });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  const other = await startWorkerProcess({
    general: { home: join(folder, 'other') },
    temporal: { address: env.address, taskQueue: 'other' },
    telemetry: { otlpEndpoint: `http://127.0.0.1:${port}/`, otlpHeaders: ['x-token=a%20token'] },
  });
  try {
    await until(() => received.length > 0, 'metrics arrive');
    expect(received[0]).toMatchObject({ path: '/v1/metrics', token: 'a token' });
    expect(received[0]?.bytes).toBeGreaterThan(0);
  } finally {
    await other.kill('SIGKILL');
    collector.close();
  }
}, 40_000);

test('the health endpoint says whether the worker works and the server answers', async () => {
  expect((await fetch(health)).status).toBe(200);
  serverRuns = false;
  await env.teardown();
  const answer = await fetch(health);
  expect(answer.status).toBe(503);
  expect((await answer.text()).length).toBeGreaterThan(5);
}, 30_000);
