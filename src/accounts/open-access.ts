import type { Target } from '../model/target.ts';
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
      return profileAccess(name, config);
    case 'aws-role':
      return roleAccess(await getAccount(await store(), organizationId, name), config);
    case 'gcp-project':
      return projectAccess(await projectNamed(await store(), organizationId, name), config);
  }
}
