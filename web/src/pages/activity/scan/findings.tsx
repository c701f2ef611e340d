import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Finding } from '../../../../../src/api/schemas/scans.ts';
import { LevelBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { numberText } from '../../../lib/format.ts';
import { findingsQuery } from './queries.ts';

const route = getRouteApi('/app/scans/$scanId');
const column = columnsOf<Finding>();
const columns = column.columns([
  column.accessor('level', { header: 'Level', cell: ({ getValue }) => <LevelBadge level={getValue()} /> }),
  column.accessor('title', {
    header: 'Check',
    cell: ({ row: { original } }) => (
      <span className="event-name">
        <Plain>{original.title}</Plain>
        <Id>{original.checkId}</Id>
      </span>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('service', { header: 'Service', cell: ({ getValue }) => <Plain>{getValue()}</Plain> }),
  column.accessor('flaggedItems', {
    header: 'Flagged',
    cell: ({ row: { original } }) => <Flagged finding={original} />,
    meta: { end: true },
  }),
]);

function Flagged({ finding }: { finding: Finding }) {
  const { evaluated, flaggedItems, checkedItems, accountId, checkId } = finding;
  if (!evaluated) return <>not evaluated</>;
  const text = `${numberText(flaggedItems)} of ${numberText(checkedItems)}`;
  if (flaggedItems === 0) return text;
  return (
    <Link to="/events" search={{ scope: [accountId], check: [checkId], status: ['active'] }}>
      {text}
    </Link>
  );
}

const CHOICES = [
  [undefined, 'All'],
  ['true', 'Flagged'],
  ['false', 'Passed'],
] as const;

export function Findings({ scanId }: { scanId: number }) {
  const { flagged, level, cursor } = route.useSearch();
  const query = useQuery(findingsQuery({ scan: scanId, flagged, level, cursor }));
  return (
    <>
      <div className="segments" role="group" aria-label="Which findings">
        {CHOICES.map(([value, label]) => (
          <Link
            key={label}
            from="/scans/$scanId"
            search={{ flagged: value, level }}
            resetScroll={false}
            activeOptions={{ exact: true }}
            aria-current={flagged === value ? 'true' : undefined}
          >
            {label}
          </Link>
        ))}
      </div>
      <QueryView query={query}>
        {({ findings, nextCursor }) => (
          <>
            <DataTable
              caption="Findings of the scan"
              columns={columns}
              rows={findings}
              rowId={({ id }) => String(id)}
              empty={<Empty title="No such findings in this scan" />}
            />
            <Pagination cursor={cursor} nextCursor={nextCursor} />
          </>
        )}
      </QueryView>
    </>
  );
}
