import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import type { Bucket } from '../../../src/sources/s3-data/bucket.ts';
import { inventoryRows } from '../../../src/sources/s3-data/inventory.ts';

test('an object of no possible size is none', async () => {
  const content = gzipSync('"data","a","-5","e"\n"data","b","1e400","e"\n"data","c","7","e"\n');
  async function* read() {
    yield content;
  }
  const bucket = { options: { prefix: '' }, content: () => ({ read }) } as unknown as Bucket;
  const inventory = {
    bucket: 'inventories',
    format: 'CSV',
    fields: ['Bucket', 'Key', 'Size', 'ETag'],
    files: [{ key: 'one.csv.gz', size: content.length }],
  } as const;
  const keys: (string | undefined)[] = [];
  for await (const { object } of inventoryRows(bucket, inventory, { file: 0, from: 0 }))
    keys.push(object?.key);
  expect(keys).toEqual([undefined, undefined, 'c']);
});
