import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Bucket, BucketObject } from './bucket.ts';
import { gunzip } from './content/compressed.ts';
import { parquetRows } from './content/parquet.ts';
import { ContentProblem } from './content/problem.ts';
import { inventoryUnusable, noInventory } from './errors.ts';

/** Rows of one file of an inventory, counted from its beginning, without the last one. */
export interface InventoryRows {
  file: number;
  from: number;
  to: number;
}

/** What an inventory is made of; its files are in the bucket where its manifest is. */
export interface Inventory {
  bucket: string;
  format: 'CSV' | 'Parquet';
  /** As their columns are in CSV. */
  fields: readonly string[];
  files: readonly { key: string; size: number }[];
}

export interface InventoryRow {
  row: number;
  /** Null for a version that is not the current one, or no object at all. */
  object: BucketObject | null;
}

const manifestShape = z.object({
  sourceBucket: z.string(),
  fileFormat: z.string(),
  fileSchema: z.string(),
  files: z.array(z.object({ key: z.string(), size: z.number().int().min(0) })),
});
/** Without these a job cannot tell whether an object has changed, or how much there is to read. */
const NEEDED = ['Key', 'Size', 'ETag'];
/** Rows of Parquet that are read at a time. */
const PAGE = 10_000;

/**
 * Where the manifest of an inventory is, by its address `s3://bucket/…/manifest.json`.
 *
 * @throws VedetteError `usage`
 */
export function inventoryPlace(uri: string): { bucket: string; key: string } {
  const [, bucket, key] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.{0,1000}manifest\.json)$/s.exec(uri) ?? [];
  if (bucket === undefined || key === undefined) throw noInventory(uri);
  return { bucket, key };
}

/** @throws VedetteError `usage` for what is no inventory of the bucket of the scan, or not of use */
export async function readInventory({ options, whole }: Bucket, uri: string): Promise<Inventory> {
  const { bucket, key } = inventoryPlace(uri);
  const { sourceBucket, fileFormat, fileSchema, files } = manifestOf(uri, await whole(bucket, key));
  if (sourceBucket !== options.bucket)
    throw inventoryUnusable(uri, `it is of the bucket ${sourceBucket}, not of ${options.bucket}`);
  if (fileFormat === 'Parquet') return { bucket, format: fileFormat, fields: [], files };
  if (fileFormat !== 'CSV') throw inventoryUnusable(uri, `its format is ${fileFormat}, not CSV or Parquet`);
  const fields = fileSchema.split(',').map((field) => field.trim());
  const missing = NEEDED.filter((field) => !fields.includes(field));
  if (missing.length > 0) throw inventoryUnusable(uri, `it has no ${missing.join(' and no ')}`);
  return { bucket, format: fileFormat, fields, files };
}

function manifestOf(uri: string, content: Buffer): z.output<typeof manifestShape> {
  try {
    return manifestShape.parse(JSON.parse(content.toString()));
  } catch {
    throw inventoryUnusable(uri, 'it is no manifest of an inventory');
  }
}

/**
 * The rows of one file from a row on. A file of CSV is read from its beginning, whichever row it is.
 *
 * @throws VedetteError `usage` where the file is not what the manifest says
 */
export async function* inventoryRows(
  { content, options }: Bucket,
  { bucket, format, fields, files }: Inventory,
  { file, from, to }: { file: number; from: number; to?: number },
): AsyncGenerator<InventoryRow> {
  const found = files[file];
  if (found === undefined) return;
  const { key, size } = found;
  const access = content({ key, etag: '', size, storageClass: '' }, bucket);
  try {
    if (format === 'Parquet') {
      let row = from;
      for await (const record of parquetRows(access, { from, to: to ?? Infinity, page: PAGE })) {
        const missing = ['key', 'size', 'e_tag'].filter((name) => !(name in record));
        if (missing.length > 0) throw new ContentProblem('failed', `it has no ${missing.join(' and no ')}`);
        yield { row, object: currentObject(record, options.prefix) };
        row += 1;
      }
      return;
    }
    const lines = createInterface({ input: Readable.from(gunzip(access.read(0, size))) });
    let row = 0;
    for await (const line of lines) {
      if (row >= (to ?? Infinity)) return;
      if (row >= from) yield { row, object: currentObject(recordOf(line, fields), options.prefix) };
      row += 1;
    }
  } catch (error) {
    if (error instanceof ContentProblem)
      throw inventoryUnusable(`s3://${bucket}/${key}`, error.message, error);
    throw error;
  }
}

/** By the names of Parquet's columns. */
function recordOf(line: string, fields: readonly string[]): Record<string, unknown> {
  const values = [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)|([^,]*)(?:,|$)/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  );
  const value = (field: string) => values[fields.indexOf(field)];
  return {
    key: decodedKey(value('Key') ?? ''),
    size: value('Size'),
    e_tag: value('ETag'),
    storage_class: value('StorageClass'),
    is_latest: value('IsLatest'),
    is_delete_marker: value('IsDeleteMarker'),
  };
}

/** Keys are encoded as forms are, in CSV alone. */
function decodedKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

function currentObject(record: Readonly<Record<string, unknown>>, prefix: string): BucketObject | null {
  const text = (name: string) => {
    const value = record[name];
    if (typeof value === 'string') return value;
    return typeof value === 'bigint' || typeof value === 'boolean' || typeof value === 'number'
      ? `${value}`
      : '';
  };
  const key = text('key');
  const isOld = text('is_latest') === 'false' || text('is_delete_marker') === 'true';
  if (isOld || key === '' || !key.startsWith(prefix)) return null;
  const size = Number(text('size') || 0);
  // Whoever can write to the bucket of an inventory can write anything.
  if (!Number.isSafeInteger(size) || size < 0) return null;
  // As a list of the bucket has it.
  const etag = `"${text('e_tag').replaceAll('"', '')}"`;
  return { key, etag, size, storageClass: text('storage_class') || 'STANDARD' };
}
