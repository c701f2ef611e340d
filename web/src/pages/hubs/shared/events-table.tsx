import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Event } from '../../../../../src/api/schemas/events.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { LevelBadge, StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { eventsQuery } from './queries.ts';

type Subject = 'check' | 'resource';
const column = columnsOf<Event>();

/** The events of one check are told apart by their resources, those of one resource by their checks. */
function columnsFor(subject: Subject) {
  return column.columns([
    column.accessor('level', {
      header: 'Level',
      cell: ({ getValue }) => <LevelBadge level={getValue()} />,
    }),
    column.accessor('checkId', {
      header: subject === 'check' ? 'Resource' : 'Check',
      cell: ({ row: { original } }) => (
        <Link
          to="/events"
          search={{ scope: [original.accountId], resource: original.resourceId, event: original.id }}
          className="row-link"
        >
          <Plain>
            {subject === 'check' ? (original.resourceName ?? original.resourceId) : original.checkId}
          </Plain>
        </Link>
      ),
      meta: { names: true, wide: true },
    }),
    ...(subject === 'check'
      ? [
          column.accessor('accountId', {
            header: 'Account',
            cell: ({ getValue }) => <AccountName accountId={getValue()} />,
          }),
        ]
      : []),
    column.accessor('region', {
      header: 'Region',
      cell: ({ getValue }) => <Plain>{getValue() ?? 'global'}</Plain>,
    }),
    column.accessor('status', {
      header: 'Status',
      cell: ({ getValue }) => <StatusBadge status={getValue()} />,
    }),
    column.accessor('firstSeen', { header: 'First seen', cell: ({ getValue }) => <Time at={getValue()} /> }),
    column.accessor('lastSeen', { header: 'Last seen', cell: ({ getValue }) => <Time at={getValue()} /> }),
  ]);
}
const columns = { check: columnsFor('check'), resource: columnsFor('resource') };

interface Props {
  subject: Subject;
  query: Parameters<typeof eventsQuery>[0];
}

/** Events of one check or of one resource, whatever their status, worst first. */
export function EventsTable({ subject, query }: Props) {
  const events = useQuery(eventsQuery({ sort: '-level', ...query }));
  return (
    <QueryView query={events}>
      {(page) => (
        <>
          <DataTable
            caption={subject === 'check' ? 'Events of the check' : 'Events of the resource'}
            columns={columns[subject]}
            rows={page.events}
            rowId={({ id }) => String(id)}
            empty={<Empty title="No events" />}
          />
          <Pagination cursor={query.cursor} nextCursor={page.nextCursor} />
        </>
      )}
    </QueryView>
  );
}
