import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useScopedAccounts } from '../../../app/scope.ts';
import { Button } from '../../../components/button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { Page } from '../../../components/page.tsx';
import { Pagination } from '../../../components/pagination.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { Unknown } from '../shared/cells.tsx';
import { plainCondition } from '../shared/conditions.ts';
import { viewQuery } from '../shared/queries.ts';
import type { ViewRow } from '../shared/queries.ts';
import { isKnown } from '../shared/values.ts';
import type { Value } from '../shared/values.ts';
import './view-page.css';

const route = getRouteApi('/app/views/$name');
const column = columnsOf<ViewRow>();
const PAGE_SIZE = 50;
/** Longer ones break into lines. */
const LONG = 40;

/** All rows of a view, with all its columns, as every tool sees them. */
export function ViewPage() {
  const { name } = route.useParams();
  const { sort, where, cursor } = route.useSearch();
  const navigate = route.useNavigate();
  const account = useScopedAccounts();
  const query = useQuery(viewQuery(name, { account, where, sort, cursor, limit: PAGE_SIZE }));
  const show = (search: { sort: typeof sort; where: typeof where }): void => {
    void navigate({ search: (before) => ({ ...before, ...search, cursor: undefined }) });
  };
  return (
    <Page title={query.data?.view ?? name} lead={query.data?.purpose}>
      <Conditions where={where ?? []} onChange={(next) => show({ sort, where: next })} />
      <QueryView query={query} skeleton={<Skeleton rows={10} />}>
        {({ view, columns, rows, nextCursor }) => (
          <>
            <DataTable
              caption={view}
              rows={rows}
              rowId={(row) => JSON.stringify(row)}
              columns={tableColumns(columns)}
              sorting={{ value: sort, onChange: (next) => show({ sort: next, where }) }}
              empty={
                <Empty title={where === undefined ? 'The view has no rows' : 'No row has all these values'} />
              }
            />
            <Pagination cursor={cursor} nextCursor={nextCursor} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

interface ConditionsProps {
  where: readonly string[];
  onChange: (where: string[] | undefined) => void;
}

/** What rows must have to be shown, each to be taken away. */
function Conditions({ where, onChange }: ConditionsProps) {
  if (where.length === 0) return null;
  return (
    <div className="chips view-conditions" role="group" aria-label="Only rows with">
      {where.map((condition) => {
        const rest = where.filter((other) => other !== condition);
        return (
          <Button
            key={condition}
            aria-label={`Remove ${plainCondition(condition)}`}
            onClick={() => onChange(rest.length === 0 ? undefined : rest)}
          >
            <Plain>{plainCondition(condition).replace('=', ' = ')}</Plain> ✕
          </Button>
        );
      })}
    </div>
  );
}

function tableColumns(names: readonly string[]) {
  return column.columns(
    names.map((key, index) =>
      column.accessor((row) => row[key], {
        id: key,
        header: key,
        cell: ({ getValue }) => <Cell value={getValue()} />,
        meta: {
          sort: { key, first: 'ascending' },
          ...(index === 0 ? { names: true as const } : { labelled: true as const }),
        },
      }),
    ),
  );
}

function Cell({ value }: { value: Value }) {
  if (!isKnown(value)) return <Unknown />;
  const text = String(value);
  if (text.length <= LONG) return <Plain>{text}</Plain>;
  return (
    <span className="long-value">
      <Plain>{text}</Plain>
    </span>
  );
}
