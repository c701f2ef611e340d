import type { EventFacets } from '../../../../../src/api/schemas/events.ts';
import { readList } from '../../../api/read.ts';
import type { ScopedFilter } from './event-filter.ts';

export const facetsQuery = (filter: ScopedFilter) =>
  readList<EventFacets>('events', '/events/facets', filter);
