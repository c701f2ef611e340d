import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { pino } from 'pino';
import { awaitRun } from '../../src/client/runs.ts';
import { startOtlpCollector } from '../support/otlp-collector.ts';
import type { OtlpCollector } from '../support/otlp-collector.ts';
import { RECORDED_SCOUT, startPipeline } from '../support/pipeline.ts';
import type { Pipeline } from '../support/pipeline.ts';

/** Of the shapes that AWS gives them. */
const SECRETS = {
  AWS_SECRET_ACCESS_KEY: 'Zq7/fakeFAKE0fakefakefakeEnvironmentKey1',
  AWS_SESSION_TOKEN: `FwoGZXIvYXdzEFake${'Token0fake'.repeat(20)}==`,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'fake-token-of-the-container',
  file: 'Pq9/fakeFAKE0fakefakefakefakeProfileKey2',
  externalId: 'fake-external-id-of-the-role',
  roleKey: 'Rs8/fakeFAKE0fakefakefakefakeOfTheRole34',
  roleToken: `IQoJb3JpZ2luFake${'RoleToken0fake'.repeat(20)}`,
  ssoToken: 'fake-access-token-of-identity-center',
  DB_PASSWORD: 'a database password that is fake',
  SMTP_PASSWORD: 'a mail password that is fake',
} as const;
const IN_ENVIRONMENT = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'DB_PASSWORD',
  'SMTP_PASSWORD',
] as const;

let pipeline: Pipeline;
let collector: OtlpCollector;
let logged = '';
const before = Object.fromEntries(IN_ENVIRONMENT.map((name) => [name, process.env[name]]));

beforeAll(async () => {
  for (const name of IN_ENVIRONMENT) process.env[name] = SECRETS[name];
  const log = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const mail = {
    enabled: true,
    transport: 'smtp',
    smtpHost: '127.0.0.1',
    // Nobody listens there, which is logged.
    smtpPort: 1,
    smtpUser: 'vedette',
    smtpPassword: SECRETS.SMTP_PASSWORD,
    from: 'vedette@example.org',
    recipients: ['security@example.org'],
    onSeverity: ['high'],
    retryWindowMs: '0',
  };
  collector = await startOtlpCollector();
  const telemetry = { otlpEndpoint: collector.url };
  pipeline = await startPipeline({ mail, telemetry }, pino({ level: 'trace' }, log));
}, 60_000);

afterAll(async () => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await pipeline?.stop();
  collector?.stop();
}, 30_000);

/**
 * A scanner that tells all it knows, as a Python traceback with its environment or the debugging of AWS's library might:
 * its environment, the AWS files, the answer to AssumeRole, and the token of IAM Identity Center.
 */
function talkativeScanner(): string {
  const file = join(pipeline.home, 'talkative-scout');
  const { roleKey, roleToken, ssoToken } = SECRETS;
  const answers = [
    `<SecretAccessKey>${roleKey}</SecretAccessKey><SessionToken>${roleToken}</SessionToken>`,
    JSON.stringify({ SecretAccessKey: roleKey, SessionToken: roleToken }),
    JSON.stringify({ accessToken: ssoToken, clientSecret: ssoToken, refreshToken: ssoToken }),
    `Action=AssumeRole&ExternalId=${SECRETS.externalId}&RoleArn=x`,
  ];
  writeFileSync(join(pipeline.home, 'answers'), `${answers.join('\n')}\n`);
  writeFileSync(
    file,
    `#!/bin/sh\nenv >&2\ncat "$AWS_CONFIG_FILE" "${pipeline.home}/aws-credentials" "${pipeline.home}/answers" >&2\nexec "${process.execPath}" "${RECORDED_SCOUT}" "$@"\n`,
  );
  chmodSync(file, 0o700);
  return file;
}

test('no secret reaches a workflow history, a log, an artifact or a trace', async () => {
  pipeline.profiles({
    acme: { recorded_account: '111111111111', external_id: SECRETS.externalId },
    broken: { recorded_exit_code: '101', external_id: SECRETS.externalId },
  });
  writeFileSync(
    join(pipeline.home, 'aws-credentials'),
    `[acme]\naws_access_key_id = AKIAFAKEFAKEFAKEFAKE\naws_secret_access_key = ${SECRETS.file}\n`,
  );
  pipeline.config.scoutsuite.command = talkativeScanner();
  // What the steps leave for each other is looked at instead of being removed.
  pipeline.artifacts.remove = async () => undefined;

  const runId = await pipeline.start(['acme', 'broken']);
  const { accounts } = await awaitRun(pipeline.temporal, runId);
  expect(accounts.map(({ outcome }) => outcome)).toEqual(['success', 'failed-scan']);

  const histories: string[] = [];
  for await (const { workflowId, runId: execution } of pipeline.env.client.workflow.list()) {
    const history = await pipeline.env.client.workflow.getHandle(workflowId, execution).fetchHistory();
    histories.push(decoded(historyToJSON(history)));
  }
  const artifacts = filesBelow(join(pipeline.home, 'artifacts')).map(contentOf);
  expect(histories.length).toBeGreaterThanOrEqual(4);
  expect(histories.join('')).toContain('[redacted]');
  expect(artifacts.some((content) => content.includes('"kind":"event"'))).toBe(true);
  await pipeline.tracing?.processor.forceFlush();
  expect(collector.raw()).toContain('the recorded scan was told to fail');
  expect(logged).toContain('the message was not sent');

  for (const [name, secret] of Object.entries(SECRETS)) {
    const places = {
      history: histories.join('\n'),
      log: logged,
      artifact: artifacts.join('\n'),
      trace: collector.raw(),
    };
    const found = Object.entries(places).filter(([, text]) => text.includes(secret.slice(0, 24)));
    expect([name, found.map(([place]) => place)]).toEqual([name, []]);
  }
}, 60_000);

/** With the payloads, which are base64, made readable. */
function decoded(json: string): string {
  return json.replaceAll(/"data":\s*"([^"]*)"/g, (_match, data: string) =>
    Buffer.from(data, 'base64').toString(),
  );
}

function filesBelow(folder: string): string[] {
  expect(existsSync(folder)).toBe(true);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function contentOf(file: string): string {
  const content = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(content) : content).toString();
}
