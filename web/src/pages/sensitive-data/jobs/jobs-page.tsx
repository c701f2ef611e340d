import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Job } from '../../../../../src/api/schemas/s3.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { ListPages } from '../../../components/list-pages.tsx';
import { Page } from '../../../components/page.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { numberText } from '../../../lib/format.ts';
import { JobProgress } from '../shared/job-progress.tsx';
import { jobsQuery } from '../shared/queries.ts';
import { SensitiveDataTabs } from '../shared/sensitive-data-tabs.tsx';
import { StartJobDialog } from './start-job-dialog.tsx';

const route = getRouteApi('/app/sensitive-data/jobs');
const PAGE_SIZE = 50;

const column = columnsOf<Job>();
const columns = column.columns([
  column.accessor('bucket', {
    header: 'Bucket',
    cell: ({ row: { original } }) => (
      <span className="event-name">
        <Link to="/sensitive-data/jobs/$jobId" params={{ jobId: original.job_id }} className="row-link">
          <Plain>{original.bucket}</Plain>
        </Link>
        {original.prefix !== '' && (
          <span className="resource muted">
            <Plain>{original.prefix}</Plain>
          </span>
        )}
      </span>
    ),
    meta: { names: true, wide: true },
  }),
  column.accessor('status', {
    header: 'Status',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
  column.accessor('progress_percent', {
    header: 'Progress',
    cell: ({ row: { original } }) => <JobProgress job={original} />,
  }),
  column.accessor('created_at', { header: 'Started', cell: ({ getValue }) => <Time at={getValue()} /> }),
  column.accessor('account', {
    header: 'Account',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { detail: true },
  }),
  column.accessor('total_objects', {
    header: 'Objects',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
  ...(['failed', 'skipped'] as const).map((status) =>
    column.accessor(status, {
      header: status === 'failed' ? 'Failed' : 'Skipped',
      cell: ({ getValue }) => numberText(getValue()),
      meta: { end: true, detail: true },
    }),
  ),
  column.accessor('total_findings', {
    header: 'Matches',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
]);

/** What looked through buckets, newest first, and what is under way. */
export function JobsPage() {
  const { dialog, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(jobsQuery);
  const notAllowed = useDisabledReason('run');
  const show = (next: 'start' | undefined): void => void navigate({ search: { dialog: next } });
  return (
    <Page
      title="Jobs"
      lead="One job looks through the objects of a bucket; those that have not changed it does not read again."
      actions={
        <Button look="primary" disabledReason={notAllowed} onClick={() => show('start')}>
          Scan a bucket…
        </Button>
      }
    >
      <SensitiveDataTabs />
      <QueryView query={query} skeleton={<Skeleton rows={12} />}>
        {({ jobs }) => (
          <>
            <DataTable
              caption="Jobs"
              columns={columns}
              rows={jobs.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
              rowId={({ job_id: id }) => id}
              empty={
                <Empty title="No jobs yet">
                  <p>
                    <Link to="/sensitive-data/jobs" search={{ dialog: 'start' }}>
                      Scan a bucket
                    </Link>
                    , or use <code>vedette s3 scan BUCKET</code>.
                  </p>
                </Empty>
              }
            />
            <ListPages page={page} size={PAGE_SIZE} total={jobs.length} />
          </>
        )}
      </QueryView>
      {dialog === 'start' && <StartJobDialog notAllowed={notAllowed} onClose={() => show(undefined)} />}
    </Page>
  );
}
