import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowCancellationType,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  defineQuery,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import {
  boundedOutcome,
  boundedProgress,
  EXCESS_REMEDY,
  excessOf,
  jsonBytes,
  LIMITS,
  shortened,
} from '../model/limits.ts';
import { accountScanId, organizationKeyword, scanSummaryId, SEARCH_ATTRIBUTES } from '../model/names.ts';
import { PROGRESS_QUERY } from '../model/pipeline.ts';
import type { AccountProgress, AccountScanInput, ScanRunInput, SelectedTarget } from '../model/pipeline.ts';
import { currentRunInput, currentTarget } from '../model/recorded.ts';
import type { RecordedRunInput } from '../model/recorded.ts';
import { AccountOutcomeKind } from '../model/run.ts';
import type { AccountFailure, AccountOutcome, RunResult } from '../model/run.ts';
import { stageFailureOf } from './account-failure.ts';
import { accountScan } from './account-scan.ts';
import { runDetailsText } from './details.ts';
import { outcomeAtStage } from './outcome.ts';
import { scanSummary } from './scan-summary.ts';

const { listTargets } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: { maximumInterval: '30s' },
});

const FIRST_PAUSE_MS = 1000;
/** So that even a wait of days leaves a short history. */
const LONGEST_PAUSE_MS = 120_000;

export const progressQuery = defineQuery<AccountProgress[]>(PROGRESS_QUERY);

/**
 * Scans the chosen accounts, each with every source of the run, some at a time. One scan's failure never stops the
 * others, and a cancelled run still ends with its result and its summary.
 */
export async function scanRun(recorded: ScanRunInput | RecordedRunInput): Promise<RunResult> {
  const input = currentRunInput(recorded);
  const { organizationId, sources, selection, concurrency } = input;
  const runId = workflowInfo().workflowId;
  const startedAt = new Date().toISOString();
  if (workflowInfo().searchAttributes[SEARCH_ATTRIBUTES.run] === undefined) {
    // A schedule cannot know the id that the server gives a run.
    upsertSearchAttributes({ [SEARCH_ATTRIBUTES.run]: [runId] });
  }
  let progress: AccountProgress[] = [];
  setHandler(progressQuery, () => progress);
  const targets = await listTargets.executeWithOptions({ summary: 'List the accounts' }, [
    { organizationId, selection },
  ]);
  refuseExcess({ ...input, selection: { accounts: targets.map(currentTarget) } });
  const scans = targets.map(currentTarget).flatMap((target) => scansOf(target, { ...input, runId }));
  progress = scans.map((scan) => ({ ...namesOf(scan), state: 'waiting', outcome: null }));
  const outcomes = scans.map((): AccountOutcome | undefined => undefined);
  setCurrentDetails(runDetailsText(outcomes, { sources }));
  const lanes = Math.min(concurrency, LIMITS.scansAtATime, scans.length);
  let next = 0;
  const cancelled = () => CancellationScope.current().consideredCancelled;

  /** Takes one scan after the other until none is left or the run is cancelled. */
  async function lane(): Promise<void> {
    for (let index = next++; index < scans.length && !cancelled(); index = next++) {
      const line = progress[index] as AccountProgress;
      line.state = 'running';
      const outcome = boundedOutcome(await scanAccount(scans[index] as AccountScanInput), scans.length);
      outcomes[index] = outcome;
      const failure = outcome.error && { message: outcome.error.message, remedy: outcome.error.remedy };
      const ended = { ...line, state: 'ended', outcome: outcome.outcome, failure } as const;
      progress[index] = boundedProgress(ended, scans.length);
      setCurrentDetails(runDetailsText(outcomes, { sources }));
    }
  }

  await Promise.all(Array.from({ length: lanes }, lane));
  const accounts = scans.map((scan, index) => outcomes[index] ?? interrupted(scan));
  const run: RunResult = {
    runId,
    status: cancelled() ? 'interrupted' : 'completed',
    sources,
    accounts,
    startedAt,
    endedAt: new Date().toISOString(),
  };
  setCurrentDetails(runDetailsText(accounts, run));
  await CancellationScope.nonCancellable(async () => {
    upsertSearchAttributes({ [SEARCH_ATTRIBUTES.outcome]: [overall(run)] });
    await executeChild(scanSummary, {
      workflowId: scanSummaryId(runId),
      args: [{ ...run, organizationId, concurrency }],
      staticSummary: `Summary of ${runId}`,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      searchAttributes: {
        [SEARCH_ATTRIBUTES.organization]: [organizationKeyword(organizationId)],
        [SEARCH_ATTRIBUTES.run]: [runId],
      },
    });
  });
  return run;
}

/** Before anything of it has begun. */
function refuseExcess(input: ScanRunInput): void {
  const message = excessOf(input);
  if (message === null) return;
  const details: AccountFailure = { type: 'usage', message, remedy: EXCESS_REMEDY };
  throw ApplicationFailure.create({ type: 'usage', message, nonRetryable: true, details: [details] });
}

function scansOf(
  { sources, ...target }: SelectedTarget,
  run: ScanRunInput & { runId: string },
): AccountScanInput[] {
  const { organizationId, runId, options } = run;
  return (sources ?? run.sources).map((source) => ({ organizationId, runId, source, target, options }));
}

async function scanAccount(input: AccountScanInput): Promise<AccountOutcome> {
  const { organizationId, runId, source, target } = input;
  const base = { ...namesOf(input), accountId: target.accountId, stage: null, error: null, scan: null };
  if (jsonBytes(target.name) > LIMITS.name) {
    return {
      ...base,
      outcome: AccountOutcomeKind.FailedScan,
      stage: 'scan',
      error: nameTooLong(base.profile),
    };
  }
  try {
    const { scan } = await inTurn(input, () =>
      executeChild(accountScan, {
        workflowId: accountScanId(input),
        args: [input],
        staticSummary: `${target.name} (${source})`,
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        searchAttributes: {
          [SEARCH_ATTRIBUTES.organization]: [organizationKeyword(organizationId)],
          [SEARCH_ATTRIBUTES.account]: [target.accountId ?? target.name],
          [SEARCH_ATTRIBUTES.targetKind]: [target.kind],
          [SEARCH_ATTRIBUTES.source]: [source],
          [SEARCH_ATTRIBUTES.run]: [runId],
        },
      }),
    );
    return { ...base, accountId: scan.accountId, outcome: AccountOutcomeKind.Success, scan };
  } catch (error) {
    if (isCancellation(error)) return interrupted(input);
    if (error instanceof WorkflowExecutionAlreadyStartedError) {
      return { ...base, outcome: AccountOutcomeKind.Skipped, error: alreadyScanned(input) };
    }
    const { stage, failure } = stageFailureOf(error);
    return { ...base, outcome: outcomeAtStage(stage), stage, error: failure };
  }
}

/**
 * Scans that are each of another part of the account, such as jobs on its buckets, wait for each other; of others the
 * one that is under way will do.
 */
async function inTurn<Result>({ options }: AccountScanInput, scan: () => Promise<Result>): Promise<Result> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    try {
      return await scan();
    } catch (error) {
      if (options.data === undefined || !(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    await sleep(pauseMs);
  }
}

function nameTooLong(name: string): AccountFailure {
  return {
    type: 'usage',
    message: `the name ${name} is longer than ${LIMITS.name} bytes`,
    remedy: 'Give the profile a shorter name.',
  };
}

function alreadyScanned({ target, source }: AccountScanInput): AccountFailure {
  return {
    type: 'account-busy',
    message: `another run is scanning ${target.name} with ${source} right now`,
    remedy: 'Wait for that run (vedette scan list), then run vedette scan retry.',
  };
}

/** Of a scan that was cancelled, or that had not begun when its run was. */
function interrupted(input: AccountScanInput): AccountOutcome {
  return {
    ...namesOf(input),
    accountId: input.target.accountId,
    outcome: AccountOutcomeKind.Interrupted,
    stage: null,
    error: null,
    scan: null,
  };
}

function namesOf({ source, target }: AccountScanInput) {
  return { profile: shortened(target.name, LIMITS.name), targetKind: target.kind, source };
}

/** One word for the whole run, to search by. */
function overall({ status, accounts }: RunResult): string {
  if (status === 'interrupted') return AccountOutcomeKind.Interrupted;
  const failed = accounts.filter(({ outcome }) => outcome !== AccountOutcomeKind.Success);
  if (failed.length === 0) return AccountOutcomeKind.Success;
  return failed.length === accounts.length ? AccountOutcomeKind.Failed : 'partly-failed';
}
