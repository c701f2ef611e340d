import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AuditEntry } from '../../../../../src/api/schemas/access.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { NoPermission } from '../../../components/problem.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { auditQuery } from './queries.ts';

const route = getRouteApi('/app/settings/audit');
const column = columnsOf<AuditEntry>();
const columns = column.columns([
  column.accessor('at', { header: 'When', cell: ({ getValue }) => <Time at={getValue()} exact /> }),
  column.accessor('actor', { header: 'Who', cell: ({ getValue }) => <Plain>{getValue()}</Plain> }),
  column.accessor('action', {
    header: 'What',
    cell: ({ getValue }) => <Id>{getValue()}</Id>,
    meta: { names: true },
  }),
  column.accessor('target', { header: 'Of what', cell: ({ getValue }) => <Id>{getValue()}</Id> }),
  column.accessor('outcome', {
    header: 'Outcome',
    cell: ({ getValue }) => <StatusBadge status={getValue()} />,
  }),
  column.accessor('details', {
    header: 'Details',
    cell: ({ getValue }) => <Details details={getValue()} />,
    meta: { wide: true },
  }),
]);

function Details({ details }: Pick<AuditEntry, 'details'>) {
  if (Object.keys(details).length === 0) return <>–</>;
  return (
    <details>
      <summary>Show</summary>
      <pre>{JSON.stringify(details, null, 2)}</pre>
    </details>
  );
}

export function Audit() {
  const notAllowed = useDisabledReason('manage-access');
  return notAllowed === null ? <AuditLog /> : <NoPermission>{notAllowed}</NoPermission>;
}

function AuditLog() {
  const { cursor } = route.useSearch();
  const query = useQuery(auditQuery({ cursor }));
  return (
    <Section title="Audit log">
      <QueryView query={query}>
        {({ entries, nextCursor }) => (
          <>
            <DataTable
              caption="Everything that was changed or tried, newest first"
              columns={columns}
              rows={entries}
              rowId={({ id }) => String(id)}
              empty={
                <Empty title="Nothing yet">
                  <p>
                    Whatever is changed through the API or this dashboard is recorded here, with who did it.
                  </p>
                </Empty>
              }
            />
            <Pagination cursor={cursor} nextCursor={nextCursor} />
          </>
        )}
      </QueryView>
    </Section>
  );
}
