import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useScopedAccounts } from '../../../app/scope.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/page.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { account, text } from './cells.tsx';
import { conditionOf } from './conditions.ts';
import { viewQuery } from './queries.ts';
import type { ViewRequest, ViewRow } from './queries.ts';
import { isKnown } from './values.ts';

export interface PanelColumn {
  header: string;
  /** A column of the view, or what is made of a row. */
  value: string | ((row: ViewRow) => ReactNode);
  end?: true;
  names?: true;
  wide?: true;
  detail?: true;
  /** The view whose rows are behind the value: those with the same values in these columns, which may be called otherwise there. */
  rows?: { view: string; by: readonly (string | readonly [here: string, there: string])[] };
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
  const scope = useScopedAccounts();
  const query = useQuery(viewQuery(view, { account: scope, limit: MOST_ROWS, ...request }));
  return (
    <Section
      title={title}
      actions={
        <Link
          to="/views/$name"
          params={{ name: view }}
          search={{ sort: request.sort, where: request.where }}
          aria-label={`All rows: ${title}`}
        >
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
    columns.map(({ header, value, end, names, wide, detail, rows }) =>
      column.display({
        id: header,
        header,
        cell: ({ row: { original } }) => {
          const content = (typeof value === 'string' ? text(value) : value)(original);
          if (rows === undefined) return content;
          return (
            <Link
              to="/views/$name"
              params={{ name: rows.view }}
              search={{ where: sameIn(original, rows.by) }}
            >
              {content}
            </Link>
          );
        },
        meta: {
          ...(end && { end }),
          ...(names ? { names } : { labelled: true }),
          ...(wide && { wide }),
          ...(detail && { detail }),
        },
      }),
    ),
  );
}

function sameIn(row: ViewRow, by: NonNullable<PanelColumn['rows']>['by']): string[] {
  return by.flatMap((name) => {
    const [here, there] = typeof name === 'string' ? [name, name] : name;
    const value = row[here];
    return isKnown(value) ? [conditionOf(there, value)] : [];
  });
}

/** The account of a row, by its name. */
export const ACCOUNT: PanelColumn = {
  header: 'Account',
  names: true,
  value: account('account'),
};
