import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { openClients } from '../../aws/clients.ts';
import type { AwsClients } from '../../aws/clients.ts';
import { awsFailure } from '../../aws/failures.ts';
import type { AllowedCall } from '../../aws/read-only.ts';
import { SharedLimits } from '../../aws/shared-limits.ts';
import type { DataOptions } from '../../model/object-ledger.ts';
import type { CollectInput } from '../source.ts';
import { gather } from './content/input.ts';
import type { RandomAccess } from './content/input.ts';
import { bucketDenied, bucketNotThere, inventoryUnusable, noBucket } from './errors.ts';
import type { KeyRange } from './key-space.ts';
import { isInRange } from './key-space.ts';
import type { s3DataSettings } from './settings.ts';

export type S3DataInput = CollectInput<typeof s3DataSettings>;

/** All that a scan sends. */
export const CALLS: readonly AllowedCall[] = [
  'sts:GetCallerIdentity',
  's3:ListObjectsV2',
  's3:GetObject',
  's3:HeadBucket',
];

/** Of one GET: a connection that breaks costs no more than this. */
const PART_BYTES = 64 * 1024 * 1024;
const PAGE = 1000;
/** Of a manifest, at most. */
const WHOLE_BYTES = 16 * 1024 * 1024;

/** S3 takes 5,500 reads a second of one prefix, and says so when that is too many. */
const PACE = { first: 1000, least: 5, most: 5000, burst: 500 };
/** Of all scans in this process. */
const limits = new SharedLimits(PACE);

export interface BucketObject {
  key: string;
  etag: string;
  size: number;
  storageClass: string;
}

/** A bucket that is read. */
export interface Bucket {
  options: DataOptions;
  clients: AwsClients;
  region: string;
  /** At most a thousand objects from the beginning of a range, in order, and whether there are more in it. */
  list: (range: KeyRange) => Promise<{ objects: BucketObject[]; hasMore: boolean }>;
  /**
   * The content of an object as it is listed, of this bucket or another one; reading it fails where it has changed, if
   * it has an ETag.
   */
  content: (object: BucketObject, from?: string) => RandomAccess;
  /** All of a small object of any bucket, such as a manifest. */
  whole: (from: string, key: string) => Promise<Buffer>;
}

/** @throws VedetteError `usage` for a scan that names no bucket */
export function bucketOptions({ options }: Pick<S3DataInput, 'options'>): DataOptions {
  if (options.data === undefined) throw noBucket();
  return options.data;
}

/** Works with the bucket of a scan, whose connections are closed afterwards. */
export async function withBucket<Result>(
  input: S3DataInput,
  signal: AbortSignal,
  work: (bucket: Bucket) => Promise<Result>,
): Promise<Result> {
  const { access, target } = input;
  const options = bucketOptions(input);
  const account = target.accountId ?? target.name;
  const clients = openClients({ access, account, allowed: new Set(CALLS), limits, signal });
  const region = access.region ?? 'us-east-1';
  try {
    const s3 = clients.of(S3Client, region);
    // Where the bucket is, the answer says: the client then asks there.
    s3.config.followRegionRedirects = true;
    return await work(bucketOf(s3, { options, clients, region, access }));
  } finally {
    clients.close();
  }
}

function bucketOf(
  s3: S3Client,
  {
    options,
    clients,
    region,
    access,
  }: Pick<Bucket, 'options' | 'clients' | 'region'> & Pick<S3DataInput, 'access'>,
): Bucket {
  const { bucket, prefix } = options;
  return {
    options,
    clients,
    region,
    async list(range) {
      const { Contents = [], IsTruncated } = await s3
        .send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix,
            MaxKeys: PAGE,
            ...(range.after === '' ? {} : { StartAfter: range.after }),
          }),
        )
        .catch((cause: unknown) => {
          const { kind } = awsFailure(cause, { service: 's3', operation: 'ListObjectsV2', region });
          if (kind === 'not-found') throw bucketNotThere(bucket, cause);
          if (kind === 'denied') throw bucketDenied(bucket, cause);
          if (kind === 'credentials') throw access.explain(cause);
          throw cause;
        });
      const listed = Contents.map(({ Key = '', ETag = '', Size = 0, StorageClass = 'STANDARD' }) => ({
        key: Key,
        etag: ETag,
        size: Size,
        storageClass: StorageClass,
      }));
      const objects = listed.filter(({ key }) => isInRange(key, range));
      return { objects, hasMore: IsTruncated === true && objects.length === listed.length };
    },
    async whole(from, key) {
      const { Body } = await s3
        .send(new GetObjectCommand({ Bucket: from, Key: key }))
        .catch((cause: unknown) => {
          const { kind } = awsFailure(cause, { service: 's3', operation: 'GetObject', region });
          if (kind === 'not-found') throw inventoryUnusable(`s3://${from}/${key}`, 'it is not there', cause);
          if (kind === 'denied')
            throw inventoryUnusable(`s3://${from}/${key}`, 'access to it is denied', cause);
          if (kind === 'credentials') throw access.explain(cause);
          throw cause;
        });
      return gather(Body as AsyncIterable<Uint8Array>, WHOLE_BYTES);
    },
    content: ({ key, etag, size }, from = bucket) => ({
      size,
      async *read(first, to) {
        for (let start = first; start < to; start += PART_BYTES) {
          const end = Math.min(to, start + PART_BYTES);
          const { Body } = await s3.send(
            new GetObjectCommand({
              Bucket: from,
              Key: key,
              ...(etag === '' ? {} : { IfMatch: etag }),
              Range: `bytes=${start}-${end - 1}`,
            }),
          );
          let length = 0;
          for await (const piece of Body as AsyncIterable<Uint8Array>) {
            length += piece.length;
            yield piece;
          }
          if (length !== end - start)
            throw new Error(`The connection ended after ${length} of ${end - start} bytes.`);
        }
      },
    }),
  };
}
