import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/database/store.ts';
import { queryView } from '../../../src/store/view360/views.ts';
import { importFocus } from '../../../src/view360/receive/focus.ts';
import { createDatabase, workContext } from '../../support/stores.ts';
import type { TestDatabase } from '../../support/stores.ts';
import { VIEW360_FIXTURES } from '../../support/view360-payloads.ts';

const folder = mkdtempSync(join(tmpdir(), 'vedette-focus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let database: TestDatabase;
let store: Store;
beforeEach(async () => {
  database = createDatabase('sqlite');
  store = await database.open();
});
afterEach(() => database.remove());

const load = (file: string) => importFocus(store, file, 'default', workContext());
const fixture = (name: string): string => join(VIEW360_FIXTURES, name);
const ask = async (view: string, sort = 'BillingMonth') =>
  (await queryView(store, view, { organizationId: 'default', sort, limit: 100 })).rows;

test('CSV of version 1.0: unknown columns are told, and a row that is wrong is left out', async () => {
  const first = await load(fixture('focus-1.0.csv'));
  expect(first).toMatchObject({ status: 'loaded', version: '1.0', rowsIn: 2, created: 1, rejected: 1 });
  expect(first.warnings).toEqual([expect.stringContaining('Colour')]);
  expect(first.problems).toEqual(['row 2: BilledCost is no number']);
  expect(await load(fixture('focus-1.0.csv'))).toMatchObject({ status: 'duplicate' });
  const compressed = join(folder, 'again.csv.gz');
  writeFileSync(compressed, gzipSync(readFileSync(fixture('focus-1.0.csv'))));
  expect(await load(compressed)).toMatchObject({ status: 'loaded', created: 1 });
});

describe('Parquet of version 1.2', () => {
  // Usage: 8.25 + 3 + 1 + 2.75 = 15 of a list price of 12 + 5 + 0 + 3 = 20; tax is no usage.
  test('is known by its columns, and the views come to what is reckoned by hand', async () => {
    expect(await load(fixture('focus-1.2.parquet'))).toMatchObject({
      status: 'loaded',
      version: '1.2',
      rowsIn: 5,
      created: 5,
      rejected: 0,
      warnings: [expect.stringContaining('x_Discounts')],
    });
    expect(await ask('view_focus_effective_savings_rate')).toMatchObject([
      { BillingMonth: '2026-11', ListCost: 20, EffectiveCost: 15, EffectiveSavingsRate: 25 },
    ]);
    expect(await ask('view_focus_commitment_utilization')).toMatchObject([
      { CommitmentDiscountType: 'SavingsPlan', UsedCost: 3, UnusedCost: 1, UtilizationPercent: 75 },
    ]);
    expect(await ask('view_focus_monthly_by_service', 'ServiceName')).toMatchObject([
      {
        ServiceName: 'Amazon Elastic Compute Cloud',
        x_Source: 'FOCUS',
        BilledCost: 10.5,
        EffectiveCost: 12.25,
      },
      { ServiceName: 'Amazon Simple Storage Service', BilledCost: 3.8, EffectiveCost: 3.8 },
    ]);
    expect(await ask('view_focus_cost_by_tag', 'tag_key')).toMatchObject([
      { tag_key: 'env', tag_value: 'prod', EffectiveCost: 11.25 },
      { tag_key: 'team', tag_value: 'a', EffectiveCost: 8.25 },
    ]);
    expect(await ask('view_focus_untagged_cost', 'ServiceName')).toMatchObject([
      { ServiceName: 'Amazon Elastic Compute Cloud', EffectiveCost: 12.25, UntaggedCost: 1 },
      { ServiceName: 'Amazon Simple Storage Service', EffectiveCost: 2.75, UntaggedCost: 2.75 },
    ]);
    expect(await ask('view_focus_cost', 'ChargePeriodStart')).toHaveLength(5);
  });
});

test.each([
  ['nothing.csv', ''],
  ['other.csv', 'a,b\n1,2\n'],
  ['broken.parquet', 'PAR1 and no more'],
])('%s is no FOCUS file', async (name, content) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  await expect(load(file)).rejects.toMatchObject({ type: 'results-invalid' });
  expect(await store.read('SELECT id FROM view360_ingest_files')).toEqual([]);
});
