import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EventGroup } from '../../../../../src/api/schemas/events.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { LevelBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { numberText } from '../../../lib/format.ts';
import type { ScopedFilter } from '../shared/event-filter.ts';
import { groupsQuery } from './queries.ts';

type Grouping = 'check' | 'resource';
const column = columnsOf<EventGroup>();

function columnsBy(by: Grouping) {
  return column.columns([
    column.accessor('level', {
      header: 'Worst',
      cell: ({ getValue }) => <LevelBadge level={getValue()} />,
    }),
    column.accessor('key', {
      header: by === 'check' ? 'Check' : 'Resource',
      cell: ({ row: { original } }) => <GroupName group={original} by={by} />,
      meta: { names: true, wide: true },
    }),
    column.accessor('service', {
      header: by === 'check' ? 'Service' : 'Service and type',
      cell: ({ row: { original } }) => (
        <Plain>{[original.service, original.resourceType].filter((part) => part !== null).join(' · ')}</Plain>
      ),
    }),
    by === 'check'
      ? column.accessor('accounts', {
          header: 'Accounts',
          cell: ({ getValue }) => numberText(getValue()),
          meta: { end: true },
        })
      : column.accessor('accountId', {
          header: 'Account',
          cell: ({ row: { original } }) => <OwnerOf group={original} />,
        }),
    ...(['active', 'suppressed', 'resolved'] as const).map((status) =>
      column.accessor(status, {
        header: status.charAt(0).toUpperCase() + status.slice(1),
        cell: ({ getValue }) => numberText(getValue()),
        meta: { end: true },
      }),
    ),
  ]);
}
const columns = { check: columnsBy('check'), resource: columnsBy('resource') };

function OwnerOf({ group: { accountId, accountName } }: { group: EventGroup }) {
  return accountId === null ? null : <AccountName accountId={accountId} name={accountName} />;
}

/** Leads to the events of the group, under the same filters. */
function GroupName({ group: { key, title, accountId }, by }: { group: EventGroup; by: Grouping }) {
  const own =
    by === 'check' ? { check: [key] } : { resource: key, ...(accountId !== null && { scope: [accountId] }) };
  return (
    <span className="event-name">
      <Link
        from="/events"
        search={(search) => ({ ...search, ...own, by: undefined, cursor: undefined })}
        className="row-link"
      >
        <Plain>{title ?? key}</Plain>
      </Link>
      {title !== null && (
        <span className="resource muted">
          <Id>{key}</Id>
        </span>
      )}
    </span>
  );
}

export function GroupList({
  by,
  filter,
  cursor,
}: {
  by: Grouping;
  filter: ScopedFilter;
  cursor: string | undefined;
}) {
  const query = useQuery(groupsQuery({ ...filter, by, cursor }));
  return (
    <QueryView query={query}>
      {({ groups, nextCursor }) => (
        <>
          <DataTable
            caption={by === 'check' ? 'Events by check' : 'Events by resource'}
            columns={columns[by]}
            rows={groups}
            rowId={({ accountId, service, key }) => `${accountId ?? ''} ${service} ${key}`}
            empty={
              <Empty title="No event meets these filters">
                <p>
                  Take one away above, or <Link to="/events">show all events</Link>.
                </p>
              </Empty>
            }
          />
          <Pagination cursor={cursor} nextCursor={nextCursor} />
        </>
      )}
    </QueryView>
  );
}
