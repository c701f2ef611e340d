import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { BucketList } from '../../../../../src/api/schemas/s3.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { Page } from '../../../components/page.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { numberText } from '../../../lib/format.ts';
import { bucketsQuery } from '../shared/queries.ts';
import { SensitiveDataTabs } from '../shared/sensitive-data-tabs.tsx';
import './buckets-page.css';

type Bucket = BucketList['buckets'][number];

const column = columnsOf<Bucket>();
const columns = column.columns([
  column.accessor('bucket', {
    header: 'Bucket',
    cell: ({ getValue }) => (
      <Link to="/sensitive-data/results" search={{ bucket: getValue() }} className="row-link">
        <Plain>{getValue()}</Plain>
      </Link>
    ),
    meta: { names: true },
  }),
  column.accessor('findings', {
    header: 'Matches',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
  column.accessor('objects', {
    header: 'Objects',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
  column.accessor('detectors', {
    header: 'What they hold',
    cell: ({ row: { original } }) => <Kinds bucket={original} />,
    meta: { wide: true },
  }),
]);

/** What was found, by detector; each leads to its matches. */
function Kinds({ bucket: { bucket, detectors } }: { bucket: Bucket }) {
  return (
    <ul className="found-kinds">
      {Object.entries(detectors).map(([detector, findings]) => (
        <li key={detector}>
          <Link to="/sensitive-data/results" search={{ bucket, detector }}>
            <Plain>{detector}</Plain> {numberText(findings)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Where something was found, most first. */
export function BucketsPage() {
  const query = useQuery(bucketsQuery);
  return (
    <Page
      title="Sensitive data"
      lead="Buckets by what was found in their objects. Matches are masked; they themselves are kept nowhere."
    >
      <SensitiveDataTabs />
      <QueryView query={query} skeleton={<Skeleton rows={12} />}>
        {({ buckets }) => (
          <DataTable
            caption="Buckets by what they hold"
            columns={columns}
            rows={buckets}
            rowId={({ bucket }) => bucket}
            empty={
              <Empty title="Nothing found so far">
                <p>
                  <Link to="/sensitive-data/jobs">Jobs</Link> look through the objects of a bucket; a first
                  one is started there.
                </p>
              </Empty>
            }
          />
        )}
      </QueryView>
    </Page>
  );
}
