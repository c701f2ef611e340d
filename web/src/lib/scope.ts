import { listIn } from './search-params.ts';
import type { RawSearch } from './search-params.ts';

/** What every page of the dashboard keeps in its address: the accounts that it is about. */
export interface ScopeSearch {
  /** Account ids, ids of projects of Google Cloud, names, or patterns of names such as `acme-*`; all accounts when left out. */
  scope?: string[] | undefined;
}

interface Named {
  profile: string | null;
  accountId: string | null;
}

/** Addresses that name `account`, as queries of the API do, mean the same. */
export function readScope(search: RawSearch): ScopeSearch {
  const scope = listIn(search, 'account') ?? listIn(search, 'scope');
  return scope === undefined ? {} : { scope };
}

/** Whether the names of accounts have to be known to tell which accounts are meant. */
export function hasNames(scope: readonly string[] = []): boolean {
  return !scope.every(isAccountNumber);
}

export function isInScope({ profile, accountId }: Named, scope: readonly string[] | undefined): boolean {
  if (scope === undefined) return true;
  return scope.some((name) => accountId === name || (profile !== null && matches(profile, name)));
}

/**
 * As the API takes them. The id of a project looks like a name, and what is called so comes first, as in the API. What no known
 * account is named stays as it is, for the API to say so.
 */
export function accountsOf(scope: readonly string[], known: readonly Named[]): string[] {
  const ids = scope.flatMap((name) => {
    if (isAccountNumber(name)) return name;
    const called = known.filter(({ profile }) => profile !== null && matches(profile, name));
    const meant = called.flatMap(({ accountId }) => accountId ?? []);
    return meant.length === 0 ? name : meant;
  });
  return [...new Set(ids)];
}

/** `All accounts`, `acme-production`, `acme-*`, `3 accounts` */
export function scopeText(scope: readonly string[] | undefined, known: readonly Named[]): string {
  if (scope === undefined) return 'All accounts';
  const [name = '', ...others] = scope;
  if (others.length > 0) return `${scope.length} accounts`;
  return known.find(({ accountId }) => accountId === name)?.profile ?? name;
}

/** Of AWS; it can be no name. */
function isAccountNumber(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** `*` stands for any characters. */
function matches(name: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  const end = rest.pop() ?? '';
  if (!name.startsWith(start) || name.length < start.length + end.length || !name.endsWith(end)) return false;
  let at = start.length;
  return rest.every((part) => {
    const found = name.indexOf(part, at);
    at = found + part.length;
    return found !== -1 && at <= name.length - end.length;
  });
}
