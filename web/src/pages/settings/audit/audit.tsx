import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { AuditEntry } from '../../../../../src/api/schemas/access.ts';
import type { AuditFilter } from '../../../../../src/model/audit.ts';
import { useDisabledReason } from '../../../app/session.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { ExportMenu } from '../../../components/export-menu.tsx';
import { Section } from '../../../components/page.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { NoPermission } from '../../../components/problem.tsx';
import { Empty, QueryView } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { stringifySearch } from '../../../lib/search-params.ts';
import { AuditFilters } from './audit-filters.tsx';
import { auditQuery, exportAddress } from './queries.ts';

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
  const { cursor, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const asked = filterOf(filter);
  const query = useQuery(auditQuery({ cursor, ...asked }));
  return (
    <Section title="Audit log" actions={<ExportMenu addressOf={(format) => exportAddress(format, asked)} />}>
      <AuditFilters
        key={stringifySearch({ ...asked })}
        filter={asked}
        onChange={(next) => void navigate({ search: next })}
      />
      <QueryView query={query}>
        {({ entries, nextCursor }) => (
          <>
            <DataTable
              caption="Everything that was changed or tried, newest first"
              columns={columns}
              rows={entries}
              rowId={({ id }) => String(id)}
              empty={
                <Empty title="No entry matches">
                  <p>
                    Whatever is changed through the API, this dashboard, the command line or a workflow is
                    recorded here, with who did it and how it was before and after.
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

/** Without what the address says beside: the accounts of the other pages. */
function filterOf({ actor, action, target, outcome, since, until }: AuditFilter): AuditFilter {
  return { actor, action, target, outcome, since, until };
}
