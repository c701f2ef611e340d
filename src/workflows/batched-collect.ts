import {
  CancellationScope,
  continueAsNew,
  defineQuery,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { ArtifactRef } from '../model/artifact.ts';
import { scanQueue } from '../model/names.ts';
import { batchLabel, PLAN_LIMITS, PROGRESS_QUERY } from '../model/pipeline.ts';
import type {
  BatchedCollectInput,
  BatchedCollectState,
  BatchInput,
  BatchProgress,
  LabelledBatch,
} from '../model/pipeline.ts';
import { accountFailureOf, failureTypeOf, stageFailure } from './account-failure.ts';
import { batchDetails, failureDetails } from './details.ts';
import { at, STEP } from './steps.ts';

const { planBatches, collectBatch, giveUpBatch, joinBatches } = proxyActivities<Activities>(STEP);

const batchesQuery = defineQuery<BatchProgress>(PROGRESS_QUERY);

/**
 * Collects what a source has divided into batches, some at a time, and joins it to one results file.
 *
 * Nothing here grows with the number of batches. The state is that of `BatchedCollectState`; before the history comes
 * near to Temporal's limits, the batches in flight are awaited and a new execution goes on. No batch that has ended is
 * collected again. The first one that fails for good ends the others and the scan, unless its source records it as unseen.
 */
export async function batchedCollect(input: BatchedCollectInput): Promise<ArtifactRef> {
  const { scan, head, holder } = input;
  const { firstExecutionRunId: collection, taskQueue } = workflowInfo();
  const place = holder === null ? { taskQueue: scanQueue(taskQueue, scan.source) } : at(holder);
  const state: BatchedCollectState = { ...(input.state ?? begin(input.planFrom)) };
  setHandler(batchesQuery, () => {
    const { startedAt, done, unseen, total, labelled = [] } = state;
    return { startedAt, done, unseen, total, ...(labelled.length === 0 ? {} : { labelled }) };
  });
  const tell = () => setCurrentDetails(batchDetails(scan.target.name, scan.source, state));
  tell();
  let planning: Promise<void> | undefined;

  async function plan(cursor: unknown): Promise<void> {
    const { batches, next, total } = await planBatches.executeWithOptions(
      { summary: `Plan batches from ${state.begun} on`, ...place },
      [{ ...scan, cursor }],
    );
    state.waiting = batches;
    state.labelled = withLabels(state.labelled ?? [], batches);
    state.planning = next;
    state.total = total ?? (next === null ? state.begun + batches.length : null);
    planning = undefined;
  }

  /** The next batch; undefined when there is none, or none for this execution. */
  async function take(): Promise<BatchInput | undefined> {
    while (!workflowInfo().continueAsNewSuggested) {
      if (state.waiting.length > 0) {
        const [batch, ...waiting] = state.waiting;
        state.waiting = waiting;
        return { ...scan, collection, number: state.begun++, batch };
      }
      if (state.planning === null) return undefined;
      planning ??= plan(state.planning.cursor);
      await planning;
    }
    return undefined;
  }

  function mark({ batch }: BatchInput, to: LabelledBatch['state']): void {
    const label = batchLabel(batch);
    state.labelled = (state.labelled ?? []).map((one) => (one.label === label ? { label, state: to } : one));
  }

  async function collect(batch: BatchInput): Promise<void> {
    const name = batchLabel(batch.batch) ?? `Batch ${batch.number}`;
    mark(batch, 'running');
    let end: 'done' | 'unseen' = 'done';
    try {
      await collectBatch.executeWithOptions({ summary: name, ...place }, [batch]);
    } catch (error) {
      if (isCancellation(error) || failureTypeOf(error) === 'artifact-lost') throw error;
      const summary = `${name} has failed: is the scan to go on without it?`;
      const failure = accountFailureOf(error);
      const { unseen } = await giveUpBatch.executeWithOptions({ summary, ...place }, [{ ...batch, failure }]);
      if (!unseen) throw error;
      state.unseen += 1;
      end = 'unseen';
    }
    mark(batch, end);
    state.done += 1;
    tell();
  }

  async function lane(): Promise<void> {
    for (let batch = await take(); batch !== undefined; batch = await take()) await collect(batch);
  }

  try {
    await together(Array.from({ length: input.batchesAtOnce }, () => lane));
    if (state.planning === null && state.waiting.length === 0) {
      return await joinBatches.executeWithOptions(
        { summary: `Join what ${state.done} batches left`, ...at(holder) },
        [{ ...scan, head, collection, count: state.done }],
      );
    }
  } catch (error) {
    if (isCancellation(error)) throw error;
    const failure = accountFailureOf(error);
    setCurrentDetails(failureDetails('scan', failure));
    throw stageFailure('scan', failure);
  }
  return continueAsNew<typeof batchedCollect>({ ...input, state });
}

function begin(planFrom: unknown): BatchedCollectState {
  return {
    startedAt: new Date().toISOString(),
    planning: { cursor: planFrom ?? null },
    waiting: [],
    begun: 0,
    done: 0,
    unseen: 0,
    total: null,
  };
}

/** No more than one plan has: the state is to be bounded. */
function withLabels(before: readonly LabelledBatch[], batches: readonly unknown[]): readonly LabelledBatch[] {
  const labels = batches.map(batchLabel).filter((label) => label !== null);
  if (before.length + labels.length > PLAN_LIMITS.batches) return before;
  return [...before, ...labels.map((label) => ({ label, state: 'waiting' as const }))];
}

/** Runs all of them; the first failure cancels the others, and is thrown when they have ended. */
async function together(works: readonly (() => Promise<void>)[]): Promise<void> {
  await CancellationScope.cancellable(async () => {
    const scope = CancellationScope.current();
    const running = works.map(async (work) => {
      try {
        await work();
      } catch (error) {
        scope.cancel();
        throw error;
      }
    });
    const all = Promise.all(running);
    await Promise.allSettled([all, ...running]);
    await all;
  });
}
