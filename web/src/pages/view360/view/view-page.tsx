import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useScopedAccounts } from '../../../app/scope.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { Page } from '../../../components/page.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { viewQuery } from '../shared/queries.ts';
import type { ViewRow } from '../shared/queries.ts';
import { textOf } from '../shared/values.ts';

const route = getRouteApi('/app/views/$name');
const column = columnsOf<ViewRow>();
const PAGE_SIZE = 50;

/** All rows of a view, with all its columns, as every tool sees them. */
export function ViewPage() {
  const { name } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const account = useScopedAccounts();
  const query = useQuery(viewQuery(name, { account, ...search, limit: PAGE_SIZE }));
  return (
    <Page title={name} lead={query.data?.purpose}>
      <QueryView query={query} skeleton={<Skeleton rows={10} />}>
        {({ columns, rows, nextCursor }) => (
          <>
            <DataTable
              caption={name}
              rows={rows}
              rowId={(row) => JSON.stringify(row)}
              columns={tableColumns(columns)}
              sorting={{
                value: search.sort,
                onChange: (sort) => void navigate({ search: { ...search, sort, cursor: undefined } }),
              }}
              empty={<Empty title="No rows" />}
            />
            <Pagination cursor={search.cursor} nextCursor={nextCursor} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function tableColumns(names: readonly string[]) {
  return column.columns(
    names.map((key) =>
      column.accessor((row) => textOf(row[key]), {
        id: key,
        header: key,
        cell: plainCell,
        meta: { sort: { key, first: 'ascending' } },
      }),
    ),
  );
}

function plainCell({ getValue }: { getValue: () => unknown }) {
  return <Plain>{String(getValue())}</Plain>;
}
