import { failureKinds, reportOf } from '../errors.ts';
import type { DataJob } from '../model/object-ledger.ts';
import type { FinishedRun, SourceTitles } from '../model/run.ts';
import { runSummaryText } from '../report/execution-summary.ts';
import type { Config } from '../settings.ts';
import type { WorkContext } from '../work-context.ts';
import type { Message } from './channels/channel.ts';
import { enabledChannels } from './channels/open.ts';
import { failuresIn, jobMessageId, summaryMessageId } from './compose.ts';

/** A run that has ended, and what there is to tell of it. */
export interface EndedRun {
  run: FinishedRun;
  titles: SourceTitles;
  /** The job that it was; null for any other run, and where nobody wants to be told of the end of jobs. */
  job: DataJob | null;
}

/**
 * The run's summary as text; when something failed, it is sent on every channel as well, and so is the end of a job. What was
 * not sent is logged, and `sent` says whether any channel took anything.
 *
 * @throws VedetteError `mail-unreachable` or `channel-unreachable` when no channel took it and a later attempt may succeed.
 */
export async function sendRunSummary(
  config: Config,
  { run, titles, job }: EndedRun,
  { signal, logger }: Pick<WorkContext, 'signal' | 'logger'>,
): Promise<{ text: string; sent: boolean }> {
  const text = runSummaryText(run, titles);
  const messages: Message[] = [];
  if (failuresIn(run) > 0) messages.push({ kind: 'summary', id: summaryMessageId(run), run, titles });
  if (job !== null) messages.push({ kind: 'job', id: jobMessageId(run.organizationId, job), job });
  if (messages.length === 0) return { text, sent: false };
  let sent = false;
  const passing: unknown[] = [];
  for (const channel of enabledChannels(config)) {
    for (const message of messages) {
      try {
        await channel.send(message, signal);
        sent = true;
        logger.info({ runId: run.runId, channel: channel.name, kind: message.kind }, 'notification sent');
      } catch (error) {
        if (signal.aborted) throw error;
        const failure = reportOf(error);
        if (failureKinds[failure.type].retryable) passing.push(error);
        logger.warn({ failure, channel: channel.name }, 'the end of the run was not told');
      }
    }
  }
  // Another attempt would tell those twice that have got it.
  if (!sent && passing.length > 0) throw passing[0];
  return { text, sent };
}
