import { Context } from '@temporalio/activity';
import { failureKinds, reportOf } from '../errors.ts';
import { LIMITS, shortened } from '../model/limits.ts';
import { DEFAULT_ORGANIZATION } from '../model/names.ts';
import { currentFinishedRun } from '../model/recorded.ts';
import type { RecordedFinishedRun } from '../model/recorded.ts';
import type { FinishedRun } from '../model/run.ts';
import { FIRST_SOURCE } from '../model/source.ts';
import { notifyScan } from '../notify/notify-scan.ts';
import type { Notified } from '../notify/notify-scan.ts';
import { sendRunSummary } from '../notify/run-summary.ts';
import { runSummaryText } from '../report/execution-summary.ts';
import type { Config } from '../settings.ts';
import { endedJob } from '../store/objects/jobs.ts';
import { settingsFor } from '../store/organizations/settings.ts';
import type { WorkContext } from '../work-context.ts';
import { activity } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { countEmail } from './metrics.ts';

interface NotifyInput {
  /** Both absent where an earlier version recorded the input. */
  organizationId?: string;
  source?: string;
  scanId: number;
  initial: boolean;
}

/** The steps that tell people. */
export function messageActivities({ config: installation, sources, store, logger }: Dependencies) {
  return {
    notify: activity(logger, async (input: NotifyInput, context): Promise<Notified> => {
      const { organizationId = DEFAULT_ORGANIZATION, source = FIRST_SOURCE, scanId, initial } = input;
      const config = await settingsFor(await store(), installation, organizationId);
      const scan = { organizationId, scanId, initial };
      const send = async () => notifyScan(await store(), installation, scan, context);
      const without = (why: string) => ({ notified: 0, sent: false, warning: `No e-mail was sent: ${why}` });
      const notified = await withPatience(config, context, send, without);
      countEmail({ kind: 'events', source }, notified);
      return notified;
    }),

    /** The documented summary as text, sent only when something failed; and the end of a job. */
    summarise: activity(
      logger,
      async (
        recorded: FinishedRun | RecordedFinishedRun,
        context,
      ): Promise<{ text: string; sent: boolean }> => {
        const run = currentFinishedRun(recorded);
        const config = await settingsFor(await store(), installation, run.organizationId);
        const { titles } = sources;
        const job = await endedJob(await store(), run);
        const told = { run, titles, job: config.mail.onJobEnd ? job : null };
        const send = () => sendRunSummary(config, told, context);
        const without = (why: string) => ({
          text: runSummaryText(run, titles),
          sent: false,
          warning: why,
        });
        const { text, sent, ...rest } = await withPatience(config, context, send, without);
        countEmail({ kind: 'summary', source: run.sources.join(',') }, { sent, ...rest });
        return { text: shortened(text, LIMITS.step), sent };
      },
    ),
  };
}

/**
 * Sends, and has Temporal try again for as long as the mail server may be away; then goes on without: the next
 * scan's message carries the events.
 */
async function withPatience<Result>(
  { mail }: Config,
  { signal, logger }: WorkContext,
  send: () => Promise<Result>,
  without: (why: string) => Result,
): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    const failure = reportOf(error);
    const passing = failureKinds[failure.type].retryable;
    const waitingMs = Date.now() - Context.current().info.scheduledTimestampMs;
    if (signal.aborted || (passing && waitingMs < mail.retryWindowMs)) throw error;
    logger.warn({ failure }, 'the message was not sent');
    return without(`${failure.message} ${failure.remedy}`);
  }
}
