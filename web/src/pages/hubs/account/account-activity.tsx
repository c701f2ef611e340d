import { useQuery } from '@tanstack/react-query';
import { scansQuery } from '../../../api/queries.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { scanColumnsOfAccount } from '../../../components/scan-columns.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';

export function AccountActivity({ accountId, cursor }: { accountId: string; cursor: string | undefined }) {
  const query = useQuery(scansQuery({ account: [accountId], cursor }));
  return (
    <QueryView query={query}>
      {({ scans, nextCursor }) => (
        <>
          <DataTable
            caption="Scans of the account"
            columns={scanColumnsOfAccount}
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
