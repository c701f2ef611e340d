import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Finding } from '../../../../../src/api/schemas/scans.ts';
import { AccountName } from '../../../components/account-name.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Time } from '../../../components/time.tsx';
import { numberText } from '../../../lib/format.ts';
import { findingsQuery } from '../shared/queries.ts';

const column = columnsOf<Finding>();
const columns = column.columns([
  column.accessor('accountId', {
    header: 'Account',
    cell: ({ getValue }) => <AccountName accountId={getValue()} />,
    meta: { names: true, wide: true },
  }),
  column.accessor('flaggedItems', {
    header: 'Flagged',
    cell: ({ row: { original } }) => flaggedText(original),
    meta: { end: true },
  }),
  column.accessor('scanTime', {
    header: 'Evaluated',
    cell: ({ row: { original } }) => (
      <Link to="/scans/$scanId" params={{ scanId: String(original.scanId) }}>
        <Time at={original.scanTime} />
      </Link>
    ),
  }),
]);

function flaggedText({ evaluated, flaggedItems, checkedItems }: Finding): string {
  return evaluated ? `${numberText(flaggedItems)} of ${numberText(checkedItems)}` : 'not evaluated';
}

/** What the newest scan of each account says of the check. */
export function CheckAccounts({ query }: { query: Parameters<typeof findingsQuery>[0] }) {
  const findings = useQuery(findingsQuery(query));
  return (
    <QueryView query={findings}>
      {(page) => (
        <>
          <DataTable
            caption="Accounts in which the check was evaluated"
            columns={columns}
            rows={page.findings}
            rowId={({ id }) => String(id)}
            empty={<Empty title="No scan has evaluated this check" />}
          />
          <Pagination cursor={query.cursor} nextCursor={page.nextCursor} />
        </>
      )}
    </QueryView>
  );
}
