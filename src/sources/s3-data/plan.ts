import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ObjectOutcome } from '../../model/object-ledger.ts';
import { PLAN_LIMITS } from '../../model/pipeline.ts';
import type { WorkContext } from '../../work-context.ts';
import type { Units } from '../source.ts';
import { withBucket } from './bucket.ts';
import type { Bucket, BucketObject, S3DataInput } from './bucket.ts';
import { CONTENT_LIMITS } from './content/scan-content.ts';
import { detectorSet } from './detectors/detector-set.ts';
import type { DetectorSet } from './detectors/detector-set.ts';
import { inventoryRows, readInventory } from './inventory.ts';
import type { InventoryRows } from './inventory.ts';
import type { KeyRange } from './key-space.ts';
import { splitRange } from './key-space.ts';
import { lineOf } from './results.ts';
import type { ResultLine } from './results.ts';
import { keyBefore, scanObject } from './scan-object.ts';
import type { ObjectScan } from './scan-object.ts';
import type { s3DataSettings } from './settings.ts';

/** Keys of a range, of which the batch asks the bucket again; rows of an inventory; or, of a job that is tried again, the keys themselves. */
export type Batch =
  | { range: KeyRange; objects: number }
  | { rows: InventoryRows; objects: number }
  | { keys: readonly string[] };

/** Ranges of keys that nobody has listed yet; the next row of an inventory; or the last key of a job that is tried again. */
export type Cursor = { ranges: readonly OpenRange[] } | { file: number; row: number } | { after: string };

/** A range that is not listed to its end; `shared` is what the keys before it begin with, and so perhaps the next ones. */
type OpenRange = KeyRange & { shared?: string };

/** Ranges that are listed at a time. */
const FAN_OUT = 8;
/** Of one plan: so many steps, each a page of every open range. */
const ROUNDS = 8;
const BATCH = { objects: 1000, bytes: 512 * 1024 * 1024, keys: 100 } as const;

export const objectUnits: Units<typeof s3DataSettings, Batch, Cursor> = {
  atOnce: ({ settings }) => settings.batchesAtOnce,

  async plan(input, cursor, { signal, onProgress }) {
    const { inventory, retryOf } = input.options.data ?? {};
    if (retryOf !== undefined)
      return planRetry(input, retryOf, cursor === null ? '' : (cursor as { after: string }).after);
    return withBucket(input, signal, async (bucket) => {
      if (inventory !== undefined) {
        const from = cursor === null ? { file: 0, row: 0 } : (cursor as { file: number; row: number });
        const { batches, next } = await planRows(bucket, inventory, from, onProgress);
        await input.ledger.planned(batches.map((batch) => ({ name: nameOf(batch), objects: batch.objects })));
        return { batches, next: next === null ? null : { cursor: next } };
      }
      const ranges = cursor === null ? [WHOLE] : (cursor as { ranges: readonly OpenRange[] }).ranges;
      const { batches, open } = await listRanges(bucket, ranges, onProgress);
      await input.ledger.planned(batches.map((batch) => ({ name: nameOf(batch), objects: batch.objects })));
      return { batches, next: open.length === 0 ? null : { cursor: { ranges: open } } };
    });
  },

  collectBatch: (input, batch, context) =>
    withBucket(input, context.signal, async (bucket) => {
      const { ledger, settings } = input;
      const set = detectorsOf(input);
      const name = nameOf(batch);
      await ledger.started(name);
      const objects = await objectsOf(bucket, batch);
      const fingerprint = fingerprintOf(set);
      const known = await ledger.known(bucket.options.bucket, objects, fingerprint);
      const scan: ObjectScan = {
        set,
        limits: { ...CONTENT_LIMITS, ratio: settings.maxRatio },
        maxBytes: settings.maxObjectMb * 1024 * 1024,
        maxMatches: settings.maxMatches,
        signal: context.signal,
      };
      const outcomes = await inParallel(objects, settings.objectsAtOnce, context, async (object) => {
        const matches = known.get(object.key);
        if (matches === undefined) return scanObject(bucket, object, scan);
        const { key, etag } = object;
        return {
          key,
          etag,
          status: 'succeeded',
          reason: null,
          matches,
          isKnown: true,
          bytes: 0,
          findings: [],
        };
      });
      await ledger.record(name, bucket.options.bucket, fingerprint, outcomes);
      const file = join(input.folder, 'objects.jsonl');
      await rm(file, { force: true });
      await pipeline(Readable.from(linesOf(outcomes)), createWriteStream(file, { mode: 0o600 }));
      return file;
    }),
};

const WHOLE: KeyRange = { after: '', upTo: null };

/**
 * Lists some pages of the open ranges and divides what is there into batches. Whatever of a range was not reached stays
 * open, and is split as long as fewer ranges are open than are listed at a time: where there are many keys, there are soon
 * many ranges. No key is in two ranges, and none in none.
 */
export async function listRanges(
  bucket: Pick<Bucket, 'list' | 'options'>,
  ranges: readonly OpenRange[],
  onProgress: (line: string) => void = () => undefined,
): Promise<{ batches: { range: KeyRange; objects: number }[]; open: OpenRange[] }> {
  const batches: { range: KeyRange; objects: number }[] = [];
  let open = [...ranges];
  let objects = 0;
  for (let round = 0; round < ROUNDS && open.length > 0; round += 1) {
    const room = Math.floor((PLAN_LIMITS.batches - batches.length) / 2);
    if (room < 1) break;
    const listed = open.slice(0, Math.min(FAN_OUT, room));
    const pages = await Promise.all(listed.map(async (range) => ({ range, ...(await bucket.list(range)) })));
    const rest: OpenRange[] = [];
    for (const { range, objects: page, hasMore } of pages) {
      let { after } = range;
      let reached = 0;
      for (const part of parts(page)) {
        if (batches.length === PLAN_LIMITS.batches) break;
        const upTo = part.at(-1)?.key ?? after;
        batches.push({ range: { after, upTo }, objects: part.length });
        after = upTo;
        reached += part.length;
        objects += part.length;
      }
      if (reached < page.length || hasMore)
        rest.push({ after, upTo: range.upTo, shared: sharedPrefix(page[0]?.key ?? after, after) });
    }
    open = spread([...rest, ...open.slice(listed.length)], bucket.options.prefix);
    onProgress(`${objects} objects listed`);
  }
  return { batches, open };
}

/** As many ranges as are listed at a time, where there are enough keys between their ends. */
function spread(ranges: readonly OpenRange[], prefix: string): OpenRange[] {
  const whole: OpenRange[] = [];
  const open = [...ranges];
  while (open.length > 0 && whole.length + open.length < FAN_OUT) {
    const range = open.shift() as OpenRange;
    const halves = splitRange(range, range.shared ?? prefix);
    if (halves === null) whole.push(range);
    else open.push(...halves);
  }
  return [...whole, ...open];
}

function sharedPrefix(one: string, other: string): string {
  const characters = Array.from(one);
  const others = Array.from(other);
  const different = characters.findIndex((character, index) => character !== others[index]);
  return characters.slice(0, different === -1 ? characters.length : different).join('');
}

/** Rows of an inventory, divided into batches: so many as a plan may have. */
async function planRows(
  bucket: Bucket,
  uri: string,
  from: { file: number; row: number },
  onProgress: (line: string) => void,
): Promise<{
  batches: { rows: InventoryRows; objects: number }[];
  next: { file: number; row: number } | null;
}> {
  const inventory = await readInventory(bucket, uri);
  const batches: { rows: InventoryRows; objects: number }[] = [];
  let objects = 0;
  for (let { file, row } = from; file < inventory.files.length; file += 1, row = 0) {
    let batch = { rows: { file, from: row, to: row }, objects: 0 };
    let bytes = 0;
    for await (const found of inventoryRows(bucket, inventory, { file, from: row })) {
      const size = found.object?.size ?? 0;
      const isFull = batch.objects === BATCH.objects || bytes + size > BATCH.bytes;
      if (found.object !== null && batch.objects > 0 && isFull) {
        batches.push(batch);
        onProgress(`${objects} objects listed`);
        if (batches.length === PLAN_LIMITS.batches) return { batches, next: { file, row: found.row } };
        batch = { rows: { file, from: found.row, to: found.row }, objects: 0 };
        bytes = 0;
      }
      batch.rows.to = found.row + 1;
      if (found.object === null) continue;
      batch.objects += 1;
      objects += 1;
      bytes += size;
    }
    if (batch.objects > 0) batches.push(batch);
    if (batches.length === PLAN_LIMITS.batches) return { batches, next: { file: file + 1, row: 0 } };
  }
  return { batches, next: null };
}

function* parts(page: readonly BucketObject[]): Generator<BucketObject[]> {
  let part: BucketObject[] = [];
  let bytes = 0;
  for (const object of page) {
    if (part.length > 0 && (part.length === BATCH.objects || bytes + object.size > BATCH.bytes)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(object);
    bytes += object.size;
  }
  if (part.length > 0) yield part;
}

async function planRetry({ ledger }: S3DataInput, retryOf: string, after: string) {
  const keys = await ledger.failed(retryOf, after, BATCH.keys);
  const batches = keys.length === 0 ? [] : [{ keys }];
  await ledger.planned(batches.map((batch) => ({ name: nameOf(batch), objects: keys.length })));
  const last = keys.at(-1);
  return {
    batches,
    next: keys.length < BATCH.keys || last === undefined ? null : { cursor: { after: last } },
  };
}

async function objectsOf(bucket: Bucket, batch: Batch): Promise<BucketObject[]> {
  if ('keys' in batch) {
    const found = await Promise.all(
      batch.keys.map((key) => bucket.list({ after: keyBefore(key), upTo: key })),
    );
    return found.flatMap(({ objects }) => objects.slice(-1));
  }
  const objects: BucketObject[] = [];
  if ('rows' in batch) {
    const inventory = await readInventory(bucket, bucket.options.inventory ?? '');
    for await (const { object } of inventoryRows(bucket, inventory, batch.rows))
      if (object !== null) objects.push(object);
    return objects;
  }
  let { after } = batch.range;
  for (;;) {
    const { objects: page, hasMore } = await bucket.list({ after, upTo: batch.range.upTo });
    objects.push(...page);
    if (!hasMore) return objects;
    after = page.at(-1)?.key ?? after;
  }
}

function detectorsOf({ options, settings }: S3DataInput): DetectorSet {
  const ids = options.data?.detectors ?? [];
  return detectorSet(ids.length > 0 ? ids : settings.detectors, settings.custom);
}

/** The same for the same detectors with the same rules: what they have looked at need not be read again. */
export function fingerprintOf({ reported }: DetectorSet): string {
  const rules = reported
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, rules: said, finder }) => [id, said, finder.by === 'pattern' ? finder.keywords : []]);
  return createHash('sha256').update(JSON.stringify(rules)).digest('hex');
}

function nameOf(batch: Batch): string {
  return createHash('sha256')
    .update(JSON.stringify('keys' in batch ? batch.keys : 'rows' in batch ? batch.rows : batch.range))
    .digest('hex');
}

/** What `interpret` needs: objects in which something was found, and those that were not looked at whole. */
function* linesOf(outcomes: readonly ObjectOutcome[]): Generator<string> {
  let clean = 0;
  for (const { key, status, reason, matches } of outcomes) {
    if (Object.keys(matches).length > 0) yield lineOf({ kind: 'object', key, matches });
    else if (status === 'succeeded') clean += 1;
    if (status !== 'succeeded') yield lineOf({ kind: 'unseen', key, reason: reason ?? status });
  }
  const counted: ResultLine = { kind: 'clean', objects: clean };
  yield lineOf(counted);
}

async function inParallel(
  objects: readonly BucketObject[],
  atOnce: number,
  { onProgress }: Pick<WorkContext, 'onProgress'>,
  work: (object: BucketObject) => Promise<ObjectOutcome>,
): Promise<ObjectOutcome[]> {
  const outcomes = Array.from<ObjectOutcome>({ length: objects.length });
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < objects.length; at = next++) {
      outcomes[at] = await work(objects[at] as BucketObject);
      done += 1;
      onProgress(`${done} of ${objects.length} objects`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return outcomes;
}
