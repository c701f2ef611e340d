import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  defineQuery,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { accountScanId, scanSummaryId, SEARCH_ATTRIBUTES } from '../model/names.ts';
import { PROGRESS_QUERY } from '../model/pipeline.ts';
import type { AccountProgress, ScanRunInput } from '../model/pipeline.ts';
import { AccountOutcomeKind } from '../model/run.ts';
import type { AccountOutcome, AccountTarget, RunResult } from '../model/run.ts';
import { stageFailureOf } from './account-failure.ts';
import { accountScan } from './account-scan.ts';
import { runDetailsText } from './details.ts';
import { outcomeAtStage } from './outcome.ts';
import { scanSummary } from './scan-summary.ts';

const { listTargets } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: { maximumInterval: '30s' },
});

export const progressQuery = defineQuery<AccountProgress[]>(PROGRESS_QUERY);

/**
 * Scans the chosen accounts, some at a time. One account's failure never stops the others, and a cancelled run
 * still ends with its result and its summary.
 */
export async function scanRun(input: ScanRunInput): Promise<RunResult> {
  const runId = workflowInfo().workflowId;
  const startedAt = new Date().toISOString();
  if (workflowInfo().searchAttributes[SEARCH_ATTRIBUTES.run] === undefined) {
    // A schedule cannot know the id that the server gives a run.
    upsertSearchAttributes({ [SEARCH_ATTRIBUTES.run]: [runId] });
  }
  let progress: AccountProgress[] = [];
  setHandler(progressQuery, () => progress);
  const targets = await listTargets.executeWithOptions({ summary: 'List the accounts' }, [input.selection]);
  progress = targets.map(({ profile }) => ({ profile, state: 'waiting', outcome: null }));
  const outcomes = targets.map((): AccountOutcome | undefined => undefined);
  setCurrentDetails(runDetailsText(outcomes));
  let next = 0;
  const cancelled = () => CancellationScope.current().consideredCancelled;

  /** Takes one account after the other until none is left or the run is cancelled. */
  async function lane(): Promise<void> {
    for (let index = next++; index < targets.length && !cancelled(); index = next++) {
      const target = targets[index] as AccountTarget;
      const line = progress[index] as AccountProgress;
      line.state = 'running';
      const outcome = await scanAccount(runId, input, target);
      outcomes[index] = outcome;
      line.state = 'ended';
      line.outcome = outcome.outcome;
      line.failure = outcome.error && { message: outcome.error.message, remedy: outcome.error.remedy };
      setCurrentDetails(runDetailsText(outcomes));
    }
  }

  await Promise.all(Array.from({ length: Math.min(input.concurrency, targets.length) }, lane));
  const accounts = targets.map((target, index) => outcomes[index] ?? neverBegun(target));
  const run: RunResult = {
    runId,
    status: cancelled() ? 'interrupted' : 'completed',
    accounts,
    startedAt,
    endedAt: new Date().toISOString(),
  };
  setCurrentDetails(runDetailsText(accounts, run.status));
  await CancellationScope.nonCancellable(async () => {
    upsertSearchAttributes({ [SEARCH_ATTRIBUTES.outcome]: [overall(run)] });
    await executeChild(scanSummary, {
      workflowId: scanSummaryId(runId),
      args: [{ ...run, concurrency: input.concurrency }],
      staticSummary: `Summary of ${runId}`,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      searchAttributes: { [SEARCH_ATTRIBUTES.run]: [runId] },
    });
  });
  return run;
}

async function scanAccount(
  runId: string,
  input: ScanRunInput,
  target: AccountTarget,
): Promise<AccountOutcome> {
  const { profile, accountId } = target;
  const base = { profile, accountId, stage: null, error: null, scan: null };
  try {
    const { scan } = await executeChild(accountScan, {
      workflowId: accountScanId(input.source, profile),
      args: [{ runId, source: input.source, target, options: input.options }],
      staticSummary: `${profile} (${input.source})`,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      searchAttributes: {
        [SEARCH_ATTRIBUTES.account]: [accountId ?? profile],
        [SEARCH_ATTRIBUTES.source]: [input.source],
        [SEARCH_ATTRIBUTES.run]: [runId],
      },
    });
    return { ...base, accountId: scan.accountId, outcome: AccountOutcomeKind.Success, scan };
  } catch (error) {
    if (isCancellation(error)) return { ...base, outcome: AccountOutcomeKind.Interrupted };
    if (error instanceof WorkflowExecutionAlreadyStartedError) {
      return { ...base, outcome: AccountOutcomeKind.Skipped, error: alreadyScanned(profile) };
    }
    const { stage, failure } = stageFailureOf(error);
    return { ...base, outcome: outcomeAtStage(stage), stage, error: failure };
  }
}

function alreadyScanned(profile: string): NonNullable<AccountOutcome['error']> {
  return {
    type: 'account-busy',
    message: `another run is scanning ${profile} right now`,
    remedy: 'Wait for that run (vedette scan list), then run vedette scan retry.',
  };
}

function neverBegun({ profile, accountId }: AccountTarget): AccountOutcome {
  return {
    profile,
    accountId,
    outcome: AccountOutcomeKind.Interrupted,
    stage: null,
    error: null,
    scan: null,
  };
}

/** One word for the whole run, to search by. */
function overall({ status, accounts }: RunResult): string {
  if (status === 'interrupted') return AccountOutcomeKind.Interrupted;
  const failed = accounts.filter(({ outcome }) => outcome !== AccountOutcomeKind.Success);
  if (failed.length === 0) return AccountOutcomeKind.Success;
  return failed.length === accounts.length ? AccountOutcomeKind.Failed : 'partly-failed';
}
