import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EventGroup } from '../../../../../src/api/schemas/events.ts';
import { LevelBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { numberText } from '../../../lib/format.ts';
import { checksQuery } from '../shared/queries.ts';

interface Row extends EventGroup {
  accountId: string;
}

const column = columnsOf<Row>();
const columns = column.columns([
  column.accessor('level', { header: 'Worst', cell: ({ getValue }) => <LevelBadge level={getValue()} /> }),
  column.accessor('key', {
    header: 'Check',
    cell: ({ row: { original } }) => (
      <Link
        to="/events"
        search={{ scope: [original.accountId], check: [original.key], status: ['active'] }}
        className="row-link"
      >
        <Plain>{original.title ?? original.key}</Plain>
      </Link>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('service', { header: 'Service', cell: ({ getValue }) => <Plain>{getValue()}</Plain> }),
  column.accessor('active', {
    header: 'Active',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
]);

/** The checks that fail in the account, worst first. */
export function AccountChecks({ accountId, cursor }: { accountId: string; cursor: string | undefined }) {
  const query = useQuery(checksQuery({ account: [accountId], status: ['active'], cursor }));
  return (
    <QueryView query={query}>
      {({ groups, nextCursor }) => (
        <>
          <DataTable
            caption="Checks that fail in the account"
            columns={columns}
            rows={groups.map((group) => ({ ...group, accountId }))}
            rowId={({ service, key }) => `${service}/${key}`}
            empty={<Empty title="Nothing is active in this account" />}
          />
          <Pagination cursor={cursor} nextCursor={nextCursor} />
        </>
      )}
    </QueryView>
  );
}
