import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openClients } from '../aws/clients.ts';
import type { AwsClients } from '../aws/clients.ts';
import type { AllowedCall } from '../aws/read-only.ts';
import { SharedLimits } from '../aws/shared-limits.ts';
import type { CallTable } from '../collect/call.ts';
import { collectPlace, unseenPlace } from '../collect/collect.ts';
import { ENTRY_CALLS, enterAccount } from '../collect/entry.ts';
import type { Entry } from '../collect/entry.ts';
import { planCalls, sentBy } from '../collect/plan.ts';
import type { PlannedPlace } from '../collect/plan.ts';
import { SNAPSHOT_FORMAT, writeLines } from '../collect/snapshot.ts';
import type { SnapshotHead } from '../collect/snapshot.ts';
import type { SettingGroup } from '../config/setting.ts';
import { VedetteError } from '../errors.ts';
import { packageVersion } from '../package-root.ts';
import type { WorkContext } from '../work-context.ts';
import type { CollectInput, Scanner, Units } from './source.ts';

/** What a source has collected for it. */
export interface SnapshotDeclaration<Group extends SettingGroup> {
  /** Its id. */
  source: string;
  /** Every call that it can ask for. */
  table: CallTable;
  /**
   * What one scan asks for; the same however often it is asked.
   *
   * @throws VedetteError `usage`, `scan-empty`
   */
  choose(input: CollectInput<Group>): SnapshotChoice | Promise<SnapshotChoice>;
}

export interface SnapshotChoice {
  /** By their names in the table. */
  calls: readonly AllowedCall[];
  /** What was asked for, in the source's own words; in the head of the snapshot. */
  asked: unknown;
  /** Longest time that one region may take. */
  timeoutMs: number;
}

/** One place: a region, or what is in none. */
interface PlaceBatch {
  label: string;
  region: string | null;
  entry: Entry;
}

/** Places under way: each has limits for itself. */
const PLACES_AT_ONCE = 6;
const SNAPSHOT_FILE = 'snapshot.jsonl.gz';

/** Of all scans in this process. */
const limits = new SharedLimits();

/**
 * Collecting by a plan of calls, for any source: the head of the snapshot first, then each region as a batch of its own. A
 * region that is done is not asked again, whatever dies; one that cannot be had is recorded as unseen. The results are a
 * snapshot (`src/collect/snapshot.ts`), to be read with `readSnapshot`, and are kept with the scan.
 */
export function collectedBySnapshot<Group extends SettingGroup>(
  declared: SnapshotDeclaration<Group>,
): Pick<Scanner<Group>, 'collect' | 'units' | 'keepsResults'> {
  const { source, table, choose } = declared;

  const units: Units<Group, PlaceBatch, Entry> = {
    atOnce: () => PLACES_AT_ONCE,

    async plan(input, entry) {
      // It comes from `collect`.
      const { regions } = entry as Entry;
      const { calls } = await choose(input);
      const batches = planCalls(table, calls, regions).map(({ region }) => ({
        label: labelOf(region),
        region,
        entry: entry as Entry,
      }));
      return { batches, next: null, total: batches.length };
    },

    async collectBatch(input, { region, entry }, context) {
      const choice = await choose(input);
      const { accountId, partition, globalRegion, regions } = entry;
      const allowed = new Set(sentBy(table, choice.calls));
      return withClients(input, { accountId, allowed, choice, context }, async (clients, signal) => {
        const lines = collectPlace(
          {
            table,
            caller: { clients, region: globalRegion, regions, accountId, partition },
            signal,
            onService: (done, of) => {
              const { calls } = clients.counts.total();
              context.onProgress(`${done} of ${of} services, ${calls} calls`);
            },
            onCredentialsFailure: (cause) => input.access.explain(cause),
          },
          placeOf(table, choice, entry, region),
        );
        const file = join(input.folder, SNAPSHOT_FILE);
        await writeLines(lines, file, signal);
        return file;
      });
    },

    async onBatchFailed(input, { region, entry }, { type }, { signal }) {
      if (type === 'credentials') return null;
      const file = join(input.folder, SNAPSHOT_FILE);
      const place = placeOf(table, await choose(input), entry, region);
      await writeLines(unseenPlace(place, type), file, signal);
      return file;
    },
  };

  return {
    keepsResults: true,
    units,
    async collect(input, context) {
      const { target, access, options, folder } = input;
      const choice = await choose(input);
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const startedAt = new Date().toISOString();
      const way = {
        accountId: target.accountId ?? target.name,
        allowed: new Set<AllowedCall>(ENTRY_CALLS),
        choice,
        context,
      };
      const entry = await withClients(input, way, (clients, signal) =>
        enterAccount({
          clients,
          asked: options.regions,
          region: access.region,
          expected: target.accountId,
          signal,
          explain: (cause) => access.explain(cause),
        }),
      );
      const { accountId, partition, regions, regionsAsked } = entry;
      const head: SnapshotHead = {
        kind: 'head',
        format: SNAPSHOT_FORMAT,
        source,
        version: packageVersion(),
        accountId,
        partition,
        startedAt,
        regions,
        regionsAsked,
        places: planCalls(table, choice.calls, regions).map(({ region }) => region),
        asked: choice.asked,
      };
      const file = join(folder, SNAPSHOT_FILE);
      await writeLines([head], file, context.signal);
      return { file, companions: [], accountId, exitCode: 0, planFrom: entry };
    },
  };
}

function labelOf(region: string | null): string {
  return region ?? 'global services';
}

function placeOf(
  table: CallTable,
  { calls }: SnapshotChoice,
  { regions }: Entry,
  region: string | null,
): PlannedPlace {
  return planCalls(table, calls, regions).find((place) => place.region === region) ?? { region, calls: [] };
}

interface Way {
  /** Whose limits they are. */
  accountId: string;
  allowed: ReadonlySet<AllowedCall>;
  choice: SnapshotChoice;
  context: WorkContext;
}

async function withClients<Group extends SettingGroup, Result>(
  { access }: CollectInput<Group>,
  { accountId, allowed, choice: { timeoutMs }, context }: Way,
  work: (clients: AwsClients, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const overdue = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([context.signal, overdue]);
  const clients = openClients({ access, account: accountId, allowed, limits, signal });
  try {
    return await work(clients, signal);
  } catch (error) {
    if (overdue.aborted && !context.signal.aborted) throw tookTooLong(timeoutMs);
    throw error;
  } finally {
    clients.close();
  }
}

function tookTooLong(timeoutMs: number): VedetteError {
  return new VedetteError(
    'scanner-timed-out',
    `the calls took longer than ${Math.round(timeoutMs / 1000)} s and were ended`,
    { remedy: 'Raise the time limit of the source, or scan fewer services at once.' },
  );
}
