import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addDiscovered, discoverAccounts } from '../../src/accounts/discover.ts';
import { configOf } from '../../src/settings.ts';
import type { Config } from '../../src/settings.ts';
import { addAccount, listAccounts } from '../../src/store/accounts/accounts.ts';
import type { Store } from '../../src/store/database/store.ts';
import { MOTO_ACCOUNT, startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';
import { writeAwsFiles } from '../support/signing-in.ts';
import type { AwsFiles } from '../support/signing-in.ts';
import { addOrganizations, createDatabase, testConfig } from '../support/stores.ts';

const { signal } = new AbortController();
const database = createDatabase('sqlite');
let moto: Moto;
let files: AwsFiles;
let store: Store;
let config: Config;

beforeAll(async () => {
  store = await database.open();
  await addOrganizations(store, 'acme');
  moto = await startMoto();
  files = writeAwsFiles(moto.url);
  const { configFile, credentialsFile } = files;
  config = configOf(testConfig({ aws: { configFile, credentialsFile } }), 'acme');
}, 60_000);
afterAll(async () => {
  files?.remove();
  await moto?.stop();
  await database.remove();
});

const discover = () => discoverAccounts(store, config, { baseProfile: 'scanner', signal });

test('what is new is added by a role, and what has left is told', async () => {
  const client = new OrganizationsClient({
    endpoint: moto.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'fake' },
  });
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  for (const [AccountName, Email] of [
    ['Payments (production)', 'payments@acme.example'],
    ['Payments (production)', 'payments-2@acme.example'],
    ['日本', 'tokyo@acme.example'],
  ] as const)
    await client.send(new CreateAccountCommand({ AccountName, Email }));
  client.destroy();
  await addAccount(store, 'acme', {
    name: 'sold',
    accountId: '999999999999',
    roleArn: 'arn:aws:iam::999999999999:role/vedette',
    baseProfile: null,
    createdBy: 'a test',
  });

  const found = await discover();
  expect(found.find(({ accountId }) => accountId === MOTO_ACCOUNT)).toMatchObject({
    state: 'new',
    knownAs: [],
  });
  expect(found.find(({ name }) => name === 'sold')).toMatchObject({ state: 'left', knownAs: ['sold'] });
  expect(found.filter(({ state }) => state === 'new')).toHaveLength(4);

  const how = { role: 'security/vedette', baseProfile: 'scanner', createdBy: 'a test' };
  const added = await addDiscovered(store, config, found, how);
  const tokyo = found.find(({ name }) => name === '日本')?.accountId ?? '';
  expect(added.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'payments-production',
      expect.stringMatching(/^payments-production-\d{12}$/),
      `account-${tokyo}`,
    ]),
  );
  expect(added.find(({ accountId }) => accountId === tokyo)).toMatchObject({
    roleArn: `arn:aws:iam::${tokyo}:role/security/vedette`,
    organizationId: 'acme',
  });
  expect((await listAccounts(store, 'acme')).length).toBe(5);

  const states = (await discover()).map(({ state }) => state);
  expect(states.filter((state) => state === 'known')).toHaveLength(4);
  expect(await addDiscovered(store, config, await discover(), how)).toEqual([]);
});
