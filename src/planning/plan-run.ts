import { listProfiles } from '../accounts/profiles.ts';
import type { Profile } from '../accounts/profiles.ts';
import { distinctTargets, matchAccounts, profileTarget } from '../accounts/select.ts';
import { VedetteError } from '../errors.ts';
import type { ScanRunInput } from '../model/pipeline.ts';
import type { Config } from '../settings.ts';
import { sources } from '../sources/registry.ts';

export interface WantedRun {
  /** Names of profiles or account ids. */
  accounts: readonly string[] | 'all';
  /** Ids of sources, none for the default; each account is scanned with each. */
  sources: readonly string[];
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
  const profiles = await listProfiles(config);
  if (profiles.length === 0)
    throw new VedetteError('nothing-to-scan', 'The AWS configuration has no profiles.');
  const { accounts } = wanted;
  const chosen = accounts === 'all' ? profiles : accounts.map((name) => profileOf(profiles, name));
  return {
    organizationId: config.general.organizationId,
    sources: sources.named(wanted.sources),
    selection: { accounts: distinctTargets(chosen.map(profileTarget)) },
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
