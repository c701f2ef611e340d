import type { ScanRunInput } from '../model/pipeline.ts';
import type { AccountOutcome } from '../model/run.ts';
import type { RunSummary } from '../model/run.ts';
import type { Place } from './place.ts';
import { describeRun, liveAccounts, runFailure, runInput, runResult } from './runs.ts';
import type { RunningAccount } from './runs.ts';
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
 * A run as it is now.
 *
 * @param known what the run was started with, for those who look again
 * @throws VedetteError `not-found`, `temporal-unreachable`
 */
export async function runDetails(place: Place, runId: string, known?: ScanRunInput): Promise<RunDetails> {
  const { temporal } = place;
  const summary = await ask(temporal, () => describeRun(place, runId));
  try {
    const input = known ?? (await ask(temporal, () => runInput(temporal, runId)));
    if (summary.status === 'running') {
      // The workers answer this one, and may be away.
      const live = await ask(temporal, () => liveAccounts(place, runId), LIVE_MS).catch(() => []);
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
