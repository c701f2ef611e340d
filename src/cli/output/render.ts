import type { CsvValue } from '../../text/csv.ts';
import { jsonText } from '../../text/json.ts';
import { printable } from '../../text/printable.ts';
import { onTerminal, write, writeAll } from './write.ts';

export const OUTPUT_FORMATS = ['table', 'json', 'jsonl', 'csv'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export interface Column<Row> {
  header: string;
  value: (row: Row) => string | number | boolean | null;
}

export interface Listing<Row> {
  rows: Iterable<Row> | AsyncIterable<Row>;
  columns: readonly Column<Row>[];
  /** The JSON object around the rows, which are all in memory then. */
  json: (rows: Row[]) => unknown;
  /** Said instead of an empty table. */
  empty: string;
}

/** Prints rows in the wanted format. `jsonl` and `csv` stream; piped tables are tab-separated without borders. */
export async function renderList<Row>(format: OutputFormat, listing: Listing<Row>): Promise<void> {
  switch (format) {
    case 'json':
      return renderJson(listing.json(await collect(listing.rows)));
    case 'jsonl':
      return writeAll(jsonLines(listing.rows));
    case 'csv':
      return renderCsv(listing);
    case 'table':
      return renderTable(listing);
  }
}

export function renderJson(value: unknown): void {
  write(`${jsonText(value, 2)}\n`);
}

async function renderCsv<Row>(listing: Listing<Row>): Promise<void> {
  const { csvRows } = await import('../../text/csv.ts');
  const header = listing.columns.map((column) => column.header);
  await writeAll(csvRows(header, cells(listing)));
}

async function renderTable<Row>({ rows, columns, empty }: Listing<Row>): Promise<void> {
  const all = await collect(rows);
  const text = (row: Row): string[] => columns.map(({ value }) => printable(String(value(row) ?? '')));
  const head = columns.map(({ header }) => header);
  if (!onTerminal()) {
    write([head, ...all.map(text)].map((line) => `${line.join('\t')}\n`).join(''));
    return;
  }
  if (all.length === 0) {
    write(`${empty}\n`);
    return;
  }
  const { default: Table } = await import('cli-table3');
  const table = new Table({ head, style: { head: ['bold'], border: ['dim'] } });
  table.push(...all.map(text));
  write(`${table.toString()}\n`);
}

async function* jsonLines(rows: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${jsonText(row)}\n`;
}

async function* cells<Row>({ rows, columns }: Listing<Row>): AsyncGenerator<CsvValue[]> {
  for await (const row of rows) yield columns.map(({ value }) => value(row));
}

async function collect<Row>(rows: Iterable<Row> | AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** One thing with many fields, a line each; nested values as JSON. */
export function renderRecord(record: Readonly<Record<string, unknown>>): void {
  const width = Math.max(...Object.keys(record).map((name) => name.length));
  for (const [name, value] of Object.entries(record)) {
    const text = typeof value === 'string' ? value : value == null ? '' : jsonText(value);
    write(`${name.padEnd(width)}  ${printable(text)}\n`);
  }
}
