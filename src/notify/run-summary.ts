import { reportOf } from '../errors.ts';
import type { FinishedRun, SourceTitles } from '../model/run.ts';
import { runSummaryText } from '../report/execution-summary.ts';
import type { Config } from '../settings.ts';
import type { WorkContext } from '../work-context.ts';
import { composeSummaryMessage, failuresIn } from './compose.ts';
import { deliver } from './deliver.ts';

/**
 * The run's summary as text; when something failed and e-mail is enabled, it is sent as well. A refusal is logged
 * and answered with `sent: false`, because trying again would not help.
 *
 * @throws VedetteError `mail-unreachable`: a later attempt may succeed.
 */
export async function sendRunSummary(
  config: Config,
  run: FinishedRun,
  titles: SourceTitles,
  { signal, logger }: Pick<WorkContext, 'signal' | 'logger'>,
): Promise<{ text: string; sent: boolean }> {
  const text = runSummaryText(run, titles);
  if (!config.mail.enabled || failuresIn(run) === 0) return { text, sent: false };
  try {
    await deliver(config, await composeSummaryMessage(run, titles), { signal });
  } catch (error) {
    const failure = reportOf(error);
    if (signal.aborted || failure.type === 'mail-unreachable') throw error;
    logger.warn({ failure }, 'the summary of the run was not sent');
    return { text, sent: false };
  }
  logger.info({ runId: run.runId }, 'notification sent');
  return { text, sent: true };
}
