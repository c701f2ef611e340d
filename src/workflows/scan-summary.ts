import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { LIMITS, shortened } from '../model/limits.ts';
import type { FinishedRun } from '../model/run.ts';

const { summarise } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '1d',
  heartbeatTimeout: '20s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

/** The end of every run: its execution summary, sent by e-mail when an account failed. */
export async function scanSummary(run: FinishedRun): Promise<{ text: string; sent: boolean }> {
  const summary = await summarise.executeWithOptions({ summary: 'Summarise the run' }, [run]);
  setCurrentDetails(`\`\`\`\n${shortened(summary.text, LIMITS.details)}\n\`\`\``);
  return summary;
}
