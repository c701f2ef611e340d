import { VedetteError } from '../errors.ts';
import type { Target } from '../model/target.ts';
import { ownOrganization } from '../settings.ts';
import type { Config } from '../settings.ts';
import { getAccount } from '../store/accounts/accounts.ts';
import type { Store } from '../store/database/store.ts';
import type { TargetAccess } from './access.ts';
import { profileAccess } from './profile-access.ts';
import { roleAccess } from './role-access.ts';

/**
 * Looks up how to get into a target. Nothing signs in yet.
 *
 * @param store asked only for targets that the database knows
 * @throws VedetteError `account-unknown`, or those of reading the AWS configuration and the database.
 */
export async function openAccess(
  { kind, name }: Target,
  organizationId: string,
  { config, store }: { config: Config; store: () => Promise<Store> },
): Promise<TargetAccess> {
  switch (kind) {
    case 'aws-profile':
      if (organizationId !== ownOrganization(config)) throw notTheirs(name);
      return profileAccess(name, config);
    case 'aws-role':
      return roleAccess(await getAccount(await store(), organizationId, name), config);
  }
}

/** The same as of a name that nobody has: another organisation learns nothing of the profiles. */
function notTheirs(name: string): VedetteError {
  return new VedetteError(
    'account-unknown',
    `The organisation has no account named ${JSON.stringify(name)}.`,
  );
}
