import { reportOf } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { FailureReport } from '../model/failure.ts';
import { ownOrganization } from '../settings.ts';
import type { Config } from '../settings.ts';
import { addAccount, recordCheck } from '../store/accounts/accounts.ts';
import type { NewAccount } from '../store/accounts/accounts.ts';
import type { Store } from '../store/database/store.ts';
import { requireRoomForAccount } from '../store/organizations/plans.ts';
import { checkAccount } from './check-account.ts';
import { assertNoProfile, assertProfile, listProfiles } from './profiles.ts';
import { parseRoleArn } from './role-arn.ts';

/**
 * Adds an account by the ARN of a role in it.
 *
 * @throws VedetteError `usage` for what is no ARN of a role, for a profile that is none, and for a name that is taken;
 *   `plan-limit` where the plan has no room for it
 */
export async function enterAccount(
  store: Store,
  config: Config,
  organizationId: string,
  wanted: Omit<NewAccount, 'accountId'>,
): Promise<Account> {
  const { accountId } = parseRoleArn(wanted.roleArn);
  const profiles = await listProfiles(config);
  if (wanted.baseProfile !== null) assertProfile(profiles, wanted.baseProfile);
  // Those of the installation mean nothing to the others, who must not learn of them either.
  if (organizationId === ownOrganization(config)) assertNoProfile(profiles, wanted.name);
  return addAccount(store, organizationId, { ...wanted, accountId }, (session) =>
    requireRoomForAccount(store, session, config, { organizationId, accountId }),
  );
}

/**
 * Tries the role of an account, and records what came of it.
 *
 * @returns why it cannot be entered; null when it can
 * @throws the signal's reason when it is aborted
 */
export async function tryAccount(
  store: Store,
  config: Config,
  account: Account,
  signal: AbortSignal,
): Promise<FailureReport | null> {
  try {
    await checkAccount(account, config, signal);
  } catch (error) {
    signal.throwIfAborted();
    const problem = reportOf(error);
    await recordCheck(store, account, problem);
    return problem;
  }
  await recordCheck(store, account, null);
  return null;
}
