import { Context } from '@temporalio/activity';
import { join } from 'node:path';
import { listProfiles } from '../accounts/profiles.ts';
import { resolveTargets } from '../accounts/select.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { readObservations, writeObservations } from '../artifacts/observations-file.ts';
import type { Config } from '../config/settings.ts';
import { failureKinds, reportOf, VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { ArtifactRef } from '../model/artifact.ts';
import type { AccountScanInput, AccountSelection, ParsedArtifact, ScanArtifact } from '../model/pipeline.ts';
import type { PurgeResult } from '../model/purge.ts';
import type { AccountTarget, RunResult } from '../model/run.ts';
import type { ScanOutcome } from '../model/scan.ts';
import { notifyScan } from '../notify/notify-scan.ts';
import type { Notified } from '../notify/notify-scan.ts';
import { sendRunSummary } from '../notify/run-summary.ts';
import { runSummary } from '../report/execution-summary.ts';
import { sourceById } from '../sources/registry.ts';
import type { WorkContext } from '../sources/source.ts';
import { persistScan } from '../store/persist.ts';
import { purgeStore } from '../store/purge.ts';
import { resolveEvents } from '../store/resolve.ts';
import type { Store } from '../store/store.ts';
import { activity } from './context.ts';

export interface Dependencies {
  config: Config;
  artifacts: ArtifactStore;
  /** Opened on first use and migrated, so that a worker can start while the database is away. */
  store: () => Promise<Store>;
  logger: Logger;
}

/** The steps of the pipeline: each takes its input, calls one domain function and returns a small result. */
export function createActivities({ config, artifacts, store, logger }: Dependencies) {
  return {
    listTargets: activity(logger, async (selection: AccountSelection): Promise<readonly AccountTarget[]> => {
      const profiles = await listProfiles(config);
      if ('accounts' in selection) return resolveTargets(profiles, selection.accounts);
      if (profiles.length === 0)
        throw new VedetteError('nothing-to-scan', 'The AWS configuration has no profiles.');
      return profiles.map(({ profile, accountId }) => ({ profile, accountId }));
    }),

    scan: activity(logger, async (input: AccountScanInput, context): Promise<ScanArtifact> => {
      const { runId, source, target, options } = input;
      const folder = await artifacts.folder(runId, target.profile);
      const collected = await sourceById(source).collect(config, { target, options, folder }, context);
      return { accountId: collected.accountId, results: await artifacts.keep(collected.file) };
    }),

    parse: activity(
      logger,
      async (input: AccountScanInput & { results: ArtifactRef }, context): Promise<ParsedArtifact> => {
        const { runId, source, target } = input;
        const results = await artifacts.open(input.results);
        const file = join(await artifacts.folder(runId, target.profile), 'observations.jsonl.gz');
        const observations = sourceById(source).interpret(results, context);
        const { findings, events } = await writeObservations(observations, file, context.signal);
        return { observations: await artifacts.keep(file), findings, events };
      },
    ),

    persist: activity(
      logger,
      async (
        input: AccountScanInput & { observations: ArtifactRef; resultsSha256: string },
        context,
      ): Promise<{ scanId: number }> => {
        const observations = readObservations(await artifacts.open(input.observations));
        const identity = {
          organizationId: config.general.organizationId,
          runId: input.runId,
          profile: input.target.profile,
          resultsSha256: input.resultsSha256,
        };
        const { scanId } = await persistScan(await store(), observations, identity, context);
        return { scanId };
      },
    ),

    resolve: activity(logger, async ({ scanId }: { scanId: number }, context): Promise<ScanOutcome> => {
      return resolveEvents(await store(), scanId, context);
    }),

    notify: activity(
      logger,
      async ({ scanId, initial }: { scanId: number; initial: boolean }, context): Promise<Notified> => {
        const send = async () => notifyScan(await store(), config, { scanId, initial }, context);
        const without = (why: string) => ({
          notified: 0,
          sent: false,
          warning: `No e-mail was sent: ${why}`,
        });
        return withPatience(config, context, send, without);
      },
    ),

    cleanUp: activity(
      logger,
      async ({ runId, profile }: { runId: string; profile: string }): Promise<void> => {
        await artifacts.remove(runId, profile);
      },
    ),

    purge: activity(logger, async ({ before }: { before: string }, context): Promise<PurgeResult> => {
      const { organizationId } = config.general;
      return purgeStore(await store(), { organizationId, before, dryRun: false }, context);
    }),

    /** The documented summary as text; sent by e-mail only when something failed. */
    summarise: activity(
      logger,
      async (run: RunResult & { concurrency: number }, context): Promise<{ text: string; sent: boolean }> => {
        const send = () => sendRunSummary(config, run, context);
        return withPatience(config, context, send, () => ({ text: runSummary(run), sent: false }));
      },
    ),
  };
}

/**
 * Sends, and has Temporal try again for as long as the mail server may be away; then goes on without: the next
 * scan's message carries the events.
 */
async function withPatience<Result>(
  config: Config,
  { signal, logger }: WorkContext,
  send: () => Promise<Result>,
  without: (why: string) => Result,
): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    const failure = reportOf(error);
    const passing = failureKinds[failure.type].retryable;
    const waitingMs = Date.now() - Context.current().info.scheduledTimestampMs;
    if (signal.aborted || (passing && waitingMs < config.mail.retryWindowMs)) throw error;
    logger.warn({ failure }, 'the message was not sent');
    return without(`${failure.message} ${failure.remedy}`);
  }
}

export type Activities = ReturnType<typeof createActivities>;
