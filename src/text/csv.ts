import { Readable, pipeline } from 'node:stream';
import { stringify } from 'csv-stringify';
import { printable } from './printable.ts';

export type CsvValue = string | number | boolean | null;

/**
 * Rows as CSV (RFC 4180 quoting, `\n` between records, the header first), in pieces of bounded size. Text is made
 * printable, and what a spreadsheet would take for a formula gets a leading apostrophe.
 */
export async function* csvRows(
  header: readonly string[],
  rows: AsyncIterable<readonly CsvValue[]> | Iterable<readonly CsvValue[]>,
): AsyncGenerator<string> {
  const text = stringify({
    header: true,
    columns: [...header],
    cast: { string: printable, boolean: String },
    escape_formulas: true,
  });
  text.setEncoding('utf8');
  // An error of the rows destroys the text stream, so it is thrown where the pieces are read.
  pipeline(Readable.from(rows), text, () => undefined);
  yield* text as AsyncIterable<string>;
}
