import { VedetteError } from '../errors.ts';
import { WORKFLOWS } from '../model/names.ts';
import type { ScanRunInput } from '../model/pipeline.ts';
import type { AccountOutcome } from '../model/run.ts';
import type { RunSummary } from '../model/run.ts';
import { liveAccounts, runFailure, runInput, runResult, runSummaryOf } from './runs.ts';
import type { RunningAccount } from './runs.ts';
import type { SchedulePlace } from './schedules.ts';
import { ask } from './temporal.ts';

/** A run with what it was asked to do, and where it is or what came of it. */
export interface RunDetails extends RunSummary {
  input: ScanRunInput;
  /** While it runs; empty when no worker can tell, or once it has ended. */
  live: readonly RunningAccount[];
  /** Once it has ended; empty for a run that was terminated or failed as a whole. */
  accounts: readonly AccountOutcome[];
}

const LIVE_MS = 3000;

/**
 * A run of our task queue as it is now.
 *
 * @param known what the run was started with, for those who look again
 * @throws VedetteError `not-found`, `temporal-unreachable`
 */
export async function runDetails(
  place: SchedulePlace,
  runId: string,
  known?: ScanRunInput,
): Promise<RunDetails> {
  const { temporal } = place;
  const summary = await findRun(place, runId);
  try {
    const input = known ?? (await ask(temporal, () => runInput(temporal, runId)));
    if (summary.status === 'running') {
      // The workers answer this one, and may be away.
      const live = await ask(temporal, () => liveAccounts(temporal, runId, input.source), LIVE_MS).catch(
        () => [],
      );
      return { ...summary, input, live, accounts: [] };
    }
    const result =
      summary.status === 'failed'
        ? null
        : await ask(temporal, () => runResult(temporal, runId)).catch(() => null);
    return { ...summary, input, live: [], accounts: result?.accounts ?? [] };
  } catch (error) {
    throw runFailure(temporal, runId, error);
  }
}

/** @throws VedetteError `not-found` also for a run of another task queue */
export async function findRun({ temporal, taskQueue }: SchedulePlace, runId: string): Promise<RunSummary> {
  try {
    const info = await ask(temporal, () => temporal.client.workflow.getHandle(runId).describe());
    if (info.type !== WORKFLOWS.scanRun || info.taskQueue !== taskQueue)
      throw new VedetteError('not-found', `There is no run ${runId}.`);
    return runSummaryOf(info);
  } catch (error) {
    throw runFailure(temporal, runId, error);
  }
}
