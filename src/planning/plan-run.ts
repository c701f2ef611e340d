import { listProfiles } from '../accounts/profiles.ts';
import type { Profile } from '../accounts/profiles.ts';
import { matchAccounts } from '../accounts/select.ts';
import { VedetteError } from '../errors.ts';
import type { ScanRunInput } from '../model/pipeline.ts';
import type { AccountTarget } from '../model/run.ts';
import type { Config } from '../settings.ts';
import { sources } from '../sources/registry.ts';

export interface WantedRun {
  /** Names of profiles or account ids. */
  accounts: readonly string[] | 'all';
  source: string;
  services: readonly string[];
  regions: readonly string[];
  concurrency?: number | undefined;
  initial?: boolean | undefined;
}

/**
 * What a run is started with that was asked for by somebody who cannot be asked back.
 *
 * @throws VedetteError `account-unknown`, `nothing-to-scan` or `usage`.
 */
export async function planRun(config: Config, wanted: WantedRun): Promise<ScanRunInput> {
  const { id: source } = sources.byId(wanted.source);
  const profiles = await listProfiles(config);
  if (profiles.length === 0)
    throw new VedetteError('nothing-to-scan', 'The AWS configuration has no profiles.');
  const { accounts } = wanted;
  const chosen = accounts === 'all' ? profiles : accounts.map((name) => profileOf(profiles, name));
  return {
    source,
    selection: {
      accounts: [...new Map(chosen.map((profile) => [profile.profile, target(profile)])).values()],
    },
    options: {
      services: wanted.services,
      regions: wanted.regions,
      initial: wanted.initial ?? config.mail.initialScan,
    },
    concurrency: wanted.concurrency ?? config.general.concurrency,
  };
}

/** The one profile that a name or an account id means. */
export function profileOf(profiles: readonly Profile[], nameOrId: string): Profile {
  const [first, ...others] = matchAccounts(profiles, nameOrId);
  if (first !== undefined && others.length === 0) return first;
  const matches = [first, ...others].map((profile) => profile?.profile);
  throw new VedetteError('usage', `The account ${nameOrId} has ${matches.length} profiles.`, {
    remedy: `Name the profile: ${matches.join(', ')}.`,
  });
}

function target({ profile, accountId }: Profile): AccountTarget {
  return { profile, accountId };
}
