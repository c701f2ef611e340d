import type { NamedEvent } from '../model/event.ts';
import type { CsvValue } from '../text/csv.ts';

/** One column of a list of events. */
export interface EventColumn {
  header: string;
  value: (event: NamedEvent) => CsvValue;
}

/** The columns of lists of events, in tables and in CSV. */
export const EVENT_COLUMNS: readonly EventColumn[] = [
  { header: 'ID', value: (event) => event.id },
  { header: 'LEVEL', value: (event) => event.level },
  { header: 'STATUS', value: (event) => event.status },
  { header: 'ACCOUNT NAME', value: (event) => event.accountName },
  { header: 'ACCOUNT', value: (event) => event.accountId },
  { header: 'REGION', value: (event) => event.region },
  { header: 'RESOURCE TYPE', value: (event) => event.resourceType },
  { header: 'RESOURCE', value: (event) => event.resourceName ?? event.resourceId },
  { header: 'CHECK', value: (event) => event.checkId },
  { header: 'FIRST SEEN', value: (event) => event.firstSeen },
  { header: 'LAST SEEN', value: (event) => event.lastSeen },
];
