import { VedetteError } from '../errors.ts';
import type { Account } from '../model/account.ts';
import type { Config } from '../settings.ts';
import { openBaseIdentity } from './base-identity.ts';
import { identityOf } from './identity.ts';
import { assumeRole, regionFor, roleAccess } from './role-access.ts';

/**
 * Tries whether the role of an account can be assumed, and only with the external id: one that is open without it could
 * be entered through us by whoever knows its name.
 *
 * @throws VedetteError `credentials` or `aws-unreachable`, saying what to do; the signal's reason when it is aborted.
 */
export async function checkAccount(account: Account, config: Config, signal: AbortSignal): Promise<void> {
  const { accountId } = await identityOf(await roleAccess(account, config), { signal });
  if (accountId !== account.accountId) {
    throw new VedetteError('credentials', `${account.roleArn} leads into the account ${accountId}.`, {
      remedy:
        'Check AWS_ENDPOINT_URL and the endpoint_url of the base profile: AWS itself would not do that.',
    });
  }
  if (await isOpenWithoutExternalId(account, config)) {
    throw new VedetteError('credentials', `${account.roleArn} can also be assumed without the external id.`, {
      remedy:
        'Add the condition StringEquals sts:ExternalId to its trust policy: vedette account show prints it whole.',
    });
  }
}

async function isOpenWithoutExternalId({ roleArn, baseProfile }: Account, config: Config): Promise<boolean> {
  const base = await openBaseIdentity(baseProfile, config);
  const without = assumeRole({ roleArn, externalId: undefined }, base, regionFor(roleArn, base));
  return without().then(
    () => true,
    () => false,
  );
}
