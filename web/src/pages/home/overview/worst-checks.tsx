import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EventGroup } from '../../../../../src/api/schemas/events.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { LevelBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { numberText } from '../../../lib/format.ts';
import { worstChecksQuery } from './queries.ts';

const column = columnsOf<EventGroup>();
const columns = column.columns([
  column.accessor('level', { header: 'Worst', cell: ({ getValue }) => <LevelBadge level={getValue()} /> }),
  column.accessor('key', {
    header: 'Check',
    cell: ({ row: { original } }) => (
      <Link to="/events" search={{ check: [original.key], status: ['active'] }} className="row-link">
        <Plain>{original.title ?? original.key}</Plain>
      </Link>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('accounts', {
    header: 'Accounts',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
  column.accessor('active', {
    header: 'Active',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
]);

export function WorstChecks() {
  const query = useQuery(worstChecksQuery(useScopedAccounts()));
  return (
    <QueryView query={query} skeleton={<Skeleton rows={5} />}>
      {({ groups }) => (
        <DataTable
          caption="Worst checks"
          columns={columns}
          rows={groups}
          rowId={({ service, key }) => `${service}/${key}`}
          empty={<Empty title="Nothing is active" />}
        />
      )}
    </QueryView>
  );
}
