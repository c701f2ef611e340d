import type { EventFacets } from '../../../../../src/api/schemas/events.ts';
import { readList } from '../../../api/read.ts';
import type { EventFilter } from './event-filter.ts';

export const facetsQuery = (filter: EventFilter) => readList<EventFacets>('events', '/events/facets', filter);
