import { isAnyone, isTakenBack } from './access.ts';
import { accountsLeft, isNarrowed, isWithinOrganisation } from './conditions.ts';
import type { Principal, Statement } from './document.ts';

/** Accounts that are no strangers to a policy. */
export interface KnownAccounts {
  /** That of the policy. */
  accountId: string;
  trusted: readonly string[];
}

/** The parameter of every check that asks who is a stranger. */
export const TRUSTED_ACCOUNTS = { trusted_account_ids: [] as readonly string[] };

/**
 * Whom the policy of a resource, or the trust policy of a role, lets in from elsewhere: accounts by their ids, `*` where
 * it is everybody. AWS's services and members of named organisations are no strangers.
 */
export function foreignAccounts(statements: readonly Statement[], known: KnownAccounts): string[] {
  const found = statements
    .filter((statement) => statement.effect === 'Allow' && !isTakenBack(statement, statements))
    .flatMap((statement) => foreignOf(statement, known));
  return [...new Set(found)].toSorted();
}

/** Whom one statement lets in, if nothing else denies it. */
export function foreignOf(statement: Statement, { accountId, trusted }: KnownAccounts): string[] {
  if (statement.effect !== 'Allow' || isWithinOrganisation(statement)) return [];
  const left = accountsLeft(statement);
  const isLeft = (account: string): boolean => left.every((accounts) => accounts.includes(account));
  const isKnown = (account: string): boolean => account === accountId || trusted.includes(account);
  const strangers = (accounts: readonly string[]): string[] =>
    accounts.filter((account) => isLeft(account) && !isKnown(account));
  const { principals, notPrincipals } = statement;
  if (notPrincipals !== null || (principals ?? []).some(isAnyone)) {
    return isNarrowed(statement) ? strangers(left.flat()) : ['*'];
  }
  return strangers((principals ?? []).map(accountOf).filter((account) => account !== null));
}

/** Null for services, federations, and users of AWS itself such as those of CloudFront. */
export function accountOf({ kind, value }: Principal): string | null {
  if (kind !== 'AWS') return null;
  const account = value.startsWith('arn:') ? (value.split(':')[4] ?? '') : value;
  return /^\d{12}$/.test(account) ? account : null;
}
