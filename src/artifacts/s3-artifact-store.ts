import { createWriteStream } from 'node:fs';
import { mkdir, open, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { _Object, S3ClientConfig } from '@aws-sdk/client-s3';
import { isPassing } from '../aws/failures.ts';
import type { AwsError } from '../aws/failures.ts';
import { ownIdentity } from '../aws/own-identity.ts';
import { reportOf, VedetteError } from '../errors.ts';
import type { ArtifactRef } from '../model/artifact.ts';
import type { Config } from '../settings.ts';
import type { WorkContext } from '../work-context.ts';
import {
  batchName,
  chooseBatches,
  contentOf,
  decodeName,
  encodeName,
  RETAINED,
  scanFolder,
  verify,
} from './artifact-store.ts';
import type { ArtifactStore, Batches, BatchPlace, Content, Retained } from './artifact-store.ts';

/** A scan takes hours: its results are not given up because S3 is away for a while. */
const PATIENCE_MS = 30 * 60_000;
const PAUSE = { firstMs: 500, mostMs: 30_000 } as const;
const TIMEOUTS = { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true } as const;

const silently = (): void => undefined;
/** Otherwise the SDK writes to the console what is thrown, and logged, anyway. */
const QUIET = { debug: silently, info: silently, warn: silently, error: silently };
const CLIENT: S3ClientConfig = {
  requestHandler: TIMEOUTS,
  logger: QUIET,
  followRegionRedirects: true,
  // What is read is compared with the hash in the reference.
  responseChecksumValidation: 'WHEN_REQUIRED',
};

/** Artifacts as objects of a bucket, which every worker can open; steps work on local copies. */
export class S3ArtifactStore implements ArtifactStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #root: string;
  readonly #kmsKey: string | undefined;

  /** @param location `s3://bucket/prefix` @param root folder for local copies */
  constructor(config: Config, location: string, root: string) {
    const [bucket = '', ...prefix] = location.slice('s3://'.length).split('/');
    this.#client = new S3Client({ ...CLIENT, ...ownIdentity(config.aws) });
    this.#bucket = bucket;
    this.#prefix = prefix
      .filter((part) => part !== '')
      .map((part) => `${part}/`)
      .join('');
    this.#root = root;
    this.#kmsKey = config.artifacts.kmsKey;
  }

  async holder(): Promise<null> {
    return null;
  }

  async folder(runId: string, scan: string): Promise<string> {
    const folder = scanFolder(this.#root, runId, scan);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** The key holds the content's hash: two attempts at one step never overwrite each other's object. */
  async keep(file: string, context: WorkContext): Promise<ArtifactRef> {
    const content = await contentOf(file);
    const [run = '', scan = ''] = relative(this.#root, file).split(sep);
    const key = `${this.#prefix}${run}/${scan}/${content.sha256}/${encodeURIComponent(basename(file))}`;
    await this.#upload(file, key, content, context);
    return { uri: this.#uri(key), ...content };
  }

  async keepBatch(file: string, batch: BatchPlace, context: WorkContext): Promise<void> {
    const content = await contentOf(file);
    await this.#upload(file, this.#collection(batch) + batchName(batch.number, content), content, context);
  }

  async *openBatches(batches: Batches, context: WorkContext): AsyncGenerator<string> {
    const prefix = this.#collection(batches);
    for await (const { name, ...artifact } of chooseBatches(this.#names(prefix, context), batches.count)) {
      const file = await this.#download({ uri: this.#uri(prefix + name), ...artifact }, context);
      try {
        yield file;
      } finally {
        await rm(file, { force: true });
      }
    }
  }

  async #upload(
    file: string,
    key: string,
    { sha256, sizeBytes }: Content,
    context: WorkContext,
  ): Promise<void> {
    await this.#patiently(context, async () => {
      // Opened here: a stream that nobody reads any more would fail to open with nobody to hear it.
      const opened = await open(file);
      const content = opened.createReadStream();
      try {
        await this.#client.send(
          new PutObjectCommand({
            Bucket: this.#bucket,
            Key: key,
            Body: content,
            ContentLength: sizeBytes,
            ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
            ...(this.#kmsKey === undefined
              ? {}
              : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: this.#kmsKey }),
          }),
          { abortSignal: context.signal },
        );
      } finally {
        content.destroy();
      }
    });
  }

  async open(artifacts: readonly [ArtifactRef, ...ArtifactRef[]], context: WorkContext): Promise<string> {
    const [first, ...others] = artifacts;
    const file = await this.#download(first, context);
    for (const other of others) await this.#download(other, context);
    return file;
  }

  async leave(runId: string, scan: string): Promise<void> {
    await rm(scanFolder(this.#root, runId, scan), { recursive: true, force: true });
    await rmdir(scanFolder(this.#root, runId)).catch(() => undefined);
  }

  async remove(runId: string, scan: string, context: WorkContext): Promise<void> {
    await this.leave(runId, scan);
    const prefix = `${this.#prefix}${encodeName(runId)}/${encodeName(scan)}/`;
    for await (const keys of this.#list(prefix, context)) await this.#delete(keys, context);
  }

  async removeRuns(prefix: string, context: WorkContext): Promise<void> {
    const begin = this.#prefix + encodeName(prefix);
    for await (const keys of this.#list(begin, context)) await this.#delete(keys, context);
  }

  async retain(artifact: ArtifactRef, names: readonly string[], context: WorkContext): Promise<void> {
    const file = await this.open([artifact], context);
    await this.#upload(file, this.#retainedKey(names), await contentOf(file), context);
  }

  async *retained(names: readonly string[], context: WorkContext): AsyncGenerator<Retained> {
    const all = this.#retainedKey([]);
    for await (const objects of this.#objects(this.#retainedKey(names), context)) {
      for (const { Key = '', Size = 0, LastModified = new Date(0) } of objects) {
        const found = Key.slice(all.length).split('/').filter(Boolean).map(decodeName);
        if (names.every((name, index) => found[index] === name)) {
          yield { names: found, sizeBytes: Size, keptAt: LastModified.toISOString() };
        }
      }
    }
  }

  async openRetained(names: readonly string[], folder: string, context: WorkContext): Promise<string | null> {
    const file = join(folder, names.map(encodeName).join('-'));
    try {
      await this.#get(this.#bucket, this.#retainedKey(names), file, context);
    } catch (error) {
      if (error instanceof VedetteError && error.type === 'artifact-lost') return null;
      throw error;
    }
    return file;
  }

  async removeRetained(names: readonly string[], context: WorkContext): Promise<void> {
    await this.#delete([this.#retainedKey(names)], context);
  }

  #retainedKey(names: readonly string[]): string {
    return this.#prefix + [RETAINED, ...names.map(encodeName)].join('/');
  }

  #uri(key: string): string {
    return `s3://${this.#bucket}/${key}`;
  }

  /** The prefix of all objects of a collection. */
  #collection({ runId, scan, collection }: Omit<Batches, 'count'>): string {
    return [runId, scan, collection].reduce((key, name) => `${key}${encodeName(name)}/`, this.#prefix);
  }

  async *#names(prefix: string, context: WorkContext): AsyncGenerator<string> {
    for await (const keys of this.#list(prefix, context)) {
      yield* keys.map((key) => key.slice(prefix.length));
    }
  }

  /** All keys, sorted; at most 1,000 at a time, which is what one call deletes. */
  async *#list(prefix: string, context: WorkContext): AsyncGenerator<string[]> {
    for await (const objects of this.#objects(prefix, context)) {
      yield objects.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
    }
  }

  async *#objects(prefix: string, context: WorkContext): AsyncGenerator<_Object[]> {
    let last: string | undefined;
    do {
      const { Contents = [] } = await this.#patiently(context, () =>
        this.#client.send(
          new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: prefix, StartAfter: last }),
          { abortSignal: context.signal },
        ),
      );
      if (Contents.length > 0) yield Contents;
      last = Contents.at(-1)?.Key;
    } while (last !== undefined);
  }

  async #delete(keys: readonly string[], context: WorkContext): Promise<void> {
    const { Errors } = await this.#patiently(context, () =>
      this.#client.send(
        new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
        { abortSignal: context.signal },
      ),
    );
    const [error] = Errors ?? [];
    if (error === undefined) return;
    throw new VedetteError(
      'artifacts-refused',
      `S3 does not remove s3://${this.#bucket}/${error.Key ?? ''}: ${error.Message ?? error.Code ?? 'no reason given'}.`,
    );
  }

  async #download(artifact: ArtifactRef, context: WorkContext): Promise<string> {
    const { bucket, key } = placeOf(artifact.uri);
    const [run = '', scan = '', , name = ''] = key.slice(this.#prefix.length).split('/');
    const file = join(this.#root, run, scan, basename(decodeURIComponent(name)));
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await this.#get(bucket, key, file, context);
    await verify(file, artifact);
    return file;
  }

  async #get(bucket: string, key: string, file: string, context: WorkContext): Promise<void> {
    await this.#patiently(context, async () => {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
        abortSignal: context.signal,
      });
      await pipeline(Body as Readable, createWriteStream(file, { mode: 0o600 }), {
        signal: context.signal,
      });
    });
  }

  /** Tries again for a while what a network or a service that is away failed; a stream is made anew each time. */
  async #patiently<Result>(
    { signal, onProgress, logger }: WorkContext,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let pauseMs: number = PAUSE.firstMs; ; pauseMs = Math.min(pauseMs * 2, PAUSE.mostMs)) {
      signal.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        const failure = failureOf(error as AwsError, this.#bucket);
        if (!isUnreachable(failure) || Date.now() > deadline) throw failure;
        logger.warn({ failure: reportOf(failure), pauseMs }, 'trying again');
        onProgress(`${failure.message} Trying again`);
        await sleep(pauseMs, undefined, { signal });
      }
    }
  }
}

function isUnreachable(failure: Error): boolean {
  return failure instanceof VedetteError && failure.type === 'artifacts-unreachable';
}

function placeOf(uri: string): { bucket: string; key: string } {
  const [bucket = '', ...key] = uri.slice('s3://'.length).split('/');
  return { bucket, key: key.join('/') };
}

function failureOf(error: AwsError, bucket: string): Error {
  if (error instanceof VedetteError) return error;
  const reason = (error.message || (error.code ?? error.name)).replace(/\.$/, '');
  if (error.name === 'NoSuchKey') {
    return new VedetteError('artifact-lost', `An object of s3://${bucket} is gone.`, { cause: error });
  }
  if (isPassing(error)) {
    return new VedetteError('artifacts-unreachable', `s3://${bucket} cannot be reached: ${reason}.`, {
      cause: error,
    });
  }
  // A full disk and the like are not S3's.
  if (error.$metadata === undefined && error.code !== undefined) return error;
  return new VedetteError('artifacts-refused', `s3://${bucket} refuses: ${reason}.`, { cause: error });
}
