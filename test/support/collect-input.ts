import { openAccess } from '../../src/accounts/open-access.ts';
import type { ScanOptions } from '../../src/model/run.ts';
import { sourceConfig } from '../../src/settings.ts';
import type { Config } from '../../src/settings.ts';
import { scoutsuite } from '../../src/sources/scoutsuite/index.ts';
import type { scoutsuiteSettings } from '../../src/sources/scoutsuite/settings.ts';
import type { CollectInput } from '../../src/sources/source.ts';
import { emptyLedger } from './ledger.ts';

const noStore = (): never => {
  throw new Error('Profiles are not in the database.');
};

/** What the scan of a profile's account is given. */
export async function collectInput(
  config: Config,
  scan: { profile: string; accountId?: string | null; options: ScanOptions; folder: string },
): Promise<CollectInput<typeof scoutsuiteSettings>> {
  const { profile: name, accountId = null, options, folder } = scan;
  const target = { kind: 'aws-profile', name, accountId } as const;
  const access = await openAccess(target, config.general.organizationId, { config, store: noStore });
  return { ...sourceConfig(config, scoutsuite), target, access, options, ledger: emptyLedger(), folder };
}
