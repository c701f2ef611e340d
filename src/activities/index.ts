import { join } from 'node:path';
import { Context } from '@temporalio/activity';
import { openAccess } from '../accounts/open-access.ts';
import { listProfiles } from '../accounts/profiles.ts';
import { resolveTargets } from '../accounts/select.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { readObservations, writeObservations } from '../artifacts/observations-file.ts';
import { failureKinds, reportOf, VedetteError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { ArtifactRef } from '../model/artifact.ts';
import type {
  AccountScanInput,
  AccountSelection,
  Holder,
  ParsedArtifact,
  ScanArtifact,
} from '../model/pipeline.ts';
import type { PurgedAccount, PurgeResult } from '../model/purge.ts';
import type { AccountTarget, RunResult } from '../model/run.ts';
import type { ScanOutcome } from '../model/scan.ts';
import type { Target } from '../model/target.ts';
import { notifyScan } from '../notify/notify-scan.ts';
import type { Notified } from '../notify/notify-scan.ts';
import { sendRunSummary } from '../notify/run-summary.ts';
import { runSummaryText } from '../report/execution-summary.ts';
import { sourceConfig } from '../settings.ts';
import type { Config } from '../settings.ts';
import type { Registry } from '../sources/registry.ts';
import type { Store } from '../store/database/store.ts';
import { purgeStore } from '../store/purge.ts';
import { persistScan } from '../store/scans/persist.ts';
import { resolveEvents } from '../store/scans/resolve.ts';
import type { WorkContext } from '../work-context.ts';
import { activity } from './context.ts';
import { countEmail, countEvents } from './metrics.ts';

export interface Dependencies {
  config: Config;
  sources: Registry;
  artifacts: ArtifactStore;
  /** Opened on first use and migrated, so that a worker can start while the database is away. */
  store: () => Promise<Store>;
  logger: Logger;
}

/**
 * The steps of the pipeline: each takes its input, calls one domain function and returns a small result.
 *
 * @param holder where the steps that open a scan's files must run; null when they can run anywhere
 */
export function createActivities(
  { config, sources, artifacts, store, logger }: Dependencies,
  holder: Holder | null,
) {
  return {
    listTargets: activity(logger, async (selection: AccountSelection): Promise<readonly AccountTarget[]> => {
      const profiles = await listProfiles(config);
      if ('accounts' in selection) return resolveTargets(profiles, selection.accounts);
      if (profiles.length === 0)
        throw new VedetteError('nothing-to-scan', 'The AWS configuration has no profiles.');
      return profiles.map(({ profile, accountId }) => ({ profile, accountId }));
    }),

    scan: activity(logger, async (input: AccountScanInput, context): Promise<ScanArtifact> => {
      const { runId, options } = input;
      const source = sources.byId(input.source);
      const { profile, accountId: expected } = input.target;
      const target: Target = { kind: 'aws-profile', name: profile, accountId: expected };
      const access = await openAccess(target, config.general.organizationId, { config, store });
      const folder = await artifacts.folder(runId, profile);
      let discard = true;
      try {
        const own = sourceConfig(config, source);
        const collected = await source.collect({ ...own, target, access, options, folder }, context);
        const { accountId, file, companions } = collected;
        const keep = (one: string) => artifacts.keep(one, context);
        const results = await keep(file);
        const kept = { accountId, results, companions: await Promise.all(companions.map(keep)), holder };
        discard = false;
        return kept;
      } finally {
        await artifacts.leave(runId, profile, { discard });
      }
    }),

    parse: activity(
      logger,
      async (
        input: AccountScanInput & Pick<ScanArtifact, 'results' | 'companions'>,
        context,
      ): Promise<ParsedArtifact> => {
        const { runId, source, target } = input;
        try {
          const results = await artifacts.open([input.results, ...input.companions], context);
          const file = join(await artifacts.folder(runId, target.profile), 'observations.jsonl.gz');
          const observations = sources.byId(source).interpret(results, context);
          const { findings, events } = await writeObservations(observations, file, context.signal);
          return { observations: await artifacts.keep(file, context), findings, events };
        } finally {
          await artifacts.leave(runId, target.profile, { discard: false });
        }
      },
    ),

    persist: activity(
      logger,
      async (
        input: AccountScanInput & { observations: ArtifactRef; resultsSha256: string },
        context,
      ): Promise<{ scanId: number }> => {
        const { runId, resultsSha256 } = input;
        const { profile } = input.target;
        const { organizationId } = config.general;
        try {
          const file = await artifacts.open([input.observations], context);
          const identity = { organizationId, runId, profile, resultsSha256 };
          const { scanId } = await persistScan(await store(), readObservations(file), identity, context);
          return { scanId };
        } finally {
          await artifacts.leave(runId, profile, { discard: false });
        }
      },
    ),

    resolve: activity(logger, async ({ scanId }: { scanId: number }, context): Promise<ScanOutcome> => {
      const outcome = await resolveEvents(await store(), scanId, context);
      countEvents(outcome);
      return outcome;
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
        const notified = await withPatience(config, context, send, without);
        countEmail('events', notified);
        return notified;
      },
    ),

    cleanUp: activity(
      logger,
      async ({ runId, profile }: { runId: string; profile: string }, context): Promise<void> => {
        await artifacts.remove(runId, profile, context);
      },
    ),

    purge: activity(logger, async ({ before }: { before: string }, context, memory): Promise<PurgeResult> => {
      const { organizationId } = config.general;
      const scope = { organizationId, before, dryRun: false };
      const found = memory.before as readonly PurgedAccount[] | undefined;
      return purgeStore(await store(), scope, context, { found, keep: memory.keep });
    }),

    /** The documented summary as text; sent by e-mail only when something failed. */
    summarise: activity(
      logger,
      async (run: RunResult & { concurrency: number }, context): Promise<{ text: string; sent: boolean }> => {
        const send = () => sendRunSummary(config, run, context);
        const without = (why: string) => ({ text: runSummaryText(run), sent: false, warning: why });
        const { text, sent, ...rest } = await withPatience(config, context, send, without);
        countEmail('summary', { sent, ...rest });
        return { text, sent };
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
