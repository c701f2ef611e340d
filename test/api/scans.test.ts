import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { persistScan } from '../../src/store/scans/persist.ts';
import { createApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { at, observe } from '../support/observations.ts';
import { INPUT } from '../support/scan-input.ts';
import { createDatabase, workContext } from '../support/stores.ts';
import type { TestDatabase } from '../support/stores.ts';

let database: TestDatabase;
let api: TestApi;

const only = [{ service: 's3', resourcePrefix: 'acme/a/' }];
const unseen = [
  { service: 's3', checkId: 's3-secret', reason: 'check not evaluated' },
  {
    service: 's3',
    region: 'eu-west-1',
    resourceId: 'acme/a/1',
    reason: 'fetch error',
    detail: 'AccessDenied',
  },
] as const;

beforeAll(async () => {
  database = createDatabase('sqlite');
  const store = await database.open();
  const scan = { scanTime: at(0), events: [], services: [{ service: 's3', fetchErrors: 1 }], only, unseen };
  await persistScan(store, observe(scan), INPUT, workContext());
  api = await createApi({ config: database.config, store });
});
afterAll(async () => {
  await api?.close();
  await database?.remove();
});

test('a scan shows place by place what it saw and what it could not see', async () => {
  const { json } = await api.get('/scans/1');
  expect(json.scope).toMatchObject({
    services: [{ service: 's3', fetchErrors: 1 }],
    only,
    unseen,
    unevaluatedChecks: [{ service: 's3', checkId: 's3-secret' }],
  });
});

test('its account names the services and checks', async () => {
  const { json } = await api.get('/accounts');
  const { servicesWithErrors, unevaluatedChecks } = json.accounts.at(-1);
  expect({ servicesWithErrors, unevaluatedChecks }).toEqual({
    servicesWithErrors: ['s3'],
    unevaluatedChecks: [{ service: 's3', checkId: 's3-secret' }],
  });
});
