import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listTargets } from '../../src/accounts/targets.ts';
import type { AccountSources } from '../../src/accounts/targets.ts';
import { planRun } from '../../src/planning/plan-run.ts';
import { addAccount } from '../../src/store/accounts/accounts.ts';
import { addOrganizations, createDatabase, testConfig } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

const account = (name: string, accountId: string) => ({
  name,
  accountId,
  roleArn: `arn:aws:iam::${accountId}:role/vedette`,
  baseProfile: null,
  createdBy: 'me',
});
const profile = { kind: 'aws-profile', name: 'dev', accountId: null };
const role = { kind: 'aws-role', name: 'production', accountId: '222222222222' };
const wanted = { sources: [], services: [], regions: [] };

let folder: string;
let database: TestDatabase;
let from: AccountSources;
let asked = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-targets-'));
  const configFile = join(folder, 'config');
  writeFileSync(configFile, '[profile dev]\nregion = eu-west-1\n');
  database = createDatabase('sqlite');
  const store = await database.open();
  await addOrganizations(store, 'other');
  await addAccount(store, 'default', account('production', '222222222222'));
  await addAccount(store, 'other', account('theirs', '333333333333'));
  from = {
    config: testConfig({ aws: { configFile, credentialsFile: join(folder, 'none') } }),
    store: async () => {
      asked += 1;
      return store;
    },
  };
});
afterAll(async () => {
  await database.remove();
  rmSync(folder, { recursive: true });
});

test('an organisation has its accounts, and the installation its profiles besides', async () => {
  expect(await listTargets('default', from)).toEqual([profile, role]);
  expect(await listTargets('other', from)).toEqual([
    { kind: 'aws-role', name: 'theirs', accountId: '333333333333' },
  ]);
});

test('a database that is away does not keep profiles from being scanned', async () => {
  asked = 0;
  expect(await listTargets('default', from, ['dev'])).toEqual([profile]);
  expect(asked).toBe(0);
  expect(await listTargets('default', from, ['dev', 'production'])).toEqual([profile, role]);
});

test('a run is planned over both', async () => {
  const planned = async (accounts: readonly string[] | 'all') =>
    (await planRun(from, { ...wanted, accounts })).selection;
  expect(await planned('all')).toEqual({ accounts: [profile, role] });
  expect(await planned(['222222222222'])).toEqual({ accounts: [role] });
  await expect(planned(['theirs'])).rejects.toMatchObject({ type: 'account-unknown' });
});
