import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AuditList, Preview, Session, TokenList } from '../../../src/api/schemas/access.ts';
import type { AccountList } from '../../../src/api/schemas/accounts.ts';
import type {
  EventFacets,
  EventGroupList,
  EventList,
  EventWithDetails,
} from '../../../src/api/schemas/events.ts';
import type { Run, RunList } from '../../../src/api/schemas/runs.ts';
import type { FindingList, ScanList, ScanWithScope } from '../../../src/api/schemas/scans.ts';
import type { Schedule, ScheduleList } from '../../../src/api/schemas/schedules.ts';
import type { Summary } from '../../../src/api/schemas/summary.ts';
import type { RawSearch } from '../lib/search-params.ts';
import type { EventFilter } from '../pages/events/shared/event-filter.ts';
import { rememberCsrfToken, request } from './client.ts';

/** What is kept of the API, by the word that its keys begin with; a change says which of them it makes stale. */
export type Resource =
  | 'accounts'
  | 'audit'
  | 'events'
  | 'health'
  | 'notifications'
  | 'runs'
  | 'scans'
  | 'schedules'
  | 'session'
  | 'summary'
  | 'tokens';

/** While a run is under way, what it changes is read again so often; its own page gets it pushed. */
export const REFRESH_MS = 5000;
const HEALTH_MS = 30_000;
const SUMMARY_MS = 30_000;

interface Page {
  cursor?: string | undefined;
  limit?: number;
}

function read<Answer>(resource: Resource, path: string, query: object = {}) {
  return queryOptions({
    queryKey: [resource, path, query],
    queryFn: ({ signal }) => request<Answer>(path, { query: query as RawSearch, signal }),
  });
}

/** Read again with other parameters, a list shows the rows before until the new ones are there. */
function readList<Answer>(resource: Resource, path: string, query: object = {}) {
  return { ...read<Answer>(resource, path, query), placeholderData: keepPreviousData<Answer> };
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await request<Session>('/session', { signal });
    rememberCsrfToken(session.csrfToken);
    return session;
  },
  staleTime: Infinity,
});
export const healthQuery = {
  ...read<unknown>('health', '/health'),
  refetchInterval: HEALTH_MS,
  retry: false,
};

export const summaryQuery = (days: number) => ({
  ...readList<Summary>('summary', '/summary', { days }),
  refetchInterval: SUMMARY_MS,
});

export const eventsQuery = (query: EventFilter & Page & { sort?: string | undefined }) =>
  readList<EventList>('events', '/events', query);
export const facetsQuery = (filter: EventFilter) => readList<EventFacets>('events', '/events/facets', filter);
export const groupsQuery = (query: EventFilter & Page & { by: 'check' | 'resource' }) =>
  readList<EventGroupList>('events', '/events/groups', query);
export const eventQuery = (id: number) => read<EventWithDetails>('events', `/events/${id}`);

export const runsQuery = (page: Page) => ({
  ...readList<RunList>('runs', '/runs', page),
  refetchInterval: ({ state }: { state: { data?: RunList | undefined } }) =>
    state.data?.runs.some(({ status }) => status === 'running') === true ? REFRESH_MS : false,
});
export const runPath = (id: string): string => `/runs/${encodeURIComponent(id)}`;
export const runQuery = (id: string) => read<Run>('runs', runPath(id));

export interface ScanFilter {
  account?: string[] | undefined;
  source?: string[] | undefined;
  run?: string | undefined;
  since?: string | undefined;
}
export const scansQuery = (query: ScanFilter & Page) => readList<ScanList>('scans', '/scans', query);
export const scanQuery = (id: number) => read<ScanWithScope>('scans', `/scans/${id}`);
export const findingsQuery = (
  query: Page & { scan: number; flagged?: 'true' | 'false' | undefined; level?: string[] | undefined },
) => readList<FindingList>('scans', '/findings', query);

export const accountsQuery = read<AccountList>('accounts', '/accounts');
export const schedulesQuery = read<ScheduleList>('schedules', '/schedules');
export const schedulePath = (name: string): string => `/schedules/${encodeURIComponent(name)}`;
export const scheduleQuery = (name: string) => read<Schedule>('schedules', schedulePath(name));

export const tokensQuery = read<TokenList>('tokens', '/tokens');
export const auditQuery = (page: Page) => readList<AuditList>('audit', '/audit', page);
export const previewQuery = (scan: number | undefined) =>
  read<Preview>('notifications', '/notifications/preview', { scan });
