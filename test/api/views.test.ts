import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { views } from '../../src/store/view360/views.ts';
import { loadFile } from '../../src/view360/receive/load-file.ts';
import { createApi, OTHER_ORGANISATION } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createDatabase, workContext } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';
import {
  examplePayloads,
  HOSTILE,
  payloadOf,
  PRODUCTION,
  STAGING,
  writePayload,
} from '../support/view360-payloads.ts';

const THEIRS = '555555555555';

let database: TestDatabase;
let api: TestApi;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-views-'));
  database = createDatabase('sqlite');
  const store = await database.open();
  const load = (payload: Parameters<typeof writePayload>[1], organizationId: string) =>
    loadFile(store, { file: writePayload(folder, payload) }, { organizationId }, workContext());
  for (const payload of examplePayloads()) await load(payload, 'default');
  await load(payloadOf(THEIRS, '2026-11-20'), OTHER_ORGANISATION);
  api = await createApi({ config: database.config, store });
}, 60_000);
afterAll(async () => {
  await api?.close();
  await database?.remove();
  rmSync(folder, { recursive: true, force: true });
});

// oxlint-disable-next-line typescript/no-explicit-any
const accountsIn = (rows: readonly any[]): string[] => [
  ...new Set(rows.map(({ account }) => account as string)),
];

test('every view shows an organisation its own accounts alone', async () => {
  const { json } = await api.get('/views');
  expect(json.views).toEqual(views);
  const leaks: string[] = [];
  let filled = 0;
  for (const { name } of views) {
    const own = await api.get(`/views/${name}`);
    const other = await api.get(`/views/${name}`, 'other');
    expect([name, own.status, other.status]).toEqual([name, 200, 200]);
    if (own.json.rows.length > 0) filled += 1;
    if (own.text.includes(THEIRS)) leaks.push(`${name} to the first`);
    if ([PRODUCTION, STAGING, HOSTILE].some((id) => other.text.includes(id)))
      leaks.push(`${name} to the other`);
  }
  expect(leaks).toEqual([]);
  expect(filled).toBeGreaterThan(60);
}, 60_000);

test('rows are of the accounts, values and days that are asked for', async () => {
  const of = async (query: string) => (await api.get(`/views/view_cost_daily?${query}`)).json.rows;
  expect(accountsIn(await of('')).toSorted()).toEqual([PRODUCTION, STAGING, HOSTILE]);
  expect(accountsIn(await of(`account=${STAGING}&account=${HOSTILE}`)).toSorted()).toEqual([
    STAGING,
    HOSTILE,
  ]);
  expect(accountsIn(await of('where=currency=EUR'))).toEqual([STAGING]);
  expect(await of(`account=${THEIRS}`)).toEqual([]);
  expect(await of('where=currency=%27%20OR%201=1')).toEqual([]);
});

test('pages follow each other without a gap, in the order that is asked for', async () => {
  const days: string[] = [];
  let cursor: string | null = '';
  let pages = 0;
  do {
    const { json } = await api.get(
      `/views/view_cost_daily?account=${PRODUCTION}&sort=-cost_date&limit=5${cursor && `&cursor=${cursor}`}`,
    );
    // oxlint-disable-next-line typescript/no-explicit-any
    days.push(...json.rows.map((row: any) => row.cost_date));
    cursor = json.nextCursor;
    pages += 1;
  } while (cursor !== null);
  expect(pages).toBe(3);
  expect(new Set(days).size).toBe(12);
  expect(days).toEqual(days.toSorted().toReversed());
});

test.each([
  ['a view that there is none of', '/views/view_acounts', 404, 'view_accounts'],
  ['what is no name of a view', '/views/x%27%3B--', 404, 'GET /views'],
  ['an unknown parameter', '/views/view_accounts?colum=1', 400, 'colum'],
  ['an unknown parameter of the list', '/views?account=1', 400, 'account'],
  ['a column that there is none of', '/views/view_accounts?sort=nothing', 400, 'nothing'],
  ['a condition without a value', '/views/view_accounts?where=account', 400, 'column=value'],
  ['a condition on no column', '/views/view_accounts?where=nothing=1', 400, 'nothing'],
  ['a condition on what every object has', '/views/view_accounts?where=constructor=1', 400, 'no column'],
  ['a condition on the prototype', '/views/view_accounts?where=__proto__=1', 400, 'no column'],
  ['days of a view that tells none', '/views/view_cost_month_to_date?since=2026-11-01', 400, 'tell no day'],
  ['a cursor of nothing', '/views/view_accounts?cursor=nothing', 400, 'cursor'],
])('%s is answered with the reason', async (_title, path, status, said) => {
  const answer = await api.get(path);
  expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(said)]);
});
