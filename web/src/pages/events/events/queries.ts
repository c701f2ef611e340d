import type { EventGroupList, EventList, EventWithDetails } from '../../../../../src/api/schemas/events.ts';
import type { EventSort } from '../../../../../src/model/event.ts';
import { read, readList } from '../../../api/read.ts';
import type { PageQuery } from '../../../api/read.ts';
import type { ScopedFilter } from '../shared/event-filter.ts';

export const eventsQuery = (query: ScopedFilter & PageQuery & { sort?: EventSort | undefined }) =>
  readList<EventList>('events', '/events', query);

export const groupsQuery = (query: ScopedFilter & PageQuery & { by: 'check' | 'resource' }) =>
  readList<EventGroupList>('events', '/events/groups', query);

export const eventQuery = (id: number) => read<EventWithDetails>('events', `/events/${id}`);
