import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ArtifactStore } from '../../src/artifacts/artifact-store.ts';
import { keepResults, keptResults, openKeptResults, purgeResults } from '../../src/artifacts/kept-results.ts';
import { openArtifactStore } from '../../src/artifacts/open.ts';
import { startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';
import { testConfig, workContext } from '../support/stores.ts';

const BUCKET = 'vedette-stores';
/** Of a profile whose name tries to lead elsewhere. */
const SCAN = ['run-1', '../../etc/pass wd'] as const;

let moto: Moto;
let s3: S3Client;
const folder = mkdtempSync(join(tmpdir(), 'vedette-artifacts-'));
const aws = { region: 'us-east-1', accessKeyId: 'key', secretAccessKey: 'secret' };

beforeAll(async () => {
  moto = await startMoto();
  process.env['AWS_ENDPOINT_URL'] = moto.url;
  s3 = new S3Client({ region: aws.region, credentials: aws });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
}, 30_000);

afterAll(async () => {
  s3?.destroy();
  await moto?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a worker with this folder has. */
function storeOf(worker: string, location: string): Promise<ArtifactStore> {
  return openArtifactStore(
    testConfig({ general: { home: join(folder, worker) }, aws, artifacts: { location, kmsKey: 'a-key' } }),
  );
}

describe.each(['file:', `s3://${BUCKET}/some/prefix`])('artifacts in %s', (location) => {
  const context = workContext();

  async function kept(store: ArtifactStore) {
    const own = await store.folder(...SCAN);
    const files = ['results.js', 'errors.json'].map((name) => join(own, name));
    for (const file of files) writeFileSync(file, `content of ${file.slice(-10)}`);
    const [results, errors] = await Promise.all(files.map((file) => store.keep(file, context)));
    if (results === undefined || errors === undefined) throw new Error('nothing was kept');
    return { own, results, errors };
  }

  test('are found beside each other, under their names, until they are removed', async () => {
    const store = await storeOf('one', location);
    const { own, results, errors } = await kept(store);
    expect(own.startsWith(join(folder, 'one', 'artifacts'))).toBe(true);
    await store.leave(...SCAN, { discard: false });
    const file = await store.open([results, errors], context);
    expect(file).toBe(join(own, 'results.js'));
    expect(readFileSync(file, 'utf8')).toBe('content of results.js'.slice(0, 11) + 'results.js'.slice(-10));
    expect(existsSync(join(own, 'errors.json'))).toBe(true);
    await store.remove(...SCAN, context);
    expect(readdirSync(join(folder, 'one', 'artifacts'))).toEqual([]);
    await expect(store.open([results], context)).rejects.toMatchObject({ type: 'artifact-lost' });
  });

  test('of batches are read in the order of their numbers, one for each, and removed with the rest', async () => {
    const store = await storeOf('batches', location);
    const [runId, scan] = SCAN;
    const keep = async (number: number, text: string, collection = 'second') => {
      const file = join(await store.folder(...SCAN), `${randomUUID()}.jsonl`);
      writeFileSync(file, text);
      await store.keepBatch(file, { runId, scan, collection, number }, context);
    };
    await keep(1, 'of an earlier time', 'first');
    for (const number of [10, 2, 1, 0, 3, 4, 9, 8, 7, 6, 5]) await keep(number, `batch ${number}`);
    // An attempt that was given up and has not noticed.
    await keep(4, 'batch 4 again');
    await store.leave(...SCAN, { discard: false });

    const read = async (count: number) => {
      const texts: string[] = [];
      for await (const file of store.openBatches({ runId, scan, collection: 'second', count }, context)) {
        texts.push(readFileSync(file, 'utf8'));
      }
      return texts;
    };
    const texts = await read(11);
    expect(texts.toSpliced(4, 1)).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9, 10].map((number) => `batch ${number}`));
    expect(texts[4]).toMatch(/^batch 4/);
    expect(await read(0)).toEqual([]);
    await expect(read(12)).rejects.toMatchObject({
      type: 'artifact-lost',
      message: expect.stringContaining('batch 11 of 12'),
    });
    await store.remove(...SCAN, context);
    await expect(read(1)).rejects.toMatchObject({ type: 'artifact-lost' });
    expect(readdirSync(join(folder, 'batches', 'artifacts'))).toEqual([]);
  });

  test('are kept for longer where they are to be, by account, until they are too old', async () => {
    const store = await storeOf('kept', location);
    const scan = (scanId: number, accountId = '111111111111', organizationId = 'acme/../x') => ({
      organizationId,
      source: 'some',
      accountId,
      scanId,
    });
    const day = 86_400_000;
    const { results } = await kept(store);
    await keepResults(store, results, scan(1), day, context);
    await keepResults(store, results, scan(2, '222222222222'), day, context);
    await keepResults(store, results, scan(3, '111111111111', 'another'), day, context);
    await keepResults(store, results, scan(1), day, context);
    await store.remove(...SCAN, context);

    const list = async () => {
      const found: string[] = [];
      for await (const { accountId, scanId } of keptResults(store, 'acme/../x', context)) {
        found.push(`${accountId} ${scanId}`);
      }
      return found.toSorted();
    };
    expect(await list()).toEqual(['111111111111 1', '222222222222 2']);
    const file = await openKeptResults(store, scan(1), folder, context);
    expect(readFileSync(file ?? '', 'utf8')).toBe(
      'content of results.js'.slice(0, 11) + 'results.js'.slice(-10),
    );
    expect(await openKeptResults(store, scan(3), folder, context)).toBeNull();

    const scope = { organizationId: 'acme/../x', before: new Date(0).toISOString(), dryRun: true };
    expect(await purgeResults(store, scope, -day, context)).toBe(2);
    expect(await purgeResults(store, { ...scope, dryRun: false }, day, context)).toBe(0);
    expect(await purgeResults(store, { ...scope, dryRun: false }, -day, context)).toBe(2);
    expect(await list()).toEqual([]);
    expect(await openKeptResults(store, scan(3, '111111111111', 'another'), folder, context)).not.toBeNull();
  });

  test('a failed step leaves nothing behind', async () => {
    const store = await storeOf('two', location);
    await store.folder(...SCAN);
    await store.leave(...SCAN, { discard: true });
    expect(readdirSync(join(folder, 'two', 'artifacts'))).toEqual([]);
  });
});

test('files are one place’s own, and whoever shares the folder is that place', async () => {
  const stores = await Promise.all(['same', 'same', 'other'].map((name) => storeOf(name, 'file:')));
  const [first, second, other] = await Promise.all(stores.map((store) => store.holder()));
  expect(first).toBe(second);
  expect(first).not.toBe(other);
  expect(await (await storeOf('same', 'file:')).holder()).toBe(first);
});

describe('artifacts in S3', () => {
  const location = `s3://${BUCKET}/more`;

  async function keepOne(worker: string) {
    const store = await storeOf(worker, location);
    const file = join(await store.folder(...SCAN), 'results.js');
    writeFileSync(file, 'content');
    return store.keep(file, workContext());
  }

  test('are opened by another worker, encrypted with the key, and gone for both after that', async () => {
    const artifact = await keepOne('writer');
    const reader = await storeOf('reader', location);
    expect(await reader.holder()).toBeNull();
    const Key = artifact.uri.slice(`s3://${BUCKET}/`.length);
    expect(await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }))).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: 'a-key',
    });
    expect(readFileSync(await reader.open([artifact], workContext()), 'utf8')).toBe('content');
    await reader.remove(...SCAN, workContext());
    expect(await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'more/' }))).toMatchObject({
      KeyCount: 0,
    });
  });

  test('that somebody changed are lost', async () => {
    const artifact = await keepOne('changed');
    const Key = artifact.uri.slice(`s3://${BUCKET}/`.length);
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'CONTENT' }));
    const reader = await storeOf('reader', location);
    await expect(reader.open([artifact], workContext())).rejects.toMatchObject({ type: 'artifact-lost' });
  });

  test('are refused with a word where the bucket does not exist', async () => {
    const store = await storeOf('nowhere', 's3://there-is-no-such-bucket');
    const file = join(await store.folder(...SCAN), 'results.js');
    writeFileSync(file, 'content');
    await expect(store.keep(file, workContext())).rejects.toMatchObject({
      type: 'artifacts-refused',
      message: expect.stringContaining('there-is-no-such-bucket'),
    });
  });

  test('wait for a service that is away, and stop waiting when told to', async () => {
    const store = await openArtifactStore({
      ...testConfig({ general: { home: join(folder, 'away') }, aws, artifacts: { location } }),
    });
    const file = join(await store.folder(...SCAN), 'results.js');
    writeFileSync(file, 'content');
    await moto.stop();
    const stop = new AbortController();
    const told: string[] = [];
    const context = {
      ...workContext(stop.signal),
      onProgress: (line: string) => {
        told.push(line);
        stop.abort(new Error('told to stop'));
      },
    };
    await expect(store.keep(file, context)).rejects.toThrow(/aborted|told to stop/);
    expect(told[0]).toMatch(/cannot be reached.*Trying again/);
  }, 30_000);
});
