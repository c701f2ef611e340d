import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { joinFiles } from '../artifacts/join-files.ts';
import { VedetteError } from '../errors.ts';
import type { ArtifactRef } from '../model/artifact.ts';
import { artifactFolder } from '../model/names.ts';
import { batchLabel, batchNote, PLAN_LIMITS } from '../model/pipeline.ts';
import type { AccountScanInput, BatchInput, BatchPlan } from '../model/pipeline.ts';
import type { AccountFailure } from '../model/run.ts';
import type { CollectInput, Units } from '../sources/source.ts';
import type { WorkContext } from '../work-context.ts';
import { collectInput } from './collect-input.ts';
import { activity } from './context.ts';
import type { Dependencies } from './dependencies.ts';

type PlanInput = AccountScanInput & { cursor: unknown };
type FailedBatchInput = BatchInput & { failure: AccountFailure };
type JoinInput = AccountScanInput & { head: ArtifactRef; collection: string; count: number };

/** The steps of a scan that its source divides into batches. */
export function batchActivities(dependencies: Dependencies) {
  const { sources, artifacts, logger } = dependencies;

  /** Works in a folder of this attempt's own, which is gone afterwards. */
  async function withUnits<Result>(
    input: AccountScanInput,
    { signal }: WorkContext,
    work: (units: Units, own: CollectInput) => Promise<Result>,
  ): Promise<Result> {
    const source = sources.scannerById(input.source);
    if (source.units === undefined) {
      throw new VedetteError('unexpected', `${source.id} does not scan in batches on this worker.`, {
        remedy: 'Let all workers of a task queue be of one version.',
      });
    }
    const scan = await artifacts.folder(input.runId, artifactFolder(input));
    const folder = await mkdtemp(join(scan, 'batch-'));
    try {
      return await work(source.units, await collectInput(dependencies, source, input, folder, signal));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async function keep(input: BatchInput, file: string, context: WorkContext): Promise<void> {
    const { runId, collection, number } = input;
    await artifacts.keepBatch(file, { runId, scan: artifactFolder(input), collection, number }, context);
  }

  return {
    planBatches: activity(logger, (input: PlanInput, context): Promise<BatchPlan> =>
      withUnits(input, context, async (units, own) => {
        const plan = await units.plan(own, input.cursor, context);
        refuseTooLarge(plan, input.source);
        return plan;
      }),
    ),

    collectBatch: activity(logger, (input: BatchInput, context): Promise<void> =>
      withUnits(input, context, async (units, own) => {
        const label = batchLabel(input.batch);
        const named = {
          ...context,
          onProgress: (line: string) => context.onProgress(batchNote(label, line)),
        };
        await keep(input, await units.collectBatch(own, input.batch, named), context);
      }),
    ),

    /** Records a batch that failed for good as unseen, if its source can go on without it. */
    giveUpBatch: activity(logger, (input: FailedBatchInput, context): Promise<{ unseen: boolean }> =>
      withUnits(input, context, async (units, own) => {
        const file = (await units.onBatchFailed?.(own, input.batch, input.failure, context)) ?? null;
        if (file !== null) await keep(input, file, context);
        return { unseen: file !== null };
      }),
    ),

    /** Makes the results file of the head and of what every batch left. */
    joinBatches: activity(logger, async (input: JoinInput, context): Promise<ArtifactRef> => {
      const { runId, head, collection, count } = input;
      const scan = artifactFolder(input);
      try {
        const first = await artifacts.open([head], context);
        const folder = join(await artifacts.folder(runId, scan), 'joined');
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const results = join(folder, basename(first));
        const batches = artifacts.openBatches({ runId, scan, collection, count }, context);
        await joinFiles(first, batches, results, context.signal);
        return await artifacts.keep(results, context);
      } finally {
        await artifacts.leave(runId, scan, { discard: false });
      }
    }),
  };
}

/** Temporal keeps every plan and every batch. */
function refuseTooLarge(plan: BatchPlan, source: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(plan));
  if (plan.batches.length <= PLAN_LIMITS.batches && bytes <= PLAN_LIMITS.bytes) return;
  throw new VedetteError(
    'unexpected',
    `${source} plans ${plan.batches.length} batches of ${bytes} bytes at once; ` +
      `${PLAN_LIMITS.batches} and ${PLAN_LIMITS.bytes} are the most.`,
  );
}
