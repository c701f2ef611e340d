import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useScopedAccounts } from '../../../app/scope.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { Plain } from '../../../components/text.tsx';
import { viewQuery } from './queries.ts';
import type { ViewRequest, ViewRow } from './queries.ts';
import { textOf } from './values.ts';

export interface PanelColumn {
  header: string;
  /** A column of the view, or what is made of a row. */
  value: string | ((row: ViewRow) => ReactNode);
  end?: true;
  names?: true;
}

interface Props {
  title: string;
  view: string;
  columns: readonly PanelColumn[];
  request?: ViewRequest;
  /** What it means that there are no rows. */
  empty: string;
}

/** So many rows are shown beside others; the view itself has all. */
const MOST_ROWS = 8;
const column = columnsOf<ViewRow>();

/** The first rows of a view, and the way to all of them. */
export function ViewPanel({ title, view, columns, request = {}, empty }: Props) {
  const account = useScopedAccounts();
  const query = useQuery(viewQuery(view, { account, limit: MOST_ROWS, ...request }));
  const search = { sort: request.sort, where: request.where };
  return (
    <Section
      title={title}
      actions={
        <Link to="/views/$name" params={{ name: view }} search={search}>
          All rows
        </Link>
      }
    >
      <QueryView query={query} skeleton={<Skeleton rows={4} />}>
        {({ rows }) => (
          <DataTable
            caption={title}
            rows={rows}
            rowId={(row) => JSON.stringify(row)}
            columns={tableColumns(columns)}
            empty={<p className="muted">{empty}</p>}
          />
        )}
      </QueryView>
    </Section>
  );
}

function tableColumns(columns: readonly PanelColumn[]) {
  return column.columns(
    columns.map(({ header, value, end, names }) =>
      column.display({
        id: header,
        header,
        cell: ({ row: { original } }) =>
          typeof value === 'string' ? <Plain>{textOf(original[value])}</Plain> : value(original),
        meta: { ...(end && { end }), ...(names && { names }) },
      }),
    ),
  );
}

/** The account of a row, by its name. */
export const ACCOUNT: PanelColumn = {
  header: 'Account',
  names: true,
  value: (row) => (
    <>
      <Plain>{textOf(row['account_name'])}</Plain>
      <span className="resource muted">
        <Plain>{textOf(row['account'])}</Plain>
      </span>
    </>
  ),
};
