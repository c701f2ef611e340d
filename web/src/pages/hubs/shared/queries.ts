import type { CatalogueCheck, CheckCatalogue } from '../../../../../src/api/schemas/checks.ts';
import type { EventGroupList, EventList } from '../../../../../src/api/schemas/events.ts';
import type { FindingList } from '../../../../../src/api/schemas/scans.ts';
import { read, readList } from '../../../api/read.ts';
import type { PageQuery } from '../../../api/read.ts';

interface EventQuery extends PageQuery {
  account?: string[] | undefined;
  service?: string[];
  source?: string[];
  check?: string[];
  resource?: string;
  status?: string[];
  sort?: string;
}

export const eventsQuery = (query: EventQuery) => readList<EventList>('events', '/events', query);

export const checksQuery = (query: EventQuery) =>
  readList<EventGroupList>('events', '/events/groups', { ...query, by: 'check' });

/** Which checks are of our own catalogue. */
export const catalogueQuery = readList<CheckCatalogue>('checks', '/checks');

export const catalogueCheckQuery = (id: string, account: string[] | undefined) =>
  read<CatalogueCheck>('checks', `/checks/${encodeURIComponent(id)}`, { account });

/** Of the newest scan of each account. */
export const findingsQuery = (query: EventQuery) => readList<FindingList>('scans', '/findings', query);
