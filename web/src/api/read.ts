import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { RawSearch } from '../lib/search-params.ts';
import { request } from './client.ts';

/** What is kept of the API, by the word that its keys begin with; a change says which of them it makes stale. */
export type Resource =
  | 'accounts'
  | 'audit'
  | 'checks'
  | 'compliance'
  | 'coverage'
  | 'data-jobs'
  | 'events'
  | 'health'
  | 'members'
  | 'notifications'
  | 'organisation'
  | 'runs'
  | 'scans'
  | 'schedules'
  | 'server'
  | 'session'
  | 'summary'
  | 'sessions'
  | 'suppressions'
  | 'tokens'
  | 'views';

/** While a run is under way, what it changes is read again so often; its own page gets it pushed. */
export const REFRESH_MS = 5000;

/** The part of a list that is asked for. */
export interface PageQuery {
  cursor?: string | undefined;
  limit?: number;
}

export function read<Answer>(resource: Resource, path: string, query: object = {}) {
  return queryOptions({
    queryKey: [resource, path, query],
    queryFn: ({ signal }) => request<Answer>(path, { query: query as RawSearch, signal }),
  });
}

/** Read again with other parameters, a list shows the rows before until the new ones are there. */
export function readList<Answer>(resource: Resource, path: string, query: object = {}) {
  return { ...read<Answer>(resource, path, query), placeholderData: keepPreviousData<Answer> };
}
