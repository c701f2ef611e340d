import { distinctTargets, matchAccounts } from '../accounts/select.ts';
import { listTargets } from '../accounts/targets.ts';
import type { AccountSources } from '../accounts/targets.ts';
import { VedetteError } from '../errors.ts';
import type { ScanDepth } from '../model/depth.ts';
import type { ScanRunInput } from '../model/pipeline.ts';
import type { Target } from '../model/target.ts';
import { sourceConfig } from '../settings.ts';
import { sources } from '../sources/registry.ts';

export interface WantedRun {
  /** Names of profiles and accounts, or account ids. */
  accounts: readonly string[] | 'all';
  /** Ids of sources, none for the default; each account is scanned with each. */
  sources: readonly string[];
  services: readonly string[];
  regions: readonly string[];
  depth?: ScanDepth | undefined;
  frameworks?: readonly string[];
  checks?: readonly string[];
  concurrency?: number | undefined;
  initial?: boolean | undefined;
}

/**
 * What a run is started with that was asked for by somebody who cannot be asked back.
 *
 * @throws VedetteError `account-unknown`, `nothing-to-scan` or `usage`.
 */
export async function planRun(from: AccountSources, wanted: WantedRun): Promise<ScanRunInput> {
  const { config } = from;
  const { organizationId } = config.general;
  const { accounts, services, regions, depth, frameworks = [], checks = [] } = wanted;
  const named = sources.named(wanted.sources);
  sources.assertScope(named, { services, regions, frameworks, checks }, (source) =>
    sourceConfig(config, source),
  );
  const known = await listTargets(organizationId, from, accounts === 'all' ? undefined : accounts);
  if (known.length === 0)
    throw new VedetteError(
      'nothing-to-scan',
      'There is no profile in the AWS configuration, and no account.',
    );
  const chosen = accounts === 'all' ? known : accounts.map((name) => targetNamed(known, name));
  return {
    organizationId,
    sources: named,
    selection: { accounts: distinctTargets(chosen) },
    options: {
      services,
      regions,
      ...(depth && { depth }),
      ...(frameworks.length > 0 && { frameworks }),
      ...(checks.length > 0 && { checks }),
      initial: wanted.initial ?? config.mail.initialScan,
    },
    concurrency: wanted.concurrency ?? config.general.concurrency,
  };
}

/** The one that a name or an account id means. */
export function targetNamed(known: readonly Target[], nameOrId: string): Target {
  const [first, ...others] = matchAccounts(known, nameOrId);
  if (first !== undefined && others.length === 0) return first;
  const names = [first, ...others].map((target) => target?.name);
  throw new VedetteError('usage', `The account ${nameOrId} has ${names.length} profiles.`, {
    remedy: `Name the profile: ${names.join(', ')}.`,
  });
}
