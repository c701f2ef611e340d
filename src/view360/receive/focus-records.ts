import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { openRegularFile } from '../../regular-file.ts';
import { CsvRecords } from '../../text/csv-records.ts';

/** So many rows of a Parquet file are in memory at a time. */
const ROWS_AT_ONCE = 5000;

/**
 * The records of a table in a file, the header first, all as text: CSV, CSV compressed with gzip, or Parquet. What is not there is
 * the empty text; what is more than a text is written as JSON.
 *
 * @throws Error for what is no such file
 */
export async function* recordsOf(file: string): AsyncGenerator<readonly string[]> {
  if (file.endsWith('.parquet')) yield* parquetRecords(file);
  else yield* csvRecords(file);
}

async function* csvRecords(file: string): AsyncGenerator<string[]> {
  const records = new CsvRecords();
  const { handle } = await openRegularFile(file);
  const bytes = handle.createReadStream();
  const text: Readable = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  text.setEncoding('utf8');
  for await (const piece of text) yield* records.push(piece as string);
  yield* records.end();
}

async function* parquetRecords(file: string): AsyncGenerator<string[]> {
  const [{ parquetMetadataAsync, parquetReadObjects, parquetSchema }, { compressors }] = await Promise.all([
    import('hyparquet'),
    import('hyparquet-compressors'),
  ]);
  const { handle, facts } = await openRegularFile(file);
  try {
    const { size } = facts;
    const buffer = {
      byteLength: size,
      async slice(start: number, end: number = size) {
        const bytes = new Uint8Array(end - start);
        await handle.read(bytes, 0, bytes.length, start);
        return bytes.buffer;
      },
    };
    const metadata = await parquetMetadataAsync(buffer);
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    yield columns;
    const rows = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < rows; rowStart += ROWS_AT_ONCE) {
      const rowEnd = Math.min(rows, rowStart + ROWS_AT_ONCE);
      const read = { file: buffer, metadata, compressors, rowStart, rowEnd };
      for (const record of await parquetReadObjects(read))
        yield columns.map((column) => written(record[column]));
    }
  } finally {
    await handle.close();
  }
}

function written(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return JSON.stringify(plain(value));
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A map is a list of its entries in Parquet; tags are one. */
function plain(value: object): unknown {
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  if (!Array.isArray(value)) return Object.fromEntries(entries.map(([key, one]) => [key, textOr(one)]));
  const isMap = value.every((one) => typeof one === 'object' && one !== null && 'key' in one);
  return isMap
    ? Object.fromEntries(value.map(({ key, value: one }) => [key, textOr(one)]))
    : value.map(textOr);
}

function textOr(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : (value ?? null);
}
