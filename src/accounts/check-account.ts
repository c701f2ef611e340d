import { randomUUID } from 'node:crypto';
import { VedetteError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import { ownOrganization } from '../settings.ts';
import type { Config } from '../settings.ts';
import { openBaseIdentity } from './base-identity.ts';
import { identityOf } from './identity.ts';
import { assumeRole, regionFor, roleAccess } from './role-access.ts';

/**
 * Tries whether the role of an account can be assumed, and only with the external id: one that is open without it, or with
 * any, could be entered through us by whoever knows its name.
 *
 * @throws VedetteError `credentials` or `aws-unreachable`, saying what to do; the signal's reason when it is aborted.
 */
export async function checkAccount(account: Account, config: Config, signal: AbortSignal): Promise<void> {
  const { roleArn } = account;
  await refuseOwnAccount(account, config, signal);
  const { accountId } = await identityOf(await roleAccess(account, config), { signal });
  if (accountId !== account.accountId) {
    throw new VedetteError('credentials', `${roleArn} leads into the account ${accountId}.`, {
      remedy:
        'Check AWS_ENDPOINT_URL and the endpoint_url of the base profile: AWS itself would not do that.',
    });
  }
  const remedy =
    'Add the condition StringEquals sts:ExternalId to its trust policy: vedette account show prints it whole.';
  if (await isOpenWith(undefined, account, config)) {
    throw new VedetteError('credentials', `${roleArn} can also be assumed without the external id.`, {
      remedy,
    });
  }
  if (await isOpenWith(randomUUID(), account, config)) {
    throw new VedetteError('credentials', `${roleArn} can also be assumed with another external id.`, {
      remedy,
    });
  }
}

/**
 * A role in the account that we are in ourselves may trust us without any external id. Only those who run the installation
 * may have such a one scanned.
 */
async function refuseOwnAccount(
  { organizationId, roleArn, accountId, baseProfile }: Account,
  config: Config,
  signal: AbortSignal,
): Promise<void> {
  if (organizationId === ownOrganization(config)) return;
  const own = await identityOf(await openBaseIdentity(baseProfile, config), { signal });
  if (own.accountId !== accountId) return;
  throw new VedetteError('credentials', `${roleArn} is in the account of this installation itself.`, {
    remedy: 'Give the ARN of a role in the account that is to be scanned.',
  });
}

async function isOpenWith(
  externalId: string | undefined,
  { roleArn, baseProfile }: Account,
  config: Config,
): Promise<boolean> {
  const base = await openBaseIdentity(baseProfile, config);
  return assumeRole({ roleArn, externalId }, base, regionFor(roleArn, base))().then(
    () => true,
    () => false,
  );
}
