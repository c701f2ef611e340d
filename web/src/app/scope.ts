import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { accountsQuery } from '../api/queries.ts';
import { accountsOf, hasNames } from '../lib/scope.ts';

/** The scope of the page, as its address has it. */
export function useScope(): string[] | undefined {
  return useSearch({ from: '/app' }).scope;
}

/** The accounts of the scope, as queries of the API name them; undefined for all. */
export function useScopedAccounts(): string[] | undefined {
  const scope = useScope();
  const { data } = useQuery({ ...accountsQuery, enabled: hasNames(scope) });
  return scope === undefined ? undefined : accountsOf(scope, data?.accounts ?? []);
}
