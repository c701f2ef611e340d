import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { broken } from './compressed.ts';
import { readWhole } from './input.ts';
import type { Input, RandomAccess } from './input.ts';
import { linesOf } from './leaves.ts';
import type { Walk } from './scan-content.ts';

/** Column by column, a value a line, so that values of neighbouring cells never become one. */
export async function walkParquet(input: Input, walk: Walk): Promise<void> {
  const access = await input.random(walk.limits.inMemoryBytes);
  const file = asyncBuffer(access);
  try {
    const metadata = await parquetMetadataAsync(file);
    for (const column of columnsOf(metadata)) await walk.text(column, valuesOf(file, metadata, column, walk));
  } catch (error) {
    throw broken('Parquet', error);
  }
}

/** The records of a file from one row to before another, some at a time in memory. */
export async function* parquetRows(
  access: RandomAccess,
  { from, to, page }: { from: number; to: number; page: number },
): AsyncGenerator<Record<string, unknown>> {
  const file = asyncBuffer(access);
  try {
    const metadata = await parquetMetadataAsync(file);
    const end = Math.min(to, Number(metadata.num_rows));
    for (let rowStart = from; rowStart < end; rowStart += page) {
      const rowEnd = Math.min(end, rowStart + page);
      yield* await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors });
    }
  } catch (error) {
    throw broken('Parquet', error);
  }
}

function columnsOf({ schema }: FileMetaData): string[] {
  const columns: string[] = [];
  // The schema is a tree, depth first; the root's children are the columns.
  for (let at = 1; at < schema.length; at += 1 + descendants(schema, at))
    columns.push(schema[at]?.name ?? '');
  return columns;
}

function descendants(schema: FileMetaData['schema'], at: number): number {
  let count = 0;
  for (let child = 0; child < (schema[at]?.num_children ?? 0); child += 1) {
    count += 1 + descendants(schema, at + 1 + count);
  }
  return count;
}

async function* valuesOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  column: string,
  { signal }: Walk,
): AsyncGenerator<Uint8Array> {
  let rowStart = 0;
  for (const { num_rows: rows } of metadata.row_groups) {
    signal.throwIfAborted();
    const rowEnd = rowStart + Number(rows);
    try {
      const records = await parquetReadObjects({
        file,
        metadata,
        columns: [column],
        rowStart,
        rowEnd,
        compressors,
      });
      yield Buffer.from(records.map((record) => linesOf(record[column])).join(''));
    } catch (error) {
      throw broken('Parquet', error);
    }
    rowStart = rowEnd;
  }
}

function asyncBuffer(access: RandomAccess): AsyncBuffer {
  return {
    byteLength: access.size,
    async slice(start, end = access.size) {
      const bytes = await readWhole(access, start, end);
      return new Uint8Array(bytes).buffer;
    },
  };
}
