import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Job, ObjectList } from '../../../../../src/api/schemas/s3.ts';
import { printable } from '../../../../../src/text/printable.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { numberText } from '../../../lib/format.ts';
import { isUnderWay } from '../shared/queries.ts';
import { objectsQuery } from './queries.ts';

const route = getRouteApi('/app/sensitive-data/jobs/$jobId');

type ScannedObject = ObjectList['objects'][number];

const column = columnsOf<ScannedObject>();
const columns = column.columns([
  column.accessor('key', {
    header: 'Object',
    cell: ({ getValue }) => <Plain>{getValue()}</Plain>,
    meta: { names: true, wide: true },
  }),
  column.accessor('status', {
    header: 'Ended as',
    cell: ({ getValue }) => (getValue() === 'succeeded' ? 'In part' : <StatusBadge status={getValue()} />),
  }),
  column.accessor('reason', {
    header: 'Why',
    cell: ({ getValue }) => <Plain>{getValue() ?? ''}</Plain>,
    meta: { wide: true },
  }),
]);

const CHOICES = [
  [undefined, 'All'],
  ['failed', 'Failed'],
  ['skipped', 'Skipped'],
] as const;

/** Objects of which something was not looked at, and why. */
export function UnseenObjects({ job }: { job: Job }) {
  const search = route.useSearch();
  const query = useQuery(objectsQuery(job, search));
  return (
    <>
      <div className="segments" role="group" aria-label="Which objects">
        {CHOICES.map(([status, label]) => (
          <Link
            key={label}
            from="/sensitive-data/jobs/$jobId"
            search={{ status }}
            resetScroll={false}
            activeOptions={{ exact: true }}
            aria-current={search.status === status ? 'true' : undefined}
          >
            {label}
          </Link>
        ))}
      </div>
      <QueryView query={query}>
        {({ objects, has_more: hasMore }) => (
          <>
            <DataTable
              caption="Objects that were not scanned whole"
              columns={columns}
              rows={objects}
              rowId={({ key }) => key}
              empty={
                <Empty
                  title={isUnderWay(job) ? 'None so far' : 'None that this job was the last to look at'}
                />
              }
            />
            {hasMore && (
              <p className="muted">
                The first {numberText(objects.length)}.{' '}
                <code>vedette s3 objects {printable(job.job_id)}</code> lists all.
              </p>
            )}
          </>
        )}
      </QueryView>
    </>
  );
}
