import { existsSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Units } from '../../../src/sources/source.ts';
import { accountOf, isWanted } from './cloud.ts';
import type { RecordedBucket, TinyInput } from './cloud.ts';
import { accessDenied, garbled } from './errors.ts';
import { lineOf } from './results.ts';
import type { ResultLine } from './results.ts';
import type { tinySettings } from './settings.ts';

/** Objects of one bucket. */
interface Batch {
  label: string;
  bucket: string;
  keys: readonly string[];
}

/** How many of the account's batches were planned. */
type Cursor = number;

export const objectUnits: Units<typeof tinySettings, Batch, Cursor> = {
  atOnce: ({ settings }) => settings.batchesAtOnce,

  async plan(input, cursor) {
    const all = batchesOf((await accountOf(input)).buckets, input);
    const end = (cursor ?? 0) + input.settings.batchesPerPlan;
    return {
      batches: all.slice(cursor ?? 0, end),
      next: end < all.length ? { cursor: end } : null,
      total: all.length,
    };
  },

  async collectBatch(input, { bucket: name, keys }, { signal }) {
    const { buckets } = await accountOf(input);
    const bucket = buckets.find((one) => one.name === name);
    if (bucket?.slowUntil !== undefined) await untilThere(bucket.slowUntil, signal);
    if (bucket?.denied === true) throw accessDenied(name);
    if (bucket?.garbled === true) throw garbled(name);
    // As a trail of AWS would: so that tests see what was read, and how often.
    await appendFile(`${input.settings.cloud ?? ''}.read`, keys.map((key) => `${name}/${key}\n`).join(''));
    const found = keys.filter((key) => key.endsWith('.pem'));
    return leave(input, { kind: 'objects', bucket: name, read: keys.length, found });
  },

  async onBatchFailed(input, { bucket }, { type, message }) {
    return type === 'credentials' ? leave(input, { kind: 'unseen', bucket, reason: message }) : null;
  },
};

function batchesOf(buckets: readonly RecordedBucket[], { settings }: TinyInput): Batch[] {
  return buckets.flatMap(({ name, objects }) => {
    const wanted = objects.filter((key) => isWanted(name, key, settings));
    const { batchSize } = settings;
    return Array.from({ length: Math.ceil(wanted.length / batchSize) }, (_, index) => ({
      label: `${name} from ${index * batchSize}`,
      bucket: name,
      keys: wanted.slice(index * batchSize, (index + 1) * batchSize),
    }));
  });
}

async function untilThere(file: string, signal: AbortSignal): Promise<void> {
  while (!existsSync(file)) await sleep(20, undefined, { signal });
}

async function leave({ folder }: TinyInput, line: ResultLine): Promise<string> {
  const file = join(folder, 'batch.jsonl');
  await writeFile(file, lineOf(line), { mode: 0o600 });
  return file;
}
