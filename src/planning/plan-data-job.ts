import { listTargets } from '../accounts/targets.ts';
import type { AccountSources } from '../accounts/targets.ts';
import { VedetteError } from '../errors.ts';
import type { DataOptions } from '../model/object-ledger.ts';
import type { ScanRunInput } from '../model/pipeline.ts';
import type { Target } from '../model/target.ts';
import { detectorSet } from '../sources/s3-data/detectors/detector-set.ts';
import { s3Data } from '../sources/s3-data/index.ts';
import { inventoryPlace } from '../sources/s3-data/inventory.ts';
import { targetNamed } from './plan-run.ts';

export interface WantedJob extends DataOptions {
  /** Name or id of the account whose credentials read the bucket; null where there is only one. */
  account: string | null;
}

/**
 * The run that is a job of a bucket.
 *
 * @throws VedetteError `usage`, `account-unknown` or `nothing-to-scan`
 */
export async function planDataJob(from: AccountSources, wanted: WantedJob): Promise<ScanRunInput> {
  const { config } = from;
  const { organizationId } = config.general;
  const { account, ...data } = wanted;
  assertBucket(data.bucket);
  if (data.inventory !== undefined) inventoryPlace(data.inventory);
  const settings = config['s3-data'];
  const ids = data.detectors.length > 0 ? data.detectors : settings.detectors;
  const detectors = detectorSet(ids, settings.custom).reported.map(({ id }) => id);
  const known = await listTargets(organizationId, from, account === null ? undefined : [account]);
  const target = account === null ? onlyTarget(known) : targetNamed(known, account);
  return {
    organizationId,
    sources: [s3Data.id],
    selection: { accounts: [target] },
    options: { services: [], regions: [], data: { ...data, detectors }, initial: config.mail.initialScan },
    concurrency: 1,
  };
}

/** What of a job is kept before it begins. */
export function jobOf(jobId: string, { selection, options }: ScanRunInput) {
  const [target] = 'accounts' in selection ? selection.accounts : [];
  const { bucket = '', prefix = '', detectors = [] } = options.data ?? {};
  return { job_id: jobId, account: target?.name ?? '', bucket, prefix, detectors };
}

function onlyTarget(known: readonly Target[]): Target {
  const [first, ...others] = known;
  if (first === undefined) {
    throw new VedetteError(
      'nothing-to-scan',
      'There is no profile in the AWS configuration, and no account.',
    );
  }
  if (others.length === 0) return first;
  throw new VedetteError('usage', 'There are several accounts that may read the bucket.', {
    remedy: `Name one: ${known
      .slice(0, 10)
      .map(({ name }) => name)
      .join(', ')}.`,
  });
}

function assertBucket(bucket: string): void {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) return;
  throw new VedetteError('usage', `${JSON.stringify(bucket)} is not the name of a bucket.`, {
    remedy: 'Name it as S3 does, with a prefix behind a slash: my-bucket/documents/.',
  });
}
