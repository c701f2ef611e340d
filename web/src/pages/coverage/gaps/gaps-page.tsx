import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { GapList } from '../../../../../src/api/schemas/coverage.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Page } from '../../../components/page.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { CoverageTabs } from '../shared/coverage-tabs.tsx';
import { gapsQuery } from '../shared/queries.ts';
import './gaps-page.css';

const column = columnsOf<GapList['gaps'][number]>();
const columns = column.columns([
  column.accessor('name', {
    header: 'Technique',
    cell: ({ row: { original } }) => (
      <Link to="/coverage/$technique" params={{ technique: original.id }} className="row-link">
        {original.id} {original.name}
      </Link>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('status', {
    header: 'Status',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
  column.accessor('effective', { header: 'Effective %', meta: { end: true } }),
  column.accessor('exposure', { header: 'Exposure', meta: { end: true } }),
  column.accessor('openServices', {
    header: 'Open in',
    cell: ({ getValue }) => <Services names={getValue()} />,
  }),
  column.accessor('uncoveredServices', {
    header: 'Not seen in',
    cell: ({ getValue }) => <Services names={getValue()} />,
  }),
  column.accessor('hasTemplate', {
    header: 'Template',
    cell: ({ getValue }) => <span className="gap-fact">{getValue() ? 'Yes' : 'No'}</span>,
  }),
]);

function Services({ names }: { names: readonly string[] }) {
  return names.length === 0 ? null : <span className="gap-fact">{names.join(', ')}</span>;
}

/** What nobody would notice, what most is open to first. */
export function GapsPage() {
  const account = useScopedAccounts();
  const query = useQuery(gapsQuery({ account }));
  return (
    <Page
      title="Coverage gaps"
      lead="Techniques that nobody would notice, those first that the open events of the accounts expose most."
    >
      <CoverageTabs />
      <QueryView query={query} skeleton={<Skeleton rows={16} />}>
        {({ gaps }) => (
          <DataTable
            caption="Gaps"
            columns={columns}
            rows={[...gaps]}
            rowId={({ id }) => id}
            empty={
              <Empty title="No gaps">
                <p>
                  Everything is covered, or no scan has looked: run{' '}
                  <code>vedette scan run --source detections</code>.
                </p>
              </Empty>
            }
          />
        )}
      </QueryView>
    </Page>
  );
}
