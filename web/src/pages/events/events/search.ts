import { EVENT_SORTS } from '../../../../../src/model/event.ts';
import type { EventSort } from '../../../../../src/model/event.ts';
import { choiceIn, idIn, textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';
import { readEventFilter } from '../shared/event-filter.ts';
import type { EventFilter } from '../shared/event-filter.ts';

export interface EventsSearch extends EventFilter {
  sort?: EventSort | undefined;
  by?: 'check' | 'resource' | undefined;
  cursor?: string | undefined;
  /** The event whose panel is open. */
  event?: number | undefined;
}

export function readEvents(search: RawSearch): EventsSearch {
  return {
    ...readEventFilter(search),
    sort: choiceIn(search, 'sort', EVENT_SORTS),
    by: choiceIn(search, 'by', ['check', 'resource']),
    cursor: textIn(search, 'cursor'),
    event: idIn(search, 'event'),
  };
}
