import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { fromIni } from '@aws-sdk/credential-providers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { roleAccess } from '../../../src/accounts/role-access.ts';
import { silent } from '../../../src/log.ts';
import type { Account } from '../../../src/model/account.ts';
import { scoutsuite } from '../../../src/sources/scoutsuite/index.ts';
import { EXTERNAL_ID, startAwsGate } from '../../support/aws-gate.ts';
import type { AwsGate } from '../../support/aws-gate.ts';
import { collectInput } from '../../support/collect-input.ts';
import { MOTO_ACCOUNT, startMoto } from '../../support/moto-server.ts';
import type { Moto } from '../../support/moto-server.ts';
import { ROLE_ACCOUNT, writeAwsFiles } from '../../support/signing-in.ts';
import type { AwsFiles } from '../../support/signing-in.ts';
import { testConfig } from '../../support/stores.ts';

const options = { services: ['s3'], regions: ['us-east-1'], initial: false };
const context = { signal: new AbortController().signal, logger: silent, onProgress: () => undefined };
const account: Account = {
  organizationId: 'default',
  name: 'production',
  kind: 'aws-role',
  accountId: ROLE_ACCOUNT,
  roleArn: `arn:aws:iam::${ROLE_ACCOUNT}:role/vedette`,
  externalId: EXTERNAL_ID,
  baseProfile: 'scanner',
  createdAt: '2026-11-22T00:00:00.000Z',
  createdBy: 'me',
  checkedAt: null,
  problem: null,
};
const folder = mkdtempSync(join(tmpdir(), 'vedette-signing-in-'));
let moto: Moto;
let gate: AwsGate;
let files: AwsFiles;

beforeAll(async () => {
  moto = await startMoto();
  gate = await startAwsGate(moto.url);
  files = writeAwsFiles(gate.url);
  await makeBucket('scanner', 'bucket-of-the-scanner');
  await makeBucket('role', 'bucket-of-the-role');
  gate.assumed.length = 0;
}, 60_000);

afterAll(async () => {
  files?.remove();
  await gate?.stop();
  await moto?.stop();
  rmSync(folder, { recursive: true });
});

async function makeBucket(profile: string, Bucket: string): Promise<void> {
  const { configFile: configFilepath, credentialsFile: filepath } = files;
  const where = { endpoint: gate.url, region: 'us-east-1' };
  const credentials = fromIni({ profile, configFilepath, filepath, clientConfig: where });
  const client = new S3Client({ ...where, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket }));
  client.destroy();
}

async function scan(profile: string): Promise<{ accountId: string; report: string }> {
  const { configFile, credentialsFile } = files;
  const { accountId, file } = await scoutsuite.collect(
    await collectInput(testConfig({ aws: { configFile, credentialsFile } }), {
      profile,
      options,
      folder: join(folder, profile),
    }),
    context,
  );
  return { accountId, report: readFileSync(file, 'utf8') };
}

test('the real scanner scans the account of the role that it assumes with the external id', async () => {
  const { accountId, report } = await scan('role');
  expect(accountId).toBe(ROLE_ACCOUNT);
  expect(report).toContain('bucket-of-the-role');
  expect(report).not.toContain('bucket-of-the-scanner');
  expect(report).not.toContain(EXTERNAL_ID);
  expect(gate.assumed).toEqual([
    expect.objectContaining({ roleArn: expect.stringContaining(ROLE_ACCOUNT), externalId: EXTERNAL_ID }),
  ]);
}, 60_000);

test('the real scanner is let into an account of the database, and told apart from a stranger', async () => {
  const scanRole = async (externalId: string) => {
    const { configFile, credentialsFile } = files;
    const config = testConfig({ aws: { configFile, credentialsFile } });
    const { name } = account;
    const access = await roleAccess({ ...account, externalId }, config);
    const place = join(folder, externalId);
    const input = await collectInput(config, { profile: name, options, folder: place });
    const target = { kind: 'aws-role', name, accountId: ROLE_ACCOUNT } as const;
    return scoutsuite.collect({ ...input, target, access }, context);
  };
  expect(await scanRole(EXTERNAL_ID)).toMatchObject({ accountId: ROLE_ACCOUNT });
  await expect(scanRole('a-guess')).rejects.toMatchObject({
    type: 'credentials',
    remedy: expect.stringContaining('vedette account show production'),
  });
}, 60_000);

test('the real scanner assumes a role with the keys of the environment', async () => {
  expect(await scan('environment')).toMatchObject({ accountId: ROLE_ACCOUNT });
}, 60_000);

test('the real scanner assumes a role with the token of a pod', async () => {
  expect(await scan('pod')).toMatchObject({ accountId: ROLE_ACCOUNT });
}, 60_000);

test('the real scanner takes its keys from a program', async () => {
  expect(await scan('process')).toMatchObject({ accountId: MOTO_ACCOUNT });
}, 60_000);

test('the real scanner with a sign-in to IAM Identity Center that is missing, over, and there', async () => {
  const signIn = { type: 'credentials', remedy: 'Sign in again: aws sso login --profile sso' };
  await expect(scan('sso')).rejects.toMatchObject(signIn);
  files.ssoToken(new Date(Date.now() - 1000));
  await expect(scan('sso')).rejects.toMatchObject(signIn);
  files.ssoToken(new Date(Date.now() + 3_600_000));
  const { accountId, report } = await scan('sso');
  expect(accountId).toBe(MOTO_ACCOUNT);
  expect(report).toContain('bucket-of-the-scanner');
}, 60_000);

test('the real scanner with a wrong external id, and with a profile that wants a code', async () => {
  await expect(scan('stranger')).rejects.toMatchObject({
    type: 'credentials',
    message: expect.stringContaining('AssumeRole'),
    remedy: expect.stringMatching(/external_id.*trust policy/),
  });
  await expect(scan('mfa')).rejects.toMatchObject({
    type: 'credentials',
    message: 'Authentication failure: the profile asks for an MFA code',
    remedy: expect.stringContaining('mfa_serial'),
  });
}, 60_000);
