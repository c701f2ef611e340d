import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { isPassing } from '../../aws/failures.ts';
import type { AwsError } from '../../aws/failures.ts';
import { ownIdentity } from '../../aws/own-identity.ts';
import { VedetteError } from '../../errors.ts';
import type { PayloadRef } from '../../model/view360.ts';
import type { Config } from '../../settings.ts';
import type { WorkContext } from '../../work-context.ts';
import { MAX_PAYLOAD_BYTES } from '../payload/read-envelope.ts';
import type { PayloadFile } from './load-file.ts';

const WAITING = 'data/';
const QUIET = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const TIMEOUTS = { connectionTimeout: 10_000, requestTimeout: 120_000, throwOnRequestTimeout: true } as const;

/** The bucket that senders write to: what waits in it, and where it goes from there. */
export class PayloadBucket {
  readonly name: string;
  readonly #client: S3Client;
  readonly #kmsKey: string | undefined;

  /** @throws VedetteError `config-invalid` without a bucket */
  constructor(config: Config, bucket: string | undefined = config.view360.bucket) {
    if (bucket === undefined) {
      throw new VedetteError('config-invalid', 'No bucket is named that payloads are received from.', {
        remedy: 'Set BUCKET to the bucket of the analytics account.',
      });
    }
    this.name = bucket;
    this.#kmsKey = config.view360.kmsKey;
    this.#client = new S3Client({
      ...ownIdentity({ ...config.aws, region: config.view360.region ?? config.aws.region }),
      requestHandler: TIMEOUTS,
      logger: QUIET,
      followRegionRedirects: true,
    });
  }

  /** Every payload that waits, whatever their number, from `after` on. */
  async *waiting(
    signal: AbortSignal,
    after: string | null = null,
  ): AsyncGenerator<PayloadRef & { etag: string }> {
    let token: string | undefined;
    do {
      const command = new ListObjectsV2Command({
        Bucket: this.name,
        Prefix: WAITING,
        ...(after === null ? {} : { StartAfter: after }),
        ...(token === undefined ? {} : { ContinuationToken: token }),
      });
      const { Contents = [], NextContinuationToken } = await this.#send(
        () => this.#client.send(command, { abortSignal: signal }),
        WAITING,
      );
      for (const { Key: key = '', ETag: etag = '' } of Contents) {
        if (key.endsWith('.json')) yield { bucket: this.name, key, versionId: null, etag };
      }
      token = NextContinuationToken;
    } while (token !== undefined);
  }

  /**
   * Brings a payload onto this machine, and removes it afterwards. Gives undefined when it is there no more: somebody has
   * loaded it meanwhile.
   */
  async withFile<Result>(
    { key, versionId }: PayloadRef,
    home: string,
    context: WorkContext,
    work: (payload: PayloadFile) => Promise<Result>,
  ): Promise<Result | undefined> {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(home, 'payload-'));
    const file = join(folder, 'payload.json');
    try {
      const got = await this.#send(
        () =>
          this.#client.send(
            new GetObjectCommand({
              Bucket: this.name,
              Key: key,
              ...(versionId === null ? {} : { VersionId: versionId }),
            }),
            { abortSignal: context.signal },
          ),
        key,
      ).catch((error: unknown) => {
        if (error instanceof VedetteError && error.type === 'results-missing') return undefined;
        throw error;
      });
      if (got === undefined) return undefined;
      const size = got.ContentLength ?? 0;
      const body = got.Body as Readable;
      if (size <= MAX_PAYLOAD_BYTES)
        await pipeline(body, createWriteStream(file, { mode: 0o600 }), { signal: context.signal });
      else {
        // What is too large is told by its size: a file that has nothing else of it.
        body.destroy();
        await writeFile(file, '', { mode: 0o600 });
        await truncate(file, size);
      }
      const version = got.VersionId ?? (got.ETag ?? '').replaceAll('"', '');
      return await work({
        file,
        object: {
          bucket: this.name,
          key,
          version,
          lastModified: (got.LastModified ?? new Date()).toISOString(),
          sseKmsKey: got.SSEKMSKeyId ?? null,
        },
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Moves a payload out of the way; doing it twice, or after an attempt that was cut off, is the same as once. */
  async archive(
    { key, versionId }: PayloadRef,
    folder: 'loaded' | 'rejected',
    problem: { code: string; message: string } | null,
    signal: AbortSignal,
  ): Promise<string> {
    const target = `${folder}/${key.replace(/^data\//, '')}`;
    const source = `${this.name}/${encodeURIComponent(key)}${versionId === null ? '' : `?versionId=${versionId}`}`;
    const encryption =
      this.#kmsKey === undefined
        ? {}
        : ({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: this.#kmsKey } as const);
    const options = { abortSignal: signal };
    try {
      await this.#send(
        () =>
          this.#client.send(
            new CopyObjectCommand({ Bucket: this.name, Key: target, CopySource: source, ...encryption }),
            options,
          ),
        key,
      );
    } catch (error) {
      // An attempt before this one has moved it.
      if (error instanceof VedetteError && error.type === 'results-missing') return target;
      throw error;
    }
    if (problem !== null) {
      await this.#send(
        () =>
          this.#client.send(
            new PutObjectCommand({
              Bucket: this.name,
              Key: `${target}.error.json`,
              Body: JSON.stringify({ key, ...problem }),
              ContentType: 'application/json',
              ...encryption,
            }),
            options,
          ),
        target,
      );
    }
    await this.#send(
      () => this.#client.send(new HeadObjectCommand({ Bucket: this.name, Key: target }), options),
      target,
    );
    await this.#send(
      () =>
        this.#client.send(
          new DeleteObjectCommand({
            Bucket: this.name,
            Key: key,
            ...(versionId === null ? {} : { VersionId: versionId }),
          }),
          options,
        ),
      key,
    );
    return target;
  }

  close(): void {
    this.#client.destroy();
  }

  async #send<Result>(send: () => Promise<Result>, key: string): Promise<Result> {
    try {
      return await send();
    } catch (cause) {
      throw bucketFailure(cause as AwsError, this.name, key);
    }
  }
}

/** `s3://bucket/key` as a reference; undefined for what is a file. */
export function parseObject(text: string): PayloadRef | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(text) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key, versionId: null };
}

function bucketFailure(cause: AwsError, bucket: string, key: string): VedetteError {
  const where = `s3://${bucket}/${key}`;
  const status = cause.$metadata?.httpStatusCode;
  if (
    /NoSuchKey|NotFound|NoSuchVersion/.test(cause.name) ||
    (status === 404 && cause.name !== 'NoSuchBucket')
  )
    return new VedetteError('results-missing', `${where} is not there.`, {
      cause,
      remedy: 'It may have been loaded: see vedette view360 status.',
    });
  const type = isPassing(cause) ? 'artifacts-unreachable' : 'artifacts-refused';
  return new VedetteError(type, `${where}: ${cause.name}: ${cause.message}`, {
    cause,
    remedy: 'Check BUCKET, REGION, and that vedette may read the bucket and use its key (ANALYTICS_KMS_KEY).',
  });
}

function nothing(): void {
  // The SDK would write to the console what is thrown anyway.
}
