import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { silent } from '../../../src/log.ts';
import type { Observation } from '../../../src/model/observation.ts';
import { packageRoot } from '../../../src/package-root.ts';
import type { S3DataInput } from '../../../src/sources/s3-data/bucket.ts';
import { collectHead } from '../../../src/sources/s3-data/collect.ts';
import { interpretObjects } from '../../../src/sources/s3-data/interpret.ts';
import { compareKeys, isInRange } from '../../../src/sources/s3-data/key-space.ts';
import { listRanges, objectUnits } from '../../../src/sources/s3-data/plan.ts';
import type { Batch } from '../../../src/sources/s3-data/plan.ts';
import { keyBefore } from '../../../src/sources/s3-data/scan-object.ts';
import { emptyLedger } from '../../support/ledger.ts';
import { bucketOf, startS3Stub } from '../../support/s3-stub.ts';
import type { S3Stub, StubObject } from '../../support/s3-stub.ts';

const context = { signal: new AbortController().signal, onProgress: () => undefined, logger: silent };
const STRANGE_KEYS = [
  'A B+c%25.txt',
  '/leading',
  '.dot',
  'ünï/日本',
  '_under',
  'Upper/KEY',
  '😀',
  '~',
  '!',
  'a',
  'zz',
  '\uFFFDx',
  ' ',
];

describe('the key space', () => {
  const objectOf = (key: string) => ({ key, etag: '', size: 1, storageClass: 'STANDARD' });

  /** Every key of the bucket, by the batches of all plans, as one batch after the other would list them. */
  async function planned(keys: readonly string[], prefix = '') {
    const sorted = keys.toSorted(compareKeys).filter((key) => key.startsWith(prefix));
    let lists = 0;
    const bucket = {
      options: { bucket: 'b', prefix, detectors: [] },
      async list(range: { after: string; upTo: string | null }) {
        lists += 1;
        const listed = sorted.filter((key) => compareKeys(key, range.after) > 0).slice(0, 1000);
        const objects = listed.filter((key) => isInRange(key, range)).map(objectOf);
        return { objects, hasMore: objects.length === listed.length && listed.length === 1000 };
      },
    };
    const found: string[] = [];
    let open: readonly { after: string; upTo: string | null }[] = [{ after: '', upTo: null }];
    while (open.length > 0) {
      const plan = await listRanges(bucket, open);
      for (const { range, objects } of plan.batches) {
        const inside = sorted.filter((key) => isInRange(key, range));
        expect(inside).toHaveLength(objects);
        found.push(...inside);
      }
      ({ open } = plan);
    }
    return { found: found.toSorted(compareKeys), expected: sorted, lists };
  }

  it.each([
    ['an empty bucket', []],
    ['keys of every kind', STRANGE_KEYS],
    [
      'many of every kind',
      STRANGE_KEYS.flatMap((key) => Array.from({ length: 400 }, (_, index) => `${key}${index}`)),
    ],
    ['many below one prefix', Array.from({ length: 6000 }, (_, index) => `logs/2024/01/01/host-${index}`)],
    [
      'many that differ late, and others',
      [...Array.from({ length: 3000 }, (_, index) => `x${'a'.repeat(500)}${index}`), 'y', 'Z', '日'],
    ],
  ])('is tiled: %s', async (_, keys) => {
    const { found, expected } = await planned(keys);
    expect(found).toEqual(expected);
  });

  it('is tiled below a prefix', async () => {
    const keys = ['a/', 'a/1', 'a/日', 'a', 'b/1', 'a0', 'A/1'];
    expect((await planned(keys, 'a/')).found).toEqual(['a/', 'a/1', 'a/日']);
  });

  it('is listed with few requests more than there are pages', async () => {
    const { lists } = await planned(Array.from({ length: 20_000 }, (_, index) => `data/${index}`));
    expect(lists).toBeLessThan(80);
  });

  it.each(STRANGE_KEYS)('has a key before %j', (key) => {
    expect(compareKeys(keyBefore(key), key)).toBeLessThan(0);
  });
});

describe('a job', () => {
  let stub: S3Stub;
  let folder: string;
  const objects = new Map<string, StubObject>();
  let ledger = emptyLedger();

  beforeAll(async () => {
    stub = await startS3Stub(bucketOf(objects));
  });
  afterAll(() => stub.stop());
  beforeEach(() => {
    objects.clear();
    stub.requests.length = 0;
    ledger = emptyLedger();
    folder = mkdtempSync(join(tmpdir(), 'vedette-s3-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (key: string, content: string | Buffer, more: Partial<StubObject> = {}) =>
    objects.set(key, { content: Buffer.from(content as string), ...more });
  const reads = () => stub.requests.filter((request) => request.startsWith('GET'));

  function input(data: Partial<NonNullable<S3DataInput['options']['data']>> = {}): S3DataInput {
    return {
      settings: {
        detectors: [],
        custom: [],
        maxObjectMb: 1,
        maxMatches: 5,
        maxRatio: 250,
        batchesAtOnce: 2,
        objectsAtOnce: 4,
      },
      home: folder,
      target: { kind: 'aws-profile', name: 'test', accountId: null },
      access: {
        credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' }),
        region: 'eu-west-1',
        endpoint: stub.url,
        profile: null,
        environment: async () => ({}),
        explain: (cause) => cause as never,
      },
      options: {
        services: [],
        regions: [],
        initial: false,
        data: { bucket: 'test-bucket', prefix: '', detectors: [], ...data },
      },
      ledger,
      folder: join(folder, 'scan'),
    };
  }

  /** All steps of a job: its observations, and what the ledger was told. */
  async function run(data: Parameters<typeof input>[0] = {}) {
    const own = input(data);
    const { file } = await collectHead(own, context);
    let text = readFileSync(file, 'utf8');
    let cursor: Parameters<typeof objectUnits.plan>[1] = null;
    for (;;) {
      const { batches, next } = await objectUnits.plan(own, cursor, context);
      for (const batch of batches)
        text += readFileSync(await objectUnits.collectBatch(own, batch, context), 'utf8');
      if (next === null) break;
      ({ cursor } = next);
    }
    writeFileSync(file, text);
    const observations: Observation[] = [];
    for await (const observation of interpretObjects(file)) observations.push(observation);
    const events = observations.flatMap((one) =>
      one.kind === 'event' ? [`${one.event.resourceId} ${one.event.checkId}`] : [],
    );
    const [facts] = observations.flatMap((one) => (one.kind === 'scan' ? [one.scan] : []));
    return { events: events.toSorted(), facts, text };
  }

  it('finds what is in objects with keys of every kind', async () => {
    for (const key of STRANGE_KEYS) put(key, 'ssn 123-45-6789');
    const { events } = await run();
    expect(events).toEqual(STRANGE_KEYS.map((key) => `test-bucket/${key} s3-data-ssn`).toSorted());
    expect(ledger.outcomes.get('😀')?.findings).toMatchObject([
      { detector: 'ssn', byteOffset: 4, maskedMatch: 'XXX-XX-6789' },
    ]);
  });

  it('does not read an unchanged object again, and still tells of it', async () => {
    put('a', '123-45-6789');
    put('b', 'clean');
    const first = await run();
    expect(reads()).toEqual(['GET a', 'GET b']);
    put('b', 'changed to 234-56-7890');
    const second = await run();
    expect(reads()).toEqual(['GET a', 'GET b', 'GET b']);
    expect(second.events).toEqual([...first.events, 'test-bucket/b s3-data-ssn']);
  });

  it('keeps no match itself', async () => {
    put('a', '123-45-6789 john.smith@example.com');
    const { text } = await run();
    const kept = text + JSON.stringify([...ledger.outcomes]);
    expect(kept).not.toMatch(/123-45-6789|john\.smith/);
  });

  it('tells of every object that it could not look at whole, and why', async () => {
    put('frozen', 'x', { storageClass: 'DEEP_ARCHIVE' });
    put('denied', 'x', { fault: { status: 403, code: 'AccessDenied' } });
    put('gone', 'x', { fault: { status: 404, code: 'NoSuchKey' } });
    put('archived', 'x', { fault: { status: 403, code: 'InvalidObjectState' } });
    put('large', Buffer.alloc(1024 * 1024 + 1));
    put('cut.gz', Buffer.from('1f8b0800000000000003', 'hex'));
    put('image', Buffer.from('89504e470d0a1a0a', 'hex'));
    put('old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    put('many', '123-45-6789 '.repeat(7));
    const { facts } = await run();
    const told = Object.fromEntries(
      [...ledger.outcomes.values()].map(({ key, status, reason }) => [key, `${status}: ${reason}`]),
    );
    expect(told).toEqual({
      frozen: 'skipped: its storage class is DEEP_ARCHIVE',
      denied: 'skipped: access is denied to it, or to the key that it is encrypted with',
      gone: 'skipped: it is gone',
      archived: 'skipped: it is archived',
      large: 'skipped: it has 1048577 bytes, more than 1048576',
      'cut.gz': 'failed: gzip: unexpected end of file',
      image: 'skipped: the format is not supported: an image',
      'old.xls': 'skipped: the format is not supported: an old Office document',
      many: 'succeeded: 2 more matches are counted only',
    });
    expect(ledger.outcomes.get('many')?.matches).toEqual({ ssn: 7 });
    expect(ledger.outcomes.get('many')?.findings).toHaveLength(5);
    expect(facts?.scope.unseen.map(({ resourceId }) => resourceId)).toContain('test-bucket/denied');
  });

  it('tries three times, and an object that changed meanwhile as it is now', async () => {
    put('flaky', '123-45-6789', { fault: { status: 412, code: 'PreconditionFailed', times: 2 } });
    put('broken', '123-45-6789', { fault: { status: 400, code: 'BadRequest' } });
    const { events } = await run();
    expect(events).toEqual(['test-bucket/flaky s3-data-ssn']);
    expect(ledger.outcomes.get('broken')).toMatchObject({
      status: 'skipped',
      reason: 'it cannot be read: BadRequest',
    });
  });

  it('tries failed ones again, and nothing else', async () => {
    put('ok', '123-45-6789');
    put('cut.gz', Buffer.from('1f8b0800000000000003', 'hex'));
    await run();
    put('cut.gz', '234-56-7890');
    stub.requests.length = 0;
    const { events, facts } = await run({ retryOf: 'run-test' });
    expect(reads()).toEqual(['GET cut.gz']);
    expect(events).toEqual(['test-bucket/cut.gz s3-data-ssn']);
    expect(facts?.scope.unseen).toMatchObject([{ resourcePrefix: 'test-bucket/' }]);
  });

  it('is of a prefix, and of its detectors, alone', async () => {
    put('docs/a', '123-45-6789 a@example.com');
    put('other', '123-45-6789');
    const { events, facts } = await run({ prefix: 'docs/', detectors: ['email'] });
    expect(events).toEqual(['test-bucket/docs/a s3-data-email']);
    expect(facts?.scope.only).toEqual([
      {
        service: 's3',
        resourceType: 'AWS::S3::Object',
        resourcePrefix: 'test-bucket/docs/',
        checkId: 's3-data-email',
      },
    ]);
  });

  it('reads parts of large objects', async () => {
    put('large.txt', Buffer.concat([Buffer.alloc(1024 * 1024 - 30, ' '), Buffer.from('123-45-6789')]));
    const own = input();
    await run();
    expect(own.settings.maxObjectMb).toBe(1);
    expect(ledger.outcomes.get('large.txt')?.findings).toMatchObject([{ byteOffset: 1024 * 1024 - 30 }]);
  });

  describe('by an inventory', () => {
    const MANIFEST = 'inventory/test-bucket/daily/2026-01-31T01-00Z/manifest.json';
    const inventory = `s3://inventories/${MANIFEST}`;

    function putInventory(files: readonly Buffer[], more: Readonly<Record<string, unknown>> = {}): void {
      const manifest = {
        sourceBucket: 'test-bucket',
        destinationBucket: 'arn:aws:s3:::inventories',
        version: '2016-11-30',
        fileFormat: 'CSV',
        fileSchema: 'Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, ETag, StorageClass',
        files: files.map((content, index) => ({ key: `inventory/data/${index}`, size: content.length })),
        ...more,
      };
      put(MANIFEST, JSON.stringify(manifest));
      for (const [index, content] of files.entries()) put(`inventory/data/${index}`, content);
    }

    function row(key: string, content: string, { isLatest = true, storageClass = 'STANDARD' } = {}): string {
      const etag = createHash('md5').update(content).digest('hex');
      const encoded = encodeURIComponent(key).replaceAll('%20', '+');
      return `"test-bucket","${encoded}","v1","${isLatest}","false","${content.length}","${etag}","${storageClass}"\n`;
    }

    it('looks at what it names, and does not list the bucket', async () => {
      for (const key of STRANGE_KEYS) put(key, `${STRANGE_KEYS.indexOf(key)} 123-45-6789`);
      put('not in it', '123-45-6789');
      const rows = STRANGE_KEYS.map((key, index) => row(key, `${index} 123-45-6789`));
      putInventory([
        gzipSync(rows.slice(0, 5).join('')),
        gzipSync([...rows.slice(5), row('a', 'an old version', { isLatest: false })].join('')),
      ]);
      const { events, facts } = await run({ inventory });
      expect(events).toEqual(STRANGE_KEYS.map((key) => `test-bucket/${key} s3-data-ssn`).toSorted());
      expect(stub.requests).not.toContain('LIST');
      // What came after it would be taken for gone.
      expect(facts?.scope.unseen).toMatchObject([{ resourcePrefix: 'test-bucket/' }]);
    });

    it('reads what has changed since as it is now, and tells of what is gone or archived', async () => {
      put('changed', '234-56-7890');
      putInventory([
        gzipSync(
          [row('changed', 'before'), row('gone', 'x'), row('cold', 'x', { storageClass: 'GLACIER' })].join(
            '',
          ),
        ),
      ]);
      const { events } = await run({ inventory });
      expect(events).toEqual(['test-bucket/changed s3-data-ssn']);
      expect(ledger.outcomes.get('gone')).toMatchObject({ status: 'skipped', reason: 'it is gone' });
      expect(ledger.outcomes.get('cold')).toMatchObject({ status: 'skipped' });
    });

    it('is read as Parquet', async () => {
      put('a b+c/ü.txt', '123-45-6789');
      put('clean.txt', 'nothing');
      putInventory([readFileSync(join(packageRoot(), 'test/fixtures/s3-data/inventory.parquet'))], {
        fileFormat: 'Parquet',
      });
      const { events } = await run({ inventory });
      expect(events).toEqual(['test-bucket/a b+c/ü.txt s3-data-ssn']);
      expect([...ledger.outcomes.keys()].toSorted()).toEqual(['a b+c/ü.txt', 'clean.txt']);
    });

    it('is divided into plans and batches that leave no row out, below a prefix', async () => {
      const keys = Array.from({ length: 103_000 }, (_, index) => `logs/${index}`);
      putInventory([
        gzipSync([...keys, 'other'].map((key) => row(key, '')).join('')),
        gzipSync(row('logs/x', '')),
      ]);
      const own = input({ inventory, prefix: 'logs/' });
      const plans: Extract<Batch, { rows: unknown }>[][] = [];
      let cursor: Parameters<typeof objectUnits.plan>[1] = null;
      do {
        const plan = await objectUnits.plan(own, cursor, context);
        plans.push(plan.batches as Extract<Batch, { rows: unknown }>[]);
        cursor = plan.next?.cursor ?? null;
      } while (cursor !== null);
      expect(plans.map((batches) => batches.length)).toEqual([100, 4]);
      const all = plans.flat();
      expect(all.reduce((sum, { objects: count }) => sum + count, 0)).toBe(103_001);
      expect(all.map(({ rows }) => [rows.file, rows.from]).slice(-2)).toEqual([
        [0, 102_000],
        [1, 0],
      ]);
      for (const [index, { rows }] of all.slice(1, 103).entries())
        expect(rows.from).toBe(all[index]?.rows.to);
    });

    it.each([
      ['it is of the bucket another', { sourceBucket: 'another' }],
      ['its format is ORC', { fileFormat: 'ORC' }],
      ['it has no ETag', { fileSchema: 'Bucket, Key, Size' }],
      ['it is no manifest of an inventory', { files: 'none' }],
    ])('says that %s', async (reason, more) => {
      putInventory([], more);
      await expect(run({ inventory })).rejects.toThrow(reason);
    });

    it('says that it is not there, or is broken', async () => {
      await expect(run({ inventory })).rejects.toThrow('it is not there');
      putInventory([Buffer.from('no gzip')]);
      await expect(run({ inventory })).rejects.toThrow('gzip');
      await expect(run({ inventory: 's3://inventories/other.json' })).rejects.toThrow('manifest');
    });
  });

  it('needs a bucket', async () => {
    const { data: _, ...options } = input().options;
    await expect(collectHead({ ...input(), options }, context)).rejects.toThrow(
      'A scan for sensitive data is of one bucket.',
    );
  });
});
