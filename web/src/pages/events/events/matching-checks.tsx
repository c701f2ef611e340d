import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plain } from '../../../components/text.tsx';
import { plural } from '../../../lib/format.ts';
import type { ScopedFilter } from '../shared/event-filter.ts';
import { groupsQuery } from './queries.ts';
import type { EventsSearch } from './search.ts';

/** Checks that a search means, before the events: each leads to its own. */
export function MatchingChecks({ filter }: { filter: ScopedFilter }) {
  const { data } = useQuery(groupsQuery({ ...filter, by: 'check' }));
  if (data === undefined || data.groups.length === 0) return null;
  return (
    <nav className="matching-checks" aria-label="Checks that match">
      <ul className="filter-parts">
        {data.groups.slice(0, SHOWN).map(({ key, service, title, active }) => (
          <li key={`${service} ${key}`}>
            <Link from="/events" search={(search) => ofCheck(search, key)} className="chip">
              <Plain>{title ?? key}</Plain> <span className="muted">{plural(active, 'active event')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const SHOWN = 6;

/** The check in the place of the search. */
function ofCheck({ search: _search, ...rest }: EventsSearch, check: string): EventsSearch {
  return { ...rest, check: [check], cursor: undefined };
}
