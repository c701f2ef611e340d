import { afterEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { silent } from '../../src/log.ts';
import type { DataJob } from '../../src/model/object-ledger.ts';
import type { AccountOutcome, FinishedRun } from '../../src/model/run.ts';
import { sendRunSummary } from '../../src/notify/run-summary.ts';
import { executionSummary } from '../../src/report/execution-summary.ts';
import { startSmtpSink } from '../support/smtp.ts';
import type { SmtpMode, SmtpSink } from '../support/smtp.ts';
import { dataJob, failureOf, hostileNames, mailConfig } from './fixtures.ts';

const TITLES = { scoutsuite: 'ScoutSuite' };
const context = { signal: new AbortController().signal, logger: silent };
const good: AccountOutcome = {
  profile: 'a',
  targetKind: 'aws-profile',
  accountId: null,
  source: 'scoutsuite',
  outcome: 'success',
  stage: null,
  error: null,
  scan: null,
};
const bad: AccountOutcome = { ...good, profile: 'b', outcome: 'failed', stage: 'persist' };
const sinks: SmtpSink[] = [];

afterEach(async () => {
  await Promise.all(sinks.splice(0).map((sink) => sink.stop()));
});

async function sinkOf(mode: SmtpMode = 'accept'): Promise<SmtpSink> {
  const sink = await startSmtpSink({ mode });
  sinks.push(sink);
  return sink;
}

function configFor({ port, caFile }: SmtpSink, enabled = true) {
  return mailConfig({ enabled, transport: 'smtp', smtpHost: 'localhost', smtpPort: port, smtpCa: caFile });
}

function run(accounts: readonly AccountOutcome[]): FinishedRun {
  const [startedAt, endedAt] = ['2024-01-15T14:00:00.000Z', '2024-01-15T14:30:25.000Z'];
  return {
    runId: 'run-1',
    organizationId: 'default',
    status: 'completed',
    sources: ['scoutsuite'],
    accounts,
    startedAt,
    endedAt,
    concurrency: 1,
  };
}

const ended = (accounts: readonly AccountOutcome[], job: DataJob | null = null) => ({
  run: run(accounts),
  titles: TITLES,
  job,
});

test('sends the summary of a run in which something failed', async () => {
  const sink = await sinkOf();
  const text = executionSummary(run([good, bad]), TITLES);
  expect(await sendRunSummary(configFor(sink), ended([good, bad]), context)).toEqual({
    text,
    sent: true,
  });
  const mail = await simpleParser(sink.received[0]?.raw ?? '');
  expect(mail.subject).toBe('ScoutSuite Runner Failures - 2024-01-15 14:30');
  expect(mail.text).toContain(text);
});

test('sends nothing when all went well or e-mail is disabled, and gives the text all the same', async () => {
  const sink = await sinkOf();
  const text = executionSummary(run([good]), TITLES);
  expect(await sendRunSummary(configFor(sink), ended([good]), context)).toEqual({ text, sent: false });
  expect(await sendRunSummary(configFor(sink, false), ended([bad]), context)).toMatchObject({
    sent: false,
  });
  expect(sink.received).toEqual([]);
});

test('a refusal does not fail the run; a server that is away is for the caller to try again', async () => {
  const refusing = configFor(await sinkOf('reject'));
  expect(await sendRunSummary(refusing, ended([bad]), context)).toMatchObject({ sent: false });
  const away = configFor(await sinkOf('busy'));
  expect((await failureOf(sendRunSummary(away, ended([bad]), context))).type).toBe('mail-unreachable');
});

test('tells of the end of a job, also of one in which nothing failed', async () => {
  const sink = await sinkOf();
  expect(await sendRunSummary(configFor(sink), ended([good], dataJob()), context)).toMatchObject({
    sent: true,
  });
  const failed = dataJob({ status: 'failed', reason: 'access is denied', prefix: hostileNames.ansi });
  await sendRunSummary(configFor(sink), ended([bad], failed), context);
  const [completed, summary, other] = await Promise.all(sink.received.map(({ raw }) => simpleParser(raw)));
  expect(completed?.subject).toBe('vedette: sensitive data in my-bucket/documents/: 234 findings');
  expect(completed?.text).toMatch(/Objects\s+1234 objects: 1000 succeeded, 150 skipped, 84 failed/);
  expect(summary?.subject).toMatch(/Failures/);
  expect(other?.subject).toMatch(/: failed$/);
  expect(other?.text).toMatch(/Status\s+failed: access is denied/);
  expect(other?.text?.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
