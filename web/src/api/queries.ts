import type { AccountList } from '../../../src/api/schemas/accounts.ts';
import type { EventFacets } from '../../../src/api/schemas/events.ts';
import type { Run, RunList } from '../../../src/api/schemas/runs.ts';
import type { ScanList } from '../../../src/api/schemas/scans.ts';
import type { ProviderList } from '../../../src/api/schemas/sign-in.ts';
import { read, readList, REFRESH_MS } from './read.ts';
import type { PageQuery } from './read.ts';

/** Queries of several areas; what one page alone asks for is declared beside it. */
export const accountsQuery = read<AccountList>('accounts', '/accounts');

export const runsQuery = (page: PageQuery) => ({
  ...readList<RunList>('runs', '/runs', page),
  refetchInterval: ({ state }: { state: { data?: RunList | undefined } }) =>
    state.data?.runs.some(({ status }) => status === 'running') === true ? REFRESH_MS : false,
});

export const runPath = (id: string): string => `/runs/${encodeURIComponent(id)}`;

export const runQuery = (id: string) => read<Run>('runs', runPath(id));

export const facetsQuery = (filter: object) => readList<EventFacets>('events', '/events/facets', filter);

interface ScanFilter {
  account?: string[] | undefined;
  source?: string[] | undefined;
  run?: string | undefined;
}
export const scansQuery = (query: ScanFilter & PageQuery) => readList<ScanList>('scans', '/scans', query);

/** Who else vouches for people, such as Google. */
export const providersQuery = read<ProviderList>('server', '/sign-in/providers');
