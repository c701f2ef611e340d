import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { packageVersion } from '../../package-root.ts';
import type { WorkContext } from '../../work-context.ts';
import type { Collected } from '../source.ts';
import { withBucket } from './bucket.ts';
import type { S3DataInput } from './bucket.ts';
import { detectorSet } from './detectors/detector-set.ts';
import { anotherAccount } from './errors.ts';
import { readInventory } from './inventory.ts';
import { lineOf } from './results.ts';

/**
 * Leaves the head of the results: whose bucket it is, and when its scan began. The objects come in batches.
 *
 * @throws VedetteError `usage`, `credentials` or `scan-mismatch`
 */
export async function collectHead(input: S3DataInput, { signal }: WorkContext): Promise<Collected> {
  const { folder, target, access, ledger, settings } = input;
  return withBucket(input, signal, async (opened) => {
    const { clients, region, options, list } = opened;
    const { bucket, prefix, inventory, retryOf } = options;
    const ids = options.detectors.length > 0 ? options.detectors : settings.detectors;
    const detectors = detectorSet(ids, settings.custom).reported.map(({ id }) => id);
    const startedAt = new Date().toISOString();
    const { Account: accountId = '' } = await clients
      .of(STSClient, region)
      .send(new GetCallerIdentityCommand({}))
      .catch((cause: unknown) => {
        signal.throwIfAborted();
        throw access.explain(cause);
      });
    if (/^\d{12}$/.test(target.accountId ?? '') && target.accountId !== accountId) {
      throw anotherAccount(target.accountId as string, accountId);
    }
    // What names no objects ends the scan before it is divided.
    if (inventory === undefined) await list({ after: '', upTo: null });
    else await readInventory(opened, inventory);
    await ledger.begin({ account: target.name, bucket, prefix, detectors });
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, 's3_data.jsonl');
    // An inventory knows nothing of what came after it.
    const isWhole = retryOf === undefined && inventory === undefined;
    const version = packageVersion();
    const head = {
      kind: 'head',
      source: 's3-data',
      version,
      accountId,
      startedAt,
      bucket,
      prefix,
      isWhole,
      detectors,
    } as const;
    await writeFile(file, lineOf(head), { mode: 0o600 });
    return { file, companions: [], accountId, exitCode: 0 };
  });
}
