import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Finding } from '../../../../../src/api/schemas/s3.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { ExportMenu } from '../../../components/export-menu.tsx';
import { Page } from '../../../components/page.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { numberText, plural } from '../../../lib/format.ts';
import { SensitiveDataTabs } from '../shared/sensitive-data-tabs.tsx';
import { ResultFilters } from './filters.tsx';
import { exportAddress, resultsQuery } from './queries.ts';
import type { ResultsFilter } from './search.ts';
import './results-page.css';

const route = getRouteApi('/app/sensitive-data/results');

const column = columnsOf<Finding>();
const columns = column.columns([
  column.accessor('key', {
    header: 'Object',
    cell: ({ row: { original } }) => <Place finding={original} />,
    meta: { names: true, wide: true },
  }),
  column.accessor('detector', { header: 'Detector', cell: ({ getValue }) => <Plain>{getValue()}</Plain> }),
  column.accessor('masked_match', {
    header: 'Match',
    cell: ({ row: { original } }) => (
      <>
        <Id>{original.masked_match}</Id>
        <span className="match-context">
          <Plain>{original.context}</Plain>
        </span>
      </>
    ),
    meta: { wide: true },
  }),
  column.accessor('byte_offset', {
    header: 'At byte',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true, detail: true },
  }),
  column.accessor('created_at', {
    header: 'Found',
    cell: ({ row: { original } }) => (
      <Link to="/sensitive-data/jobs/$jobId" params={{ jobId: original.job_id }}>
        <Time at={original.created_at} />
      </Link>
    ),
  }),
]);

/** The object, and where in it: a member of an archive, a column, a page. */
function Place({ finding: { bucket, key, member } }: { finding: Finding }) {
  return (
    <span className="event-name">
      <Plain>{key}</Plain>
      <span className="resource muted">
        <Plain>{bucket}</Plain>
        {member !== null && (
          <>
            , in <Plain>{member}</Plain>
          </>
        )}
      </span>
    </span>
  );
}

/** What was found, newest first. */
export function ResultsPage() {
  const { cursor, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(resultsQuery({ cursor, ...filterOf(filter) }));
  return (
    <Page
      title="Matches"
      lead="What was found in objects, masked, with the text around it. Newest first."
      actions={<ExportMenu addressOf={(format) => exportAddress(format, filterOf(filter))} />}
    >
      <SensitiveDataTabs />
      <ResultFilters filter={filterOf(filter)} onChange={(next) => void navigate({ search: next })} />
      <QueryView query={query} skeleton={<Skeleton rows={16} />}>
        {({ findings, total, next_cursor: nextCursor }) => (
          <>
            <p className="match-count muted" role="status">
              {plural(total, 'match', 'matches')}
            </p>
            <DataTable
              caption="Matches"
              columns={columns}
              rows={findings}
              rowId={({ id }) => String(id)}
              empty={<NoMatch />}
            />
            <Pagination cursor={cursor} nextCursor={nextCursor} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

/** Without what the address says beside: the accounts of the other pages. */
function filterOf({ detector, bucket, key, job }: ResultsFilter): ResultsFilter {
  return { detector, bucket, key, job };
}

function NoMatch() {
  return (
    <Empty title="Nothing was found that meets these filters">
      <p>
        Whether all was looked at, a <Link to="/sensitive-data/jobs">job</Link> tells.{' '}
        <Link to="/sensitive-data/results">Show all matches</Link>.
      </p>
    </Empty>
  );
}
