import type { EventGroupList, EventList } from '../../../../../src/api/schemas/events.ts';
import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { readList } from '../../../api/read.ts';

const REFRESH_MS = 30_000;
const WORST_CHECKS = 5;
/** More are told as “50 or more”. */
export const MOST_NEW = 50;

type Accounts = string[] | undefined;

export const summaryQuery = (days: number, account: Accounts) => ({
  ...readList<Summary>('summary', '/summary', { days, account }),
  refetchInterval: REFRESH_MS,
});

export const newestCriticalQuery = (account: Accounts) =>
  readList<EventList>('events', '/events', {
    account,
    level: ['critical'],
    status: ['active'],
    sort: '-firstSeen',
    limit: MOST_NEW,
  });

/** Those that have waited longest first. */
export const overdueQuery = (account: Accounts, now: string) =>
  readList<EventList>('events', '/events', { account, dueUntil: now, sort: 'firstSeen', limit: MOST_NEW });

export const worstChecksQuery = (account: Accounts) =>
  readList<EventGroupList>('events', '/events/groups', {
    account,
    by: 'check',
    status: ['active'],
    limit: WORST_CHECKS,
  });
