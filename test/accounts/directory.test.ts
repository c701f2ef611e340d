import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accountDirectory, accountIdsOf, withAccountName } from '../../src/accounts/directory.ts';
import type { AccountDirectory } from '../../src/accounts/directory.ts';
import { addAccount } from '../../src/store/accounts/accounts.ts';
import { persistScan } from '../../src/store/scans/persist.ts';
import { at, observe } from '../support/observations.ts';
import { INPUT } from '../support/scan-input.ts';
import { createDatabase, workContext } from '../support/stores.ts';

const CONFIGURATION = `
[profile prod]
role_arn = arn:aws:iam::111111111111:role/audit
[profile scanned]
region = eu-west-1
[profile unknown]
region = eu-west-1
`;

const database = createDatabase('sqlite');
let directory: AccountDirectory;

beforeAll(async () => {
  const configFile = join(database.config.general.home, 'aws-config');
  writeFileSync(configFile, CONFIGURATION);
  const store = await database.open();
  await addAccount(store, 'default', {
    name: 'customer',
    accountId: '333333333333',
    roleArn: 'arn:aws:iam::333333333333:role/vedette',
    baseProfile: null,
    createdBy: 'a test',
  });
  for (const [accountId, profile] of [
    ['222222222222', 'scanned'],
    ['444444444444', 'removed since'],
    ['111111111111', 'another name'],
  ] as const) {
    const scan = observe({ accountId, scanTime: at(0), events: [] });
    await persistScan(store, scan, { ...INPUT, profile }, workContext());
  }
  const aws = { ...database.config.aws, configFile, credentialsFile: '/nowhere' };
  const config = { ...database.config, aws };
  directory = await accountDirectory('default', { config, store: () => Promise.resolve(store) });
});
afterAll(() => database.remove());

test('accounts are called as the configuration, the database, or their last scan calls them', () => {
  const nameOf = (accountId: string) => withAccountName(directory, { accountId }).accountName;
  expect(nameOf('111111111111')).toBe('prod');
  expect(nameOf('222222222222')).toBe('scanned');
  expect(nameOf('333333333333')).toBe('customer');
  expect(nameOf('444444444444')).toBe('removed since');
  expect(nameOf('555555555555')).toBeNull();
});

test('every name stands for its account, and an id for itself', () => {
  const names = ['prod', 'scanned', 'customer', 'removed since', 'another name', '999999999999'];
  expect(accountIdsOf(directory, names)).toEqual([
    '111111111111',
    '222222222222',
    '333333333333',
    '444444444444',
    '111111111111',
    '999999999999',
  ]);
});

test.each([
  ['unknown', 'The account id of "unknown" is not known yet.'],
  ['nobody', 'No account is named "nobody".'],
])('%s is refused', (name, message) => {
  expect(() => accountIdsOf(directory, [name])).toThrow(message);
});
