import { VedetteError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Target } from '../model/target.ts';
import { ownOrganization } from '../settings.ts';
import type { Config } from '../settings.ts';
import { getAccount } from '../store/accounts/accounts.ts';
import type { Store } from '../store/database/store.ts';
import type { TargetAccess } from './access.ts';
import { profileAccess } from './profile-access.ts';
import { projectAccess, projectNamed } from './project-access.ts';
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
    case 'aws-role': {
      const account = await getAccount(await store(), organizationId, name);
      if (organizationId !== ownOrganization(config)) refuseUnverified(account);
      return roleAccess(account, config);
    }
    case 'gcp-project':
      return projectAccess(await projectNamed(await store(), organizationId, name), config);
  }
}

/** The same as of a name that nobody has: another organisation learns nothing of the profiles. */
function notTheirs(name: string): VedetteError {
  return new VedetteError(
    'account-unknown',
    `The organisation has no account named ${JSON.stringify(name)}.`,
  );
}

/** Whoever runs the installation may try a role by scanning; what others name is entered when it has proved to be theirs. */
function refuseUnverified({ name, checkedAt, problem }: Account): void {
  if (checkedAt !== null && problem === null) return;
  const why = problem === null ? 'it was never checked' : problem.message;
  throw new VedetteError('credentials', `The role of ${JSON.stringify(name)} is not verified: ${why}`, {
    remedy: 'Check the account in Settings → Accounts, or with vedette account check.',
  });
}
