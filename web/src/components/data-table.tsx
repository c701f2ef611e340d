import { FlexRender, useTable } from '@tanstack/react-table';
import type { Header, Row as TableRow, RowSelectionState } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { nextSort } from '../lib/sorting.ts';
import { useSeveralSources } from './sources.tsx';
import { features } from './table-columns.ts';
import type { Columns } from './table-columns.ts';

export interface Sorting {
  /** As the address has it: a column, or `-` and a column. */
  value: string | undefined;
  onChange: (value: string) => void;
}

interface Selection<Row extends object> {
  value: RowSelectionState;
  onChange: (value: RowSelectionState) => void;
  /** Names the row to screen readers. */
  label: (row: Row) => string;
}

interface Props<Row extends object> {
  caption: string;
  columns: Columns<Row>;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  sorting?: Sorting;
  selection?: Selection<Row>;
  /** The row whose details are open beside the table. */
  current?: string | undefined;
  /** In the place of the table when there are no rows. */
  empty: ReactNode;
}

/** Every table of the dashboard. Orders, pages and filters are the server's or the page's; this shows rows. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { caption, columns, rows, rowId, sorting, selection, current, empty } = props;
  const severalSources = useSeveralSources();
  const shown = useMemo(
    () => (severalSources ? columns : columns.filter(({ meta }) => meta?.source !== true)),
    [columns, severalSources],
  );
  const table = useTable({
    features,
    columns: shown,
    data: rows,
    getRowId: rowId,
    enableRowSelection: selection !== undefined,
    state: { rowSelection: selection?.value ?? {} },
    onRowSelectionChange: (update) => {
      selection?.onChange(typeof update === 'function' ? update(selection.value) : update);
    },
  });
  if (rows.length === 0) return empty;
  return (
    <section className="table-scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map(({ id, headers }) => (
            <tr key={id}>
              {selection !== undefined && (
                <th scope="col" className="select-cell">
                  <input
                    type="checkbox"
                    aria-label="Select all rows of this page"
                    checked={table.getIsAllRowsSelected()}
                    onChange={table.getToggleAllRowsSelectedHandler()}
                  />
                </th>
              )}
              {headers.map((header) => (
                <HeaderCell key={header.id} header={header} sorting={sorting} />
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} data-current={row.id === current || undefined}>
              {selection !== undefined && (
                <td className="select-cell">
                  <input
                    type="checkbox"
                    aria-label={`Select ${selection.label(row.original)}`}
                    checked={row.getIsSelected()}
                    onChange={row.getToggleSelectedHandler()}
                  />
                </td>
              )}
              <Cells row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HeaderCell<Row extends object>({
  header,
  sorting,
}: {
  header: Header<typeof features, Row>;
  sorting: Sorting | undefined;
}) {
  const { meta } = header.column.columnDef;
  const { sort } = meta ?? {};
  const label = <FlexRender header={header} />;
  if (sort === undefined || sorting === undefined) {
    return (
      <th scope="col" data-end={meta?.end} data-detail={meta?.detail}>
        {label}
      </th>
    );
  }
  const { value, onChange } = sorting;
  const direction = value === sort.key ? 'ascending' : value === `-${sort.key}` ? 'descending' : undefined;
  return (
    <th scope="col" data-end={meta?.end} data-detail={meta?.detail} aria-sort={direction ?? 'none'}>
      <button type="button" className="sort" onClick={() => onChange(nextSort(value, sort.key, sort.first))}>
        {label}
        <span aria-hidden="true" className="sort-mark">
          {direction === 'ascending' ? '↑' : direction === 'descending' ? '↓' : '↕'}
        </span>
      </button>
    </th>
  );
}

function Cells<Row extends object>({ row }: { row: TableRow<typeof features, Row> }) {
  return row.getAllCells().map((cell) => {
    const { meta } = cell.column.columnDef;
    const content = <FlexRender cell={cell} />;
    const { header } = cell.column.columnDef;
    return meta?.names === true ? (
      <th key={cell.id} scope="row" data-wide={meta.wide}>
        {content}
      </th>
    ) : (
      <td
        key={cell.id}
        data-end={meta?.end}
        data-detail={meta?.detail}
        data-wide={meta?.wide}
        data-labelled={meta?.labelled}
        data-label={typeof header === 'string' ? header : undefined}
      >
        {content}
      </td>
    );
  });
}
