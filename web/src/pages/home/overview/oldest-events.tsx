import { Link } from '@tanstack/react-router';
import type { Event } from '../../../../../src/api/schemas/events.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { LevelBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { SourceName } from '../../../components/sources.tsx';
import { Empty } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';

const column = columnsOf<Event>();
const columns = column.columns([
  column.accessor('level', { header: 'Level', cell: ({ getValue }) => <LevelBadge level={getValue()} /> }),
  column.accessor('checkId', {
    header: 'Check and resource',
    cell: ({ row: { original } }) => (
      <span className="event-name">
        <Link
          to="/events"
          search={{ level: [original.level], status: ['active'], sort: 'firstSeen', event: original.id }}
          className="row-link"
        >
          <Plain>{original.checkId}</Plain>
        </Link>
        <span className="resource muted">
          <Plain>{original.resourceName ?? original.resourceId}</Plain>
        </span>
      </span>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('accountId', {
    header: 'Account',
    cell: ({ getValue }) => <AccountName accountId={getValue()} />,
  }),
  column.accessor('region', {
    header: 'Region',
    cell: ({ getValue }) => <Plain>{getValue() ?? 'global'}</Plain>,
  }),
  column.accessor('source', {
    header: 'Source',
    cell: ({ getValue }) => <SourceName id={getValue()} />,
    meta: { source: true },
  }),
  column.accessor('firstSeen', { header: 'First seen', cell: ({ getValue }) => <Time at={getValue()} /> }),
]);

export function OldestEvents({ events }: { events: readonly Event[] }) {
  return (
    <DataTable
      caption="Oldest of the gravest open events"
      columns={columns}
      rows={events}
      rowId={({ id }) => String(id)}
      empty={<Empty title="Nothing is open" />}
    />
  );
}
