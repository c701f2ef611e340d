import { purgeResults } from '../artifacts/kept-results.ts';
import { recordCompliance } from '../compliance/record.ts';
import { boundedPurge, boundedScan, LIMITS } from '../model/limits.ts';
import type { AccountScanInput } from '../model/pipeline.ts';
import type { PurgedAccount, PurgeResult } from '../model/purge.ts';
import { currentPurgeInput } from '../model/recorded.ts';
import type { StageFailure } from '../model/run.ts';
import type { ScanOutcome } from '../model/scan.ts';
import { sourceConfig } from '../settings.ts';
import { purgeStore } from '../store/purge.ts';
import { resolveEvents } from '../store/scans/resolve.ts';
import { recordScanFailure } from '../store/scans/scan-failures.ts';
import { activity } from './context.ts';
import type { Dependencies } from './dependencies.ts';
import { countEvents } from './metrics.ts';

type FailedScan = Pick<AccountScanInput, 'organizationId' | 'runId' | 'source' | 'target'> & StageFailure;

/** The steps that need the database alone. */
export function storeActivities({ config, sources, artifacts, store, logger }: Dependencies) {
  return {
    resolve: activity(
      logger,
      async ({ scanId }: { source?: string; scanId: number }, context): Promise<ScanOutcome> => {
        const resolved = await resolveEvents(await store(), scanId, context);
        countEvents(resolved);
        const source = sources.byId(resolved.source);
        const outcome = await recordCompliance(
          await store(),
          resolved,
          () => source.compliance?.(sourceConfig(config, source)),
          context,
        );
        return boundedScan(outcome, LIMITS.step);
      },
    ),

    /** For whoever asks later how an account stands, with or without Temporal. */
    recordFailure: activity(
      logger,
      async (
        { organizationId, runId, source, target, stage, failure }: FailedScan,
        { signal },
      ): Promise<void> => {
        const failed = { targetKind: target.kind, targetName: target.name, source, runId, stage, failure };
        await recordScanFailure(await store(), organizationId, failed, signal);
      },
    ),

    purge: activity(
      logger,
      async (
        recorded: { organizationId?: string; before: string },
        context,
        memory,
      ): Promise<PurgeResult> => {
        const scope = { ...currentPurgeInput(recorded), dryRun: false };
        const found = memory.before as readonly PurgedAccount[] | undefined;
        const purged = await purgeStore(await store(), scope, context, { found, keep: memory.keep });
        const results = await purgeResults(artifacts, scope, config.artifacts.keptMs, context);
        return boundedPurge({ ...purged, results }, LIMITS.step);
      },
    ),
  };
}
