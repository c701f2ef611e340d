import type { FailureReport } from './failure.ts';
import type { Stage } from './run.ts';
import type { TargetKind } from './target.ts';

/** How a target's scans with a source have failed since the last one that went through. Times are ISO 8601 in UTC. */
export interface ScanFailure {
  targetKind: TargetKind;
  targetName: string;
  source: string;
  /** The last run in which it failed, with the stage and what happened there. */
  runId: string;
  stage: Stage;
  failure: FailureReport;
  /** In how many runs, one after the other. */
  times: number;
  firstFailedAt: string;
  lastFailedAt: string;
}
