import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Scan } from '../../../../../src/api/schemas/scans.ts';
import { scansQuery } from '../../../api/queries.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { SourceName } from '../../../components/sources.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Time } from '../../../components/time.tsx';
import { numberText } from '../../../lib/format.ts';

const column = columnsOf<Scan>();
const columns = column.columns([
  column.accessor('scanId', {
    header: 'Scan',
    cell: ({ getValue }) => (
      <Link to="/scans/$scanId" params={{ scanId: String(getValue()) }} className="row-link">
        {getValue()}
      </Link>
    ),
    meta: { names: true },
  }),
  column.accessor('source', {
    header: 'Source',
    cell: ({ getValue }) => <SourceName id={getValue()} />,
    meta: { source: true },
  }),
  column.accessor('status', {
    header: 'Status',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
  column.accessor('scanTime', { header: 'Scanned', cell: ({ getValue }) => <Time at={getValue()} /> }),
  ...(['new', 'reopened', 'resolved', 'unverified'] as const).map((kind) =>
    column.accessor(({ events }) => events[kind], {
      id: kind,
      header: kind.charAt(0).toUpperCase() + kind.slice(1),
      cell: ({ getValue }) => numberText(getValue()),
      meta: { end: true },
    }),
  ),
]);

export function AccountActivity({ accountId, cursor }: { accountId: string; cursor: string | undefined }) {
  const query = useQuery(scansQuery({ account: [accountId], cursor }));
  return (
    <QueryView query={query}>
      {({ scans, nextCursor }) => (
        <>
          <DataTable
            caption="Scans of the account"
            columns={columns}
            rows={scans}
            rowId={({ scanId }) => String(scanId)}
            empty={<Empty title="No scan yet" />}
          />
          <Pagination cursor={cursor} nextCursor={nextCursor} />
        </>
      )}
    </QueryView>
  );
}
