import type { RecordFormat } from '../model/record-format.ts';
import { csvRows } from '../text/csv.ts';
import type { CsvValue } from '../text/csv.ts';
import { jsonText } from '../text/json.ts';

/** One column of a file for spreadsheets. */
export interface RecordColumn<Item> {
  header: string;
  value: (item: Item) => CsvValue;
}

/** Characters that are handed on at a time. */
const PIECE = 32_768;

/** A list as a file: CSV for spreadsheets with the columns, or JSON lines of the whole records. */
export function recordFile<Item>(
  format: RecordFormat,
  word: string,
  { records, columns }: { records: AsyncIterable<Item>; columns: readonly RecordColumn<Item>[] },
  now: Date,
): { name: string; type: string; rows: AsyncGenerator<string> } {
  const name = `${word}-${now.toISOString().slice(0, 10)}.${format}`;
  if (format === 'jsonl')
    return { name, type: 'application/jsonl; charset=utf-8', rows: jsonLines(records, (record) => record) };
  const header = columns.map((column) => column.header);
  return { name, type: 'text/csv; charset=utf-8', rows: csvRows(header, cells(records, columns)) };
}

/** Records as JSON, each in a line of its own, in pieces. */
export async function* jsonLines<Item>(
  records: AsyncIterable<Item>,
  recordOf: (item: Item) => unknown,
): AsyncGenerator<string> {
  let piece = '';
  for await (const item of records) {
    piece += `${jsonText(recordOf(item))}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function* cells<Item>(
  records: AsyncIterable<Item>,
  columns: readonly RecordColumn<Item>[],
): AsyncGenerator<CsvValue[]> {
  for await (const record of records) yield columns.map(({ value }) => value(record));
}
