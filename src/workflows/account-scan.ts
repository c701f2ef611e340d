import {
  CancellationScope,
  ChildWorkflowCancellationType,
  executeChild,
  isCancellation,
  metricMeter,
  ParentClosePolicy,
  patched,
  proxyActivities,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { ArtifactRef } from '../model/artifact.ts';
import { boundedScan, LIMITS } from '../model/limits.ts';
import { METRICS } from '../model/metrics.ts';
import { artifactFolder, batchedCollectId, scanQueue, SEARCH_ATTRIBUTES } from '../model/names.ts';
import type { AccountScanInput, AccountScanResult, Holder, ScanArtifact } from '../model/pipeline.ts';
import { currentScanInput } from '../model/recorded.ts';
import type { RecordedScanInput } from '../model/recorded.ts';
import { AccountOutcomeKind } from '../model/run.ts';
import type { Stage, StageFailure } from '../model/run.ts';
import type { ScanOutcome } from '../model/scan.ts';
import { accountFailureOf, failureTypeOf, stageFailure } from './account-failure.ts';
import { batchedCollect } from './batched-collect.ts';
import { failureDetails, scanDetails, stageDetails } from './details.ts';
import { outcomeAtStage } from './outcome.ts';
import { at, STEP } from './steps.ts';

/** The scanner has a time limit of its own, which the worker's configuration sets; this one only ends what hangs. */
const { scan } = proxyActivities<Activities>({ ...STEP, startToCloseTimeout: '7d' });
const { parse, persist, resolve, notify, cleanUp } = proxyActivities<Activities>(STEP);

/** Not waited for until a database comes back: the scan is over. */
const { recordFailure } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: { ...STEP.retry, maximumAttempts: 3 },
});

/** Results that were lost between two steps can only be had by scanning again; doing that twice is enough. */
const SCANS_AT_MOST = 3;

/** One account, one source, once: scan, parse, persist, resolve, notify, clean up. */
export async function accountScan(
  recorded: AccountScanInput | RecordedScanInput,
): Promise<AccountScanResult> {
  const input = currentScanInput<AccountScanInput>(recorded);
  const { organizationId, source, target } = input;
  let stage: Stage = 'scan';
  let holder: Holder | null = null;
  const enter = (next: Stage): void => {
    stage = next;
    setCurrentDetails(stageDetails(target.name, source, next));
  };
  try {
    const scanId = await store(input, enter, (scanned) => {
      holder = scanned.holder;
    });
    enter('resolve');
    const outcome = await resolve.executeWithOptions({ summary: 'Resolve what the scan no longer shows' }, [
      { source, scanId },
    ]);
    enter('notify');
    const { initial } = input.options;
    const { notified, warning } = await notify.executeWithOptions(
      { summary: 'Tell the recipients what is new' },
      [{ organizationId, source, scanId, initial }],
    );
    const warnings = warning === null ? outcome.warnings : [...outcome.warnings, warning];
    enter('clean-up');
    const result: ScanOutcome = { ...outcome, notified, warnings };
    end(input, AccountOutcomeKind.Success, scanDetails(result));
    return { scan: boundedScan(result, LIMITS.scan) };
  } catch (error) {
    if (isCancellation(error)) {
      end(input, AccountOutcomeKind.Interrupted, `**Interrupted** at stage ${stage}.`);
      throw error;
    }
    const failure = accountFailureOf(error);
    end(input, outcomeAtStage(stage), failureDetails(stage, failure));
    await keepFailure(input, { stage, failure });
    throw stageFailure(stage, failure);
  } finally {
    await CancellationScope.nonCancellable(() => removeFiles(input, holder));
  }
}

/** What is kept of a failure is for people to read: it may be missing, where the database is away too. */
async function keepFailure(
  { organizationId, runId, source, target }: AccountScanInput,
  { stage, failure }: StageFailure,
): Promise<void> {
  // Before, accounts were not told of their failures: histories from then have no such step.
  if (!patched('keep-failures')) return;
  try {
    await recordFailure.executeWithOptions({ summary: `Keep that ${stage} has failed` }, [
      { organizationId, runId, source, target, stage, failure },
    ]);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}

/** A worker that is gone for good has taken its files along. */
async function removeFiles(input: AccountScanInput, holder: Holder | null): Promise<void> {
  try {
    await cleanUp.executeWithOptions({ summary: 'Remove temporary files', ...at(holder) }, [
      { runId: input.runId, source: input.source, folder: artifactFolder(input) },
    ]);
  } catch (error) {
    if (failureTypeOf(error) !== 'artifact-lost') throw error;
  }
}

/** Scan, parse and persist; begun anew when what one step left is gone when the next one needs it. */
async function store(
  input: AccountScanInput,
  enter: (stage: Stage) => void,
  onScanned: (scanned: ScanArtifact) => void,
): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      enter('scan');
      const scanned = await scan.executeWithOptions(
        {
          summary: `Scan ${input.target.name} with ${input.source}`,
          taskQueue: scanQueue(workflowInfo().taskQueue, input.source),
        },
        [input],
      );
      onScanned(scanned);
      const { companions, holder } = scanned;
      const results = await wholeResults(input, scanned);
      enter('parse');
      const { observations } = await parse.executeWithOptions(
        { summary: `Read the results (${Math.ceil(results.sizeBytes / 1024)} KiB)`, ...at(holder) },
        [{ ...input, results, companions }],
      );
      enter('persist');
      const { scanId } = await persist.executeWithOptions(
        { summary: 'Store findings and events', ...at(holder) },
        [{ ...input, observations, results, resultsSha256: results.sha256 }],
      );
      return scanId;
    } catch (error) {
      if (failureTypeOf(error) !== 'artifact-lost' || attempt === SCANS_AT_MOST) throw error;
      await sleep('1s');
    }
  }
}

/** A source with units has left the head of its results only: the rest is collected in batches. */
async function wholeResults(input: AccountScanInput, scanned: ScanArtifact): Promise<ArtifactRef> {
  const { results: head, holder, batchesAtOnce, planFrom } = scanned;
  if (batchesAtOnce === undefined) return head;
  const { workflowId, searchAttributes: all } = workflowInfo();
  const own: readonly string[] = Object.values(SEARCH_ATTRIBUTES);
  const searchAttributes = Object.fromEntries(Object.entries(all).filter(([name]) => own.includes(name)));
  return executeChild(batchedCollect, {
    workflowId: batchedCollectId(workflowId),
    args: [{ scan: input, head, holder, batchesAtOnce, planFrom }],
    staticSummary: `Batches of ${input.target.name} (${input.source})`,
    parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
    cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    searchAttributes,
  });
}

function end({ source }: AccountScanInput, outcome: AccountOutcomeKind, details: string): void {
  metricMeter.createCounter(METRICS.scans, 'scans', 'Scans by outcome').add(1, { source, outcome });
  upsertSearchAttributes({ [SEARCH_ATTRIBUTES.outcome]: [outcome] });
  setCurrentDetails(details);
}
