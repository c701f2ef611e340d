import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { allChecks } from '../../src/sources/checks/all-checks.ts';
import { createApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { storeChecksScan } from '../support/checks-scan.ts';
import { createDatabase } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

const [ONE, OTHER] = ['111111111111', '222222222222'];
const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = createDatabase('sqlite');
  const store = await database.open();
  await storeChecksScan(store, { accountId: ONE, scanTime: ago(9), failEvery: 1 });
  await storeChecksScan(store, { accountId: ONE, scanTime: ago(5), failEvery: 2 });
  await storeChecksScan(store, { accountId: OTHER, scanTime: ago(2), failEvery: 1000, unknownEvery: 1000 });
  api = await createApi({ config: database.config, store });
}, 20_000);
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

test('the catalogue says what each check is, and what it says now', async () => {
  const { json } = await api.get('/checks');
  expect(json.checks).toHaveLength(allChecks.length);
  // The first fails in both accounts, the second is unknown in the other.
  expect(json.checks.slice(0, 2)).toMatchObject([
    { id: allChecks[0]?.id, counts: { fail: 2, pass: 18, unknown: 0, suppressed: 0 } },
    { counts: { fail: 0, pass: 10, unknown: 1 } },
  ]);
  const own = await api.get(`/checks?account=${OTHER}`);
  expect(own.json.checks[0].counts).toEqual({ fail: 1, pass: 9, unknown: 0, suppressed: 0 });
  const elsewhere = await api.get('/checks', 'other');
  expect(elsewhere.json.checks[0].counts).toBeNull();
});

test('a check tells when it fails, what it needs, and the requirements that it bears on', async () => {
  const { json } = await api.get('/checks/iam-root-mfa');
  expect(json).toMatchObject({
    calls: ['iam:GetAccountSummary', 'iam:GetCredentialReport'],
    equivalents: [{ tool: 'prowler', ids: ['iam_root_mfa_enabled'] }, {}, {}],
    accounts: [{ accountId: ONE }, { accountId: OTHER }],
  });
  expect(json.frameworks).toContainEqual({
    id: 'lgpd',
    name: 'LGPD (Lei 13.709/2018)',
    version: '2018, as amended',
    requirements: ['6-VII', '46', '47', '49'],
    mapping: 'own',
  });
  const { status, json: problem } = await api.get('/checks/no-such-check');
  expect([status, problem.failure]).toEqual([404, 'not-found']);
});

test('frameworks stand in each account and over all, requirement by requirement', async () => {
  const { json } = await api.get('/compliance');
  const cis = json.frameworks.find(({ framework }: { framework: string }) => framework === 'cis-7.0');
  expect(cis.accounts.map(({ accountId }: { accountId: string }) => accountId)).toEqual([ONE, OTHER]);
  const { json: standing } = await api.get('/compliance/cis-7.0');
  expect(standing.score).toEqual(cis.score);
  expect(standing.requirements).toHaveLength(cis.score.total);
  const mfa = standing.requirements.find(({ id }: { id: string }) => id === '2.5');
  expect(mfa).toMatchObject({
    title: 'Root signs in with MFA',
    mapping: 'published',
    checks: [{ title: 'Root user has MFA' }],
  });
  const { json: alone } = await api.get(`/compliance/cis-7.0?account=${OTHER}`);
  expect(alone.score.percent).toBeGreaterThan(standing.score.percent);
  const unknown = await api.get('/compliance/cis-1.0');
  expect([unknown.status, unknown.json.failure]).toEqual([404, 'not-found']);
  const parameter = await api.get('/compliance/cis-7.0?state=fail');
  expect(parameter.status).toBe(400);
});

test('scores have a history, of one account and of all', async () => {
  const { json } = await api.get(`/compliance/soc2/history?account=${ONE}`);
  const [before, after] = json.points;
  expect(json.points).toHaveLength(2);
  expect(before).toMatchObject({ percent: 0, pass: 0 });
  expect(after.percent).toBeGreaterThan(0);
  const all = await api.get('/compliance/soc2/history?days=7');
  expect(all.json.points).toHaveLength(2);
  const { json: now } = await api.get('/compliance/soc2');
  expect(all.json.points.at(-1)).toMatchObject(now.score);
});

test('a report is a file of HTML without scripts', async () => {
  const { headers, text } = await api.get(`/compliance/lgpd/report?account=${ONE}`);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(headers['content-disposition']).toMatch(/^attachment; filename="lgpd-\d{4}-\d\d-\d\d\.html"$/);
  expect(text).toContain('<h1>LGPD (Lei 13.709/2018) 2018, as amended</h1>');
  expect(text).not.toMatch(/<script/i);
});
