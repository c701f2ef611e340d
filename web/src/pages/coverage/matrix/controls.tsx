import { useState } from 'react';
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
  column.accessor('title', { header: 'Title', meta: { wide: true } }),
  column.accessor('status', {
    header: 'Status',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
  column.accessor('effective', { header: 'Effective %', meta: { end: true } }),
  column.accessor('techniqueCoverage', { header: 'Techniques %', meta: { end: true } }),
  column.accessor('serviceCoverage', { header: 'Services %', meta: { end: true } }),
  column.accessor('inScopeServices', {
    header: 'Services',
    cell: ({ row: { original } }) => (
      <ServiceBadges inScope={original.inScopeServices} covered={original.coveredServices} />
    ),
  }),
]);

const FRAMEWORKS: Readonly<Record<string, string>> = {
  'cis-controls-v8': 'CIS Controls v8',
  'nist-800-53-r5': 'NIST SP 800-53 rev. 5',
  'csa-ccm-4.1': 'CSA Cloud Controls Matrix 4.1',
};

/** Controls of a framework that detections can speak for, those first that they speak worst of. */
export function Controls({ controls }: { controls: readonly Control[] }) {
  const frameworks = [...new Set(controls.map(({ framework }) => framework))];
  const [chosen, choose] = useState(frameworks[0]);
  const rows = controls
    .filter(({ framework, effective }) => framework === chosen && effective !== null)
    .toSorted((one, other) => (one.effective ?? 0) - (other.effective ?? 0));
  return (
    <>
      <div className="filter-bar">
        <label className="inline-field">
          Framework
          <select value={chosen} onChange={({ target: { value } }) => choose(value)}>
            {frameworks.map((one) => (
              <option key={one} value={one}>
                {FRAMEWORKS[one] ?? one}
              </option>
            ))}
          </select>
        </label>
      </div>
      <DataTable
        caption="Controls"
        columns={columns}
        rows={rows}
        rowId={({ framework, id }) => `${framework} ${id}`}
        empty={<Empty title="No control" />}
      />
    </>
  );
}
