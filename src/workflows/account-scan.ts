import {
  ActivityCancellationType,
  CancellationScope,
  isCancellation,
  metricMeter,
  proxyActivities,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { ActivityOptions } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { METRICS } from '../model/metrics.ts';
import { artifactFolder, scanQueue, SEARCH_ATTRIBUTES } from '../model/names.ts';
import type { AccountScanInput, AccountScanResult, Holder, ScanArtifact } from '../model/pipeline.ts';
import { currentScanInput } from '../model/recorded.ts';
import type { RecordedScanInput } from '../model/recorded.ts';
import { AccountOutcomeKind } from '../model/run.ts';
import type { Stage } from '../model/run.ts';
import type { ScanOutcome } from '../model/scan.ts';
import { accountFailureOf, failureTypeOf, stageFailure } from './account-failure.ts';
import { failureDetails, scanDetails, stageDetails } from './details.ts';
import { outcomeAtStage } from './outcome.ts';

/** A worker that is gone is noticed after this long; its work goes on with another. */
const heartbeatTimeout = '20s';
const retry = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' };
const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;

/** The scanner has a time limit of its own, which the worker's configuration sets; this one only ends what hangs. */
const { scan } = proxyActivities<Activities>({
  startToCloseTimeout: '7d',
  heartbeatTimeout,
  retry,
  cancellationType,
});
const { parse, persist, resolve, notify, cleanUp } = proxyActivities<Activities>({
  startToCloseTimeout: '6h',
  heartbeatTimeout,
  retry,
  cancellationType,
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
    return { scan: result };
  } catch (error) {
    if (isCancellation(error)) {
      end(input, AccountOutcomeKind.Interrupted, `**Interrupted** at stage ${stage}.`);
      throw error;
    }
    const failure = accountFailureOf(error);
    end(input, outcomeAtStage(stage), failureDetails(stage, failure));
    throw stageFailure(stage, failure);
  } finally {
    await CancellationScope.nonCancellable(() => removeFiles(input, holder));
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

/** Where the steps that open a scan's files must run. */
function at(holder: Holder | null): Pick<ActivityOptions, 'taskQueue' | 'scheduleToStartTimeout'> {
  return holder === null ? {} : { taskQueue: holder.taskQueue, scheduleToStartTimeout: holder.waitMs };
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
      const { results, companions, holder } = scanned;
      enter('parse');
      const { observations } = await parse.executeWithOptions(
        { summary: `Read the results (${Math.ceil(results.sizeBytes / 1024)} KiB)`, ...at(holder) },
        [{ ...input, results, companions }],
      );
      enter('persist');
      const { scanId } = await persist.executeWithOptions(
        { summary: 'Store findings and events', ...at(holder) },
        [{ ...input, observations, resultsSha256: results.sha256 }],
      );
      return scanId;
    } catch (error) {
      if (failureTypeOf(error) !== 'artifact-lost' || attempt === SCANS_AT_MOST) throw error;
      await sleep('1s');
    }
  }
}

function end({ source }: AccountScanInput, outcome: AccountOutcomeKind, details: string): void {
  metricMeter.createCounter(METRICS.scans, 'scans', 'Scans by outcome').add(1, { source, outcome });
  upsertSearchAttributes({ [SEARCH_ATTRIBUTES.outcome]: [outcome] });
  setCurrentDetails(details);
}
