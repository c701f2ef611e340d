import { failureKinds, reportOf } from '../errors.ts';
import type { FinishedRun, SourceTitles } from '../model/run.ts';
import { runSummaryText } from '../report/execution-summary.ts';
import type { Config } from '../settings.ts';
import type { WorkContext } from '../work-context.ts';
import type { Message } from './channels/channel.ts';
import { enabledChannels } from './channels/open.ts';
import { failuresIn, summaryMessageId } from './compose.ts';

/**
 * The run's summary as text; when something failed, it is sent on every channel as well. What was not sent is logged, and
 * `sent` says whether any channel took it.
 *
 * @throws VedetteError `mail-unreachable` or `channel-unreachable` when no channel took it and a later attempt may succeed.
 */
export async function sendRunSummary(
  config: Config,
  run: FinishedRun,
  titles: SourceTitles,
  { signal, logger }: Pick<WorkContext, 'signal' | 'logger'>,
): Promise<{ text: string; sent: boolean }> {
  const text = runSummaryText(run, titles);
  if (failuresIn(run) === 0) return { text, sent: false };
  const message: Message = { kind: 'summary', id: summaryMessageId(run), run, titles };
  let sent = false;
  const passing: unknown[] = [];
  for (const channel of enabledChannels(config)) {
    try {
      await channel.send(message, signal);
      sent = true;
      logger.info({ runId: run.runId, channel: channel.name }, 'notification sent');
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = reportOf(error);
      if (failureKinds[failure.type].retryable) passing.push(error);
      logger.warn({ failure, channel: channel.name }, 'the summary of the run was not sent');
    }
  }
  // Another attempt would tell those twice that have got it.
  if (!sent && passing.length > 0) throw passing[0];
  return { text, sent };
}
