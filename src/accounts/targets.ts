import type { Target } from '../model/target.ts';
import { ownOrganization } from '../settings.ts';
import type { Config } from '../settings.ts';
import { listAccounts } from '../store/accounts/accounts.ts';
import { listProjects } from '../store/accounts/projects.ts';
import type { Store } from '../store/database/store.ts';
import { listProfiles } from './profiles.ts';
import { profileTarget } from './select.ts';

/** Where accounts are known. */
export interface AccountSources {
  config: Config;
  store: () => Promise<Store>;
}

/**
 * What an organisation can scan: the profiles of this machine, which are the installation's own, and then the accounts
 * and the projects that the database knows; each by name.
 *
 * @param names where it is only about these: the database is not asked when they are all profiles
 */
export async function listTargets(
  organizationId: string,
  { config, store }: AccountSources,
  names?: readonly string[],
): Promise<Target[]> {
  const isOwn = organizationId === ownOrganization(config);
  const profiles = isOwn ? (await listProfiles(config)).map(profileTarget) : [];
  if (names?.every((wanted) => profiles.some(({ name }) => name === wanted)) === true) return profiles;
  const opened = await store();
  const accounts = await listAccounts(opened, organizationId);
  const projects = await listProjects(opened, organizationId);
  return [
    ...profiles,
    ...accounts.map(({ kind, name, accountId }): Target => ({ kind, name, accountId })),
    ...projects.map(({ kind, name, projectId }): Target => ({ kind, name, accountId: projectId })),
  ];
}
