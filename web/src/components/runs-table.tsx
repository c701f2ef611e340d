import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RunSummary } from '../../../src/api/schemas/runs.ts';
import { durationText } from '../lib/format.ts';
import { StatusBadge } from './badge.tsx';
import { DataTable } from './data-table.tsx';
import { SourceName } from './sources.tsx';
import { columnsOf } from './table-columns.ts';
import { Id } from './text.tsx';
import { Time } from './time.tsx';

const column = columnsOf<RunSummary>();
const columns = column.columns([
  column.accessor('runId', {
    header: 'Run',
    cell: ({ getValue }) => (
      <Link to="/runs/$runId" params={{ runId: getValue() }} className="row-link">
        <Id>{getValue()}</Id>
      </Link>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('source', {
    header: 'Source',
    cell: ({ getValue }) => <SourceName id={getValue()} />,
    meta: { source: true },
  }),
  column.accessor('status', {
    header: 'Status',
    cell: ({ row: { original } }) => <StatusBadge status={original.outcome ?? original.status} />,
  }),
  column.accessor('startedAt', { header: 'Started', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('endedAt', {
    header: 'Took',
    cell: ({ row: { original } }) => took(original),
    meta: { end: true },
  }),
]);

function took({ startedAt, endedAt }: RunSummary): string {
  return endedAt === null ? '–' : durationText(Date.parse(endedAt) - Date.parse(startedAt));
}

export function RunsTable({ runs, empty }: { runs: readonly RunSummary[]; empty: ReactNode }) {
  return (
    <DataTable caption="Runs" columns={columns} rows={runs} rowId={({ runId }) => runId} empty={empty} />
  );
}
