import { VedetteError } from '../../errors.ts';
import type { CsvValue } from '../../text/csv.ts';
import { jsonText } from '../../text/json.ts';
import { printable } from '../../text/printable.ts';
import { detailText } from './detail.ts';
import type { Detail } from './detail.ts';
import { tableText } from './table.ts';
import type { Column } from './table.ts';
import { screen } from './terminal.ts';
import { onTerminal, tell, write, writeAll } from './write.ts';

export type { Column } from './table.ts';

export const OUTPUT_FORMATS = ['table', 'wide', 'json', 'jsonl', 'csv'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** What a list is printed by, as commander gives it. */
export interface OutputOptions {
  output: OutputFormat;
  /** Only these, in this order: names of columns, or of the values in JSON. */
  fields?: readonly string[];
}

export interface Listing<Row> {
  rows: Iterable<Row> | AsyncIterable<Row>;
  columns: readonly Column<Row>[];
  /** A row as JSON shows it; by default as it is. */
  record?: (row: Row) => object;
  /** The JSON object around the records, which are all in memory then. */
  json: (records: readonly object[]) => unknown;
  /** Said instead of an empty table. */
  empty: string;
}

/**
 * Prints rows in the wanted format. `jsonl` and `csv` stream; piped tables are tab-separated, with every column and uncut.
 *
 * @throws VedetteError `usage` for a field that there is none of
 */
export async function renderList<Row>(
  { output, fields }: OutputOptions,
  listing: Listing<Row>,
): Promise<void> {
  const columns = chosenColumns(listing.columns, output, fields);
  const record = recordsOf(listing, columns, fields !== undefined);
  switch (output) {
    case 'json':
      return renderJson(listing.json((await collect(listing.rows)).map(record)));
    case 'jsonl':
      return writeAll(jsonLines(listing.rows, record));
    case 'csv':
      return renderCsv(listing.rows, columns);
    case 'table':
    case 'wide':
      return renderTable(output, listing, columns);
  }
}

export function renderJson(value: unknown): void {
  write(`${jsonText(value, 2)}\n`);
}

/** One thing as text for people. */
export function renderDetail(detail: Detail): void {
  write(detailText(detail, screen()));
}

function chosenColumns<Row>(
  columns: readonly Column<Row>[],
  output: OutputFormat,
  fields: OutputOptions['fields'],
): readonly Column<Row>[] {
  if (fields === undefined) return output === 'wide' ? columns : columns.filter(({ wide }) => wide !== true);
  return fields.map((field) => {
    const column = columns.find(({ header, name }) =>
      [header, name ?? ''].some((word) => plain(word) === plain(field)),
    );
    if (column !== undefined) return column;
    throw new VedetteError('usage', `There is no field ${JSON.stringify(field)} in this list.`, {
      remedy: `It has ${columns.map(nameOf).join(', ')}.`,
    });
  });
}

/** `LAST SEEN`, `last-seen` and `lastSeen` are the same field. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function nameOf({ header, name }: Pick<Column<never>, 'header' | 'name'>): string {
  return name ?? header.toLowerCase().replaceAll(/ (\w)/g, (_all, letter: string) => letter.toUpperCase());
}

/** A whole record, or of it what was chosen. */
function recordsOf<Row>(
  { record = (row) => row as object }: Listing<Row>,
  columns: readonly Column<Row>[],
  chosen: boolean,
): (row: Row) => object {
  if (!chosen) return record;
  return (row) => {
    const whole = record(row) as Record<string, unknown>;
    return Object.fromEntries(
      columns.map((column) => {
        const name = nameOf(column);
        return [name, Object.hasOwn(whole, name) ? whole[name] : column.value(row)];
      }),
    );
  };
}

async function renderCsv<Row>(rows: Listing<Row>['rows'], columns: readonly Column<Row>[]): Promise<void> {
  const { csvRows } = await import('../../text/csv.ts');
  const header = columns.map((column) => column.header);
  await writeAll(csvRows(header, cells(rows, columns)));
}

async function renderTable<Row>(
  output: OutputFormat,
  listing: Listing<Row>,
  columns: readonly Column<Row>[],
): Promise<void> {
  const rows = await collect(listing.rows);
  if (!onTerminal()) {
    const head = columns.map(({ header }) => header);
    const body = rows.map((row) => columns.map(({ value }) => printable(String(value(row) ?? ''))));
    write([head, ...body].map((line) => `${line.join('\t')}\n`).join(''));
    if (rows.length === 0) tell(listing.empty);
    return;
  }
  if (rows.length === 0) {
    write(`${listing.empty}\n`);
    return;
  }
  const shown = screen();
  write(tableText(columns, rows, output === 'wide' ? { ...shown, width: Infinity } : shown));
}

async function* jsonLines<Row>(
  rows: Listing<Row>['rows'],
  record: (row: Row) => object,
): AsyncGenerator<string> {
  for await (const row of rows) yield `${jsonText(record(row))}\n`;
}

async function* cells<Row>(
  rows: Listing<Row>['rows'],
  columns: readonly Column<Row>[],
): AsyncGenerator<CsvValue[]> {
  for await (const row of rows) yield columns.map(({ value }) => value(row));
}

async function collect<Row>(rows: Listing<Row>['rows']): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
