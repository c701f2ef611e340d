import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { RowSelectionState } from '@tanstack/react-table';
import { useState } from 'react';
import type { Event, EventFacets } from '../../../../../src/api/schemas/events.ts';
import { EVENT_SORTS } from '../../../../../src/model/event.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { LevelBadge, StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { SourceName, useSeveralSources } from '../../../components/sources.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { stringifySearch } from '../../../lib/search-params.ts';
import type { EventFilter, ScopedFilter } from '../shared/event-filter.ts';
import { BulkBar } from './bulk-bar.tsx';
import { eventsQuery } from './queries.ts';
import type { EventsSearch } from './search.ts';

const column = columnsOf<Event>();
const first = [
  column.accessor('level', {
    header: 'Level',
    cell: ({ getValue }) => <LevelBadge level={getValue()} />,
    meta: { sort: { key: 'level', first: 'descending' } },
  }),
  column.accessor('checkId', {
    header: 'Check and resource',
    cell: ({ row: { original } }) => <EventName event={original} />,
    meta: { names: true, wide: true },
  }),
  column.accessor('accountId', {
    header: 'Account',
    cell: ({ row: { original } }) => (
      <AccountName accountId={original.accountId} name={original.accountName} />
    ),
  }),
  column.accessor('region', {
    header: 'Region',
    cell: ({ getValue }) => <Plain>{getValue() ?? 'global'}</Plain>,
  }),
  column.accessor('status', {
    header: 'Status',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
] as const;

function timeColumn(name: 'firstSeen' | 'lastSeen' | 'resolvedAt' | 'reopenedAt', header: string) {
  return column.accessor(name, {
    header,
    cell: ({ getValue }) => <Time at={getValue()} />,
    meta: { detail: true, sort: { key: name, first: 'descending' } },
  });
}
const seen = [timeColumn('firstSeen', 'First seen'), timeColumn('lastSeen', 'Last seen')] as const;
const due = column.accessor('dueAt', {
  header: 'Due',
  cell: ({ getValue }) => <Time at={getValue()} />,
  meta: { detail: true },
});
const columnsFor = {
  seen: column.columns([...first, ...seen]),
  resolved: column.columns([...first, seen[0], timeColumn('resolvedAt', 'Resolved')]),
  reopened: column.columns([...first, timeColumn('reopenedAt', 'Reopened'), seen[1]]),
  due: column.columns([...first, seen[0], due]),
};

/** The times that say something of what is asked for. */
function listOf({ status, ...filter }: EventFilter, sort: string | undefined): keyof typeof columnsFor {
  const isAbout = (word: string) => [...Object.keys(filter), sort ?? ''].some((name) => name.includes(word));
  if (status?.join() === 'resolved' || isAbout('resolved')) return 'resolved';
  if (isAbout('due')) return 'due';
  return isAbout('reopened') ? 'reopened' : 'seen';
}

function EventName({ event }: { event: Event }) {
  const severalSources = useSeveralSources();
  return (
    <span className="event-name">
      <Link
        from="/events"
        search={(search) => ({ ...search, event: event.id })}
        className="row-link"
        id={rowLinkId(event.id)}
      >
        <Plain>{event.checkId}</Plain>
      </Link>
      <span className="resource muted">
        <Plain>{event.resourceName ?? event.resourceId}</Plain>
        {severalSources && (
          <>
            {' · '}
            <SourceName id={event.source} />
          </>
        )}
      </span>
    </span>
  );
}

/** Where the focus returns to when the panel closes. */
export function rowLinkId(id: number): string {
  return `event-${id}`;
}

interface Selection {
  /** What was shown when the rows were selected. */
  view: string;
  rows: RowSelectionState;
}
const NONE: RowSelectionState = {};

interface Props {
  search: EventsSearch;
  filter: EventFilter;
  asked: ScopedFilter;
  facets: EventFacets | undefined;
  onChange: (search: EventsSearch) => void;
}

export function EventList({ search, filter, asked, facets, onChange }: Props) {
  const { sort, cursor, event } = search;
  const query = useQuery(eventsQuery({ ...asked, sort, cursor }));
  // Another filter, order or page begins with nothing selected: what cannot be seen is not to be suppressed.
  const view = stringifySearch({ ...asked, sort, cursor });
  const [selection, setSelection] = useState<Selection>({ view, rows: NONE });
  const selected = selection.view === view ? selection.rows : NONE;
  const select = (rows: RowSelectionState): void => setSelection({ view, rows });
  return (
    <>
      <BulkBar
        key={view}
        ids={Object.keys(selected).map(Number)}
        filter={asked}
        facets={facets}
        onDone={() => select(NONE)}
      />
      <QueryView query={query} skeleton={<Skeleton rows={20} />}>
        {({ events, nextCursor }) => (
          <>
            <DataTable
              caption="Events"
              columns={columnsFor[listOf(filter, sort)]}
              rows={events}
              rowId={({ id }) => String(id)}
              sorting={{
                value: sort,
                onChange: (value) =>
                  onChange({ ...filter, event, sort: EVENT_SORTS.find((known) => known === value) }),
              }}
              selection={{
                value: selected,
                onChange: select,
                label: ({ checkId, resourceName, resourceId }) =>
                  `${checkId} of ${resourceName ?? resourceId}`,
              }}
              current={event === undefined ? undefined : String(event)}
              empty={<NoEvents filter={filter} />}
            />
            <Pagination cursor={cursor} nextCursor={nextCursor} />
          </>
        )}
      </QueryView>
    </>
  );
}

function NoEvents({ filter }: { filter: EventFilter }) {
  const names = Object.keys(filter);
  const active = names.length === 1 && filter.status?.join() === 'active';
  if (names.length > 0 && !active) {
    return (
      <Empty title="No event meets these filters">
        <p>
          Take one away above, or <Link to="/events">show all events</Link>.
        </p>
      </Empty>
    );
  }
  return (
    <Empty title={active ? 'Nothing is active' : 'No events yet'}>
      <p>
        Events come from scans.{' '}
        <Link to="/runs" search={{ dialog: 'start' }}>
          Start a run
        </Link>
        , or read a report with <code>vedette import FILE</code>.
      </p>
    </Empty>
  );
}
