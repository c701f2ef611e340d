import { Link } from '@tanstack/react-router';
import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { LevelCountLinks } from '../../../components/level-counts.tsx';
import { Empty } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';

type Worst = Summary['worstAccounts'][number];
const column = columnsOf<Worst>();
const columns = column.columns([
  column.accessor('accountId', {
    header: 'Account',
    cell: ({ row: { original } }) => (
      <span className="event-name">
        {original.profile !== null && <Plain>{original.profile}</Plain>}
        <Id>{original.accountId}</Id>
      </span>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('open', {
    header: 'Open events',
    cell: ({ row: { original } }) => <LevelCountLinks counts={original.open} account={original.accountId} />,
  }),
]);

export function WorstAccounts({ accounts }: { accounts: Summary['worstAccounts'] }) {
  return (
    <DataTable
      caption="Accounts with the gravest open events"
      columns={columns}
      rows={accounts}
      rowId={({ accountId }) => accountId}
      empty={
        <Empty title="No account has open events">
          <p>
            <Link to="/accounts">All accounts</Link> shows when each was scanned last.
          </p>
        </Empty>
      }
    />
  );
}
