import { createHash } from 'node:crypto';
import type { EventsMessage, QuietAccount } from '../model/notification.ts';
import type { DataJob } from '../model/object-ledger.ts';
import { AccountOutcomeKind } from '../model/run.ts';
import type { FinishedRun, RunResult, SourceTitles } from '../model/run.ts';
import { SUPPRESSION_NOTICE_DAYS } from '../model/suppression.ts';
import type { ListedSuppression } from '../model/suppression.ts';
import { hasSeveral, runnerTitle, runSummaryText, summaryTime } from '../report/execution-summary.ts';
import type { Config } from '../settings.ts';
import { excerpt, printable } from '../text/printable.ts';
import { endingText } from './ending-text.ts';
import { eventsText } from './events-text.ts';
import { eventsLink, viewOf } from './events-view.ts';
import { jobText } from './job-text.ts';
import { quietText } from './quiet-text.ts';

/** A message before it is addressed. */
export interface ComposedMessage {
  /** The same for every attempt to send the same message, and for no other one; becomes the Message-ID. */
  id: string;
  subject: string;
  html: string;
  text: string;
}

export const TEST_SUBJECT = 'vedette: test message';
export const TEST_TEXT =
  'This is a test. Messages about new security events and failed runs arrive like this one.';

const SUBJECT_LENGTH = 200;

/** The message about one scan's new and reopened events. Needs no mail configuration, so it can be previewed. */
export async function composeEventsMessage(message: EventsMessage, config: Config): Promise<ComposedMessage> {
  const view = viewOf(message, eventsLink(config.api.publicUrl, message));
  const footer =
    'Sent by vedette about events that were not told before, of the levels that NOTIFY_ON_SEVERITY names ' +
    `(${config.mail.onSeverity.join(', ')}).`;
  const { renderEventsMail } = await import('./events-mail.tsx');
  return {
    id: eventsMessageId(message),
    subject: excerpt(`vedette: ${view.counts} in ${view.account}`, SUBJECT_LENGTH),
    html: await renderEventsMail(view, footer),
    text: eventsText(view, footer),
  };
}

/** The documented message about a run in which something failed. */
export async function composeSummaryMessage(
  run: FinishedRun,
  titles: SourceTitles,
): Promise<ComposedMessage> {
  const text = runSummaryText(run, titles);
  const failed = failuresIn(run);
  const organization = printable(run.organizationId);
  const footer = `Sent by vedette about run ${printable(run.runId)} of organisation ${organization}.`;
  const { renderSummaryMail } = await import('./summary-mail.tsx');
  return {
    id: summaryMessageId(run),
    subject: `${runnerTitle(run, titles)} Failures - ${summaryTime(run.endedAt).slice(0, 16)}`,
    html: await renderSummaryMail(
      text,
      `${failed} of ${run.accounts.length} ${hasSeveral(run) ? 'scans' : 'accounts'} failed`,
      footer,
    ),
    text: `${text}\n\n-- \n${footer}\n`,
  };
}

/** The message about suppressions that end soon. */
export async function composeEndingMessage(
  { id, suppressions }: { id: string; suppressions: readonly ListedSuppression[] },
  { api }: Config,
): Promise<ComposedMessage> {
  const { renderSummaryMail } = await import('./summary-mail.tsx');
  const { title, text } = endingText(suppressions, api.publicUrl);
  const footer = `Sent by vedette ${SUPPRESSION_NOTICE_DAYS} days before suppressions end.`;
  return {
    id,
    subject: `vedette: ${title}`,
    html: await renderSummaryMail(text, title, footer),
    text: `${text}\n\n-- \n${footer}\n`,
  };
}

/** The message about a job that has ended. */
export async function composeJobMessage(
  { id, job }: { id: string; job: DataJob },
  { api }: Config,
): Promise<ComposedMessage> {
  const { renderSummaryMail } = await import('./summary-mail.tsx');
  const { title, text } = jobText(job, api.publicUrl);
  const footer = `Sent by vedette at the end of job ${printable(job.job_id)}.`;
  return {
    id,
    subject: excerpt(`vedette: ${title}`, SUBJECT_LENGTH),
    html: await renderSummaryMail(text, title, footer),
    text: `${text}\n\n-- \n${footer}\n`,
  };
}

/** The message about accounts that send nothing any more. */
export async function composeQuietMessage(
  { id, accounts }: { id: string; accounts: readonly QuietAccount[] },
  { api }: Config,
): Promise<ComposedMessage> {
  const { renderSummaryMail } = await import('./summary-mail.tsx');
  const { title, text } = quietText(accounts, api.publicUrl);
  const footer = 'Sent by vedette once for each silence of an account.';
  return {
    id,
    subject: `vedette: ${title}`,
    html: await renderSummaryMail(text, title, footer),
    text: `${text}\n\n-- \n${footer}\n`,
  };
}

/** A message that says that it is a test. */
export async function composeTestMessage(id: string): Promise<ComposedMessage> {
  const { renderSummaryMail } = await import('./summary-mail.tsx');
  const footer = 'Sent by vedette notify test.';
  return {
    id,
    subject: TEST_SUBJECT,
    html: await renderSummaryMail(TEST_TEXT, TEST_TEXT, footer),
    text: `${TEST_TEXT}\n\n-- \n${footer}\n`,
  };
}

export function eventsMessageId({
  organizationId,
  accountId,
  source,
  scanTime,
  scanId,
}: EventsMessage): string {
  return messageId('events', organizationId, accountId, source, scanTime, String(scanId));
}

export function summaryMessageId({ organizationId, runId, endedAt }: FinishedRun): string {
  return messageId('summary', organizationId, runId, endedAt);
}

/** How many accounts of a run failed, at whatever stage. */
export function failuresIn(run: RunResult): number {
  const failures: readonly AccountOutcomeKind[] = [
    AccountOutcomeKind.FailedScan,
    AccountOutcomeKind.FailedParsing,
    AccountOutcomeKind.Failed,
  ];
  return run.accounts.filter(({ outcome }) => failures.includes(outcome)).length;
}

export function jobMessageId(organizationId: string, { job_id: jobId, ended_at: endedAt }: DataJob): string {
  return messageId('job', organizationId, jobId, endedAt ?? '');
}

/** The same for the same parts, and for no others. */
export function messageId(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
