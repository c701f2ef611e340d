import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Collected } from '../../../src/sources/source.ts';
import { accountOf } from './cloud.ts';
import type { TinyInput } from './cloud.ts';
import { lineOf } from './results.ts';

/** What can be had with one call: the account and its buckets. The objects come in batches. */
export async function collectBuckets(input: TinyInput): Promise<Collected> {
  const { folder, settings } = input;
  const { accountId, buckets } = await accountOf(input);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'tiny_results.jsonl');
  const head = lineOf({
    kind: 'head',
    tool: 'tiny',
    accountId,
    startedAt: new Date().toISOString(),
    prefix: settings.prefix ?? '',
    buckets: buckets.map(({ name, region, public: isPublic = false }) => ({
      name,
      region,
      public: isPublic,
    })),
  });
  await writeFile(file, head, { mode: 0o600 });
  return { file, companions: [], accountId, exitCode: 0 };
}
