import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { PAYLOAD_SCHEMAS, payloadSchema } from '../../../src/view360/payload/payload-schema.ts';
import type { PayloadSchemaName } from '../../../src/view360/payload/payload-schema.ts';
import { VIEW360_FIXTURES } from '../../support/view360-payloads.ts';

const FILES: Readonly<Record<PayloadSchemaName, string>> = {
  'view360-1': 'version-1.json',
  'view360-2': 'version-2.json',
  'vedette.view360-3': 'version-3.json',
};

const problemsOf = (name: PayloadSchemaName, payload: unknown): string[] =>
  (
    z.fromJSONSchema(payloadSchema(name) as Parameters<typeof z.fromJSONSchema>[0]).safeParse(payload).error
      ?.issues ?? []
  ).map(({ path, message }) => `${path.join('.')}: ${message}`);

// oxlint-disable-next-line typescript/no-explicit-any
const read = (name: PayloadSchemaName): any =>
  JSON.parse(readFileSync(join(VIEW360_FIXTURES, FILES[name]), 'utf8'));

test.each(PAYLOAD_SCHEMAS)('a payload of version %s matches its schema', (name) => {
  expect(problemsOf(name, read(name))).toEqual([]);
});

test('what would be rejected does not match', () => {
  const name = 'vedette.view360-3';
  const { meta: _meta, ...without } = read(name);
  expect(problemsOf(name, without)).toHaveLength(1);
  const wrong = read(name);
  wrong.meta.account_id = '12';
  wrong.security.kms[0].creation_date = 17;
  expect(problemsOf(name, wrong).map((problem) => problem.split(':')[0])).toEqual([
    'security',
    'meta.account_id',
  ]);
  expect(problemsOf('view360-1', { account: {} })).toHaveLength(1);
});
