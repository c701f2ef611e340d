import { join } from 'node:path';
import { keepResults } from '../artifacts/kept-results.ts';
import { readObservations, writeObservations } from '../artifacts/observations-file.ts';
import type { ArtifactRef } from '../model/artifact.ts';
import { artifactFolder } from '../model/names.ts';
import type { AccountScanInput, Holder, ParsedArtifact, ScanArtifact } from '../model/pipeline.ts';
import { currentScanInput } from '../model/recorded.ts';
import type { Recorded } from '../model/recorded.ts';
import { sourceConfig } from '../settings.ts';
import { persistScan } from '../store/scans/persist.ts';
import { collectInput } from './collect-input.ts';
import { activity } from './context.ts';
import type { Dependencies } from './dependencies.ts';

type ParseInput = AccountScanInput & Pick<ScanArtifact, 'results' | 'companions'>;
/** Recorded by earlier versions: without the results themselves. */
type PersistInput = AccountScanInput & {
  observations: ArtifactRef;
  resultsSha256: string;
  results?: ArtifactRef;
};
/** Recorded by earlier versions: the folder was called like the profile. */
type CleanUpInput = { runId: string } & ({ source: string; folder: string } | { profile: string });

/** The steps that read or write a scan's files. */
export function artifactActivities(dependencies: Dependencies, holder: Holder | null) {
  const { config, sources, artifacts, store, logger } = dependencies;
  return {
    scan: activity(logger, async (recorded: Recorded<AccountScanInput>, context): Promise<ScanArtifact> => {
      const input = currentScanInput(recorded);
      const { runId } = input;
      const source = sources.scannerById(input.source);
      const name = artifactFolder(input);
      const folder = await artifacts.folder(runId, name);
      let discard = true;
      try {
        const own = await collectInput(dependencies, source, input, folder, context.signal);
        const collected = await source.collect(own, context);
        const { accountId, file, companions } = collected;
        const keep = (one: string) => artifacts.keep(one, context);
        const results = await keep(file);
        const kept = { accountId, results, companions: await Promise.all(companions.map(keep)), holder };
        discard = false;
        const batchesAtOnce = source.units?.atOnce(own);
        if (batchesAtOnce === undefined) return kept;
        const { planFrom } = collected;
        return { ...kept, batchesAtOnce, ...(planFrom === undefined ? {} : { planFrom }) };
      } finally {
        await artifacts.leave(runId, name, { discard });
      }
    }),

    parse: activity(logger, async (recorded: Recorded<ParseInput>, context): Promise<ParsedArtifact> => {
      const input = currentScanInput(recorded);
      const { runId, source } = input;
      const name = artifactFolder(input);
      try {
        const results = await artifacts.open([input.results, ...input.companions], context);
        const file = join(await artifacts.folder(runId, name), 'observations.jsonl.gz');
        const reader = sources.byId(source);
        const observations = reader.interpret(results, context, sourceConfig(config, reader));
        const { findings, events } = await writeObservations(observations, file, context.signal);
        return { observations: await artifacts.keep(file, context), findings, events };
      } finally {
        await artifacts.leave(runId, name, { discard: false });
      }
    }),

    persist: activity(
      logger,
      async (recorded: Recorded<PersistInput>, context): Promise<{ scanId: number }> => {
        const input = currentScanInput(recorded);
        const { organizationId, runId, target, resultsSha256 } = input;
        try {
          const file = await artifacts.open([input.observations], context);
          const identity = { organizationId, runId, profile: target.name, resultsSha256 };
          const { scanId, accountId } = await persistScan(
            await store(),
            readObservations(file),
            identity,
            context,
          );
          if (input.results !== undefined && sources.byId(input.source).keepsResults) {
            const scan = { organizationId, source: input.source, accountId, scanId };
            await keepResults(artifacts, input.results, scan, config.artifacts.keptMs, context);
          }
          return { scanId };
        } finally {
          await artifacts.leave(runId, artifactFolder(input), { discard: false });
        }
      },
    ),

    cleanUp: activity(logger, async (input: CleanUpInput, context): Promise<void> => {
      await artifacts.remove(input.runId, 'folder' in input ? input.folder : input.profile, context);
    }),
  };
}
