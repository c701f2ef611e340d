import type { CoverageReport } from '../../../../../src/api/schemas/coverage.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Empty } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { ServiceBadges } from '../shared/services.tsx';

type Control = CoverageReport['controls'][number];
const column = columnsOf<Control>();
const columns = column.columns([
  column.accessor('id', { header: 'Control', meta: { names: true } }),
  column.accessor('framework', { header: 'Framework' }),
  column.accessor('title', { header: 'Title', meta: { wide: true } }),
  column.accessor('status', {
    header: 'Status',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
  column.accessor('effective', { header: 'Effective %', meta: { end: true } }),
  column.accessor('inScopeServices', {
    header: 'Services',
    cell: ({ row: { original } }) => (
      <ServiceBadges inScope={original.inScopeServices} covered={original.coveredServices} />
    ),
  }),
]);

const SHOWN = 60;

/** Controls that detections can speak for, those first that they speak worst of. */
export function Controls({ controls }: { controls: readonly Control[] }) {
  const rows = controls
    .filter(({ effective }) => effective !== null)
    .toSorted((one, other) => (one.effective ?? 0) - (other.effective ?? 0));
  return (
    <>
      <DataTable
        caption="Controls"
        columns={columns}
        rows={rows.slice(0, SHOWN)}
        rowId={({ framework, id }) => `${framework} ${id}`}
        empty={<Empty title="No control" />}
      />
      {rows.length > SHOWN && (
        <p className="muted">
          The worst {SHOWN} of {rows.length}; the API and <code>vedette coverage show -o json</code> give all.
        </p>
      )}
    </>
  );
}
