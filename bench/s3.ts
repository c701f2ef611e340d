import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureTemporal } from '../src/embedded/temporal-executable.ts';
import { loadConfig } from '../src/settings.ts';
import { compareKeys, isInRange } from '../src/sources/s3-data/key-space.ts';
import type { KeyRange } from '../src/sources/s3-data/key-space.ts';
import { listRanges } from '../src/sources/s3-data/plan.ts';
import { freePort } from '../test/support/mariadb.ts';
import { startS3Stub } from '../test/support/s3-stub.ts';
import type { StubBucket } from '../test/support/s3-stub.ts';
import { inFolder, round, timed, vedette } from './harness.ts';
import type { Figures, Sizes } from './harness.ts';

/** Keys of the planner for each object of the job, which takes much longer for each. */
const PLANNED = 500;

/**
 * A whole job over many tiny objects of a stand-in for S3 in this process, tens of thousands at the full size: objects a
 * second, and again where nothing has changed. And the planner alone, on a list of ten million keys that is made up while
 * it is read.
 */
export async function run({ items }: Sizes): Promise<Figures> {
  const objects = Math.max(2000, Math.round(items / 50));
  const figures: Figures = {
    'planner, numbered keys': await planned(
      objects * PLANNED,
      (index) => `logs/${String(index).padStart(10, '0')}`,
    ),
  };
  figures['job'] = await inFolder(async (home) => {
    const stub = await startS3Stub(madeUp(objects), { keepsRequests: false });
    const config = join(home, 'config');
    const profile = [
      '[profile bench]',
      'region=eu-west-1',
      `endpoint_url=${stub.url}`,
      'aws_access_key_id=AKIAIOSFODNN7EXAMPLE',
      'aws_secret_access_key=x',
    ];
    writeFileSync(config, `${profile.join('\n')}\n`);
    const environment = {
      VEDETTE_HOME: home,
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(home, 'none'),
      TEMPORAL_CLI: await ensureTemporal(loadConfig().config),
      VEDETTE_TEMPORAL_PORT: String(await freePort()),
      VEDETTE_TEMPORAL_UI_PORT: String(await freePort()),
    };
    try {
      const job = async (): Promise<Figures> => {
        const args = ['s3', 'scan', 'bench-bucket', '-o', 'json'];
        const { stdout } = await vedette(args, environment, { tells: true });
        const {
          total_objects: total,
          total_findings: findings,
          created_at: from,
          ended_at: to,
        } = JSON.parse(stdout) as {
          total_objects: number;
          total_findings: number;
          created_at: string;
          ended_at: string;
        };
        const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
        return {
          objects: total,
          findings,
          seconds: round(seconds),
          'objects a second': round(total / seconds),
        };
      };
      return { first: await job(), unchanged: await job() };
    } finally {
      await stub.stop();
    }
  });
  return figures;
}

const keyOf = (index: number) =>
  `data/${String(index % 97).padStart(2, '0')}/${String(Math.floor(index / 97)).padStart(9, '0')}.log`;

/** Every hundredth object holds something. */
function madeUp(count: number): StubBucket {
  const keys = Array.from({ length: count }, (_, index) => keyOf(index)).toSorted();
  const first = (after: string) => {
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((keys[middle] as string) > after) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    keys: (prefix, after, limit) =>
      keys.slice(first(after), first(after) + limit).filter((key) => key.startsWith(prefix)),
    get: (key) => ({
      content: Buffer.from(key.endsWith('00.log') ? `${key} 123-45-6789\n` : `${key} nothing\n`),
    }),
  };
}

/** So many keys, in order, each computed from its number. */
async function planned(count: number, key: (index: number) => string): Promise<Figures> {
  const after = (from: string) => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareKeys(key(middle), from) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  let lists = 0;
  let pages = 0;
  let objects = 0;
  let plans = 0;
  const bucket = {
    options: { bucket: 'b', prefix: '', detectors: [] },
    async list(range: KeyRange) {
      lists += 1;
      const first = after(range.after);
      const listed = Array.from({ length: Math.min(1000, count - first) }, (_, index) => key(first + index));
      const inside = listed.filter((one) => isInRange(one, range));
      if (inside.length > 0) pages += 1;
      return {
        objects: inside.map((one) => ({ key: one, etag: '', size: 1, storageClass: 'STANDARD' })),
        hasMore: inside.length === listed.length && listed.length === 1000,
      };
    },
  };
  const seconds = await timed(async () => {
    let open: readonly KeyRange[] = [{ after: '', upTo: null }];
    while (open.length > 0) {
      const plan = await listRanges(bucket, open);
      plans += 1;
      for (const batch of plan.batches) objects += batch.objects;
      ({ open } = plan);
    }
  });
  return {
    objects,
    plans,
    lists,
    'lists that held keys': pages,
    seconds: round(seconds),
    'objects a second': round(objects / seconds),
  };
}
