import { VedetteError } from '../../errors.ts';
import type { Store } from '../database/store.ts';
import { lastScanPerAccount } from './scans.ts';

/**
 * Ids of accounts that are named by id, or by the profile that they were last scanned with.
 *
 * @throws VedetteError `account-unknown`
 */
export async function accountIdsOf(
  store: Store,
  organizationId: string,
  accounts: readonly string[],
): Promise<string[]> {
  if (accounts.every(isAccountId)) return [...accounts];
  const scans = await lastScanPerAccount(store, { organizationId });
  return accounts.map((account) => {
    if (isAccountId(account)) return account;
    const scan = scans.find(({ profile }) => profile === account);
    if (scan === undefined)
      throw new VedetteError('account-unknown', `No scan of a profile ${account} is recorded.`);
    return scan.accountId;
  });
}

function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}
