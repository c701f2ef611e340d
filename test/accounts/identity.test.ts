import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { identityOf } from '../../src/accounts/identity.ts';
import { profileAccess } from '../../src/accounts/profile-access.ts';
import { identify } from '../../src/processes/identity.ts';
import { loadConfig } from '../../src/settings.ts';
import { EXTERNAL_ID, startAwsGate } from '../support/aws-gate.ts';
import type { AwsGate } from '../support/aws-gate.ts';
import { MOTO_ACCOUNT, startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';
import { ROLE_ACCOUNT, writeAwsFiles } from '../support/signing-in.ts';
import type { AwsFiles } from '../support/signing-in.ts';

let moto: Moto;
let gate: AwsGate;
let files: AwsFiles;

beforeAll(async () => {
  moto = await startMoto();
  gate = await startAwsGate(moto.url);
  files = writeAwsFiles(gate.url);
}, 60_000);

afterAll(async () => {
  files?.remove();
  await gate?.stop();
  await moto?.stop();
});

/** Of the configured files, not of those that AWS_CONFIG_FILE or HOME name. */
async function account(profile: string, timeoutMs = 15_000): Promise<string> {
  const { configFile, credentialsFile } = files;
  const { config } = loadConfig({ aws: { configFile, credentialsFile } }, tmpdir());
  const access = await profileAccess(profile, config);
  return (await identityOf(access, { signal: new AbortController().signal, timeoutMs })).accountId;
}

test('a role is assumed with its external id, by the keys of its source', async () => {
  expect(await account('role')).toBe(ROLE_ACCOUNT);
  expect(gate.assumed.at(-1)).toEqual({
    roleArn: `arn:aws:iam::${ROLE_ACCOUNT}:role/vedette`,
    externalId: EXTERNAL_ID,
    by: 'AKIAIOSFODNN7EXAMPLE',
  });
});

test('a role is assumed by another role, by a pod, by the environment, and keys come from a program', async () => {
  expect(await account('chained')).toBe('333333333333');
  expect(gate.assumed.at(-1)?.by).toMatch(/^ASIA/);
  expect(await account('through-pod')).toBe('333333333333');
  expect(await account('environment')).toBe(ROLE_ACCOUNT);
  expect(await account('process')).toBe(MOTO_ACCOUNT);
});

test('a wrong external id is refused, and the failure says where to look', async () => {
  await expect(account('stranger')).rejects.toMatchObject({
    type: 'credentials',
    message: expect.stringContaining('not authorized to perform: sts:AssumeRole'),
    remedy: expect.stringMatching(/external_id.*trust policy/),
  });
});

test('who has not signed in to IAM Identity Center, or too long ago, is told how', async () => {
  const signIn = { type: 'credentials', remedy: 'Sign in again: aws sso login --profile sso' };
  await expect(account('sso')).rejects.toMatchObject(signIn);
  files.ssoToken(new Date(Date.now() - 1000));
  await expect(account('sso')).rejects.toMatchObject(signIn);
  files.ssoToken(new Date(Date.now() + 3_600_000));
  expect(await account('sso')).toBe(MOTO_ACCOUNT);
});

test('a profile that wants a code is refused at once', async () => {
  await expect(account('mfa')).rejects.toMatchObject({
    type: 'credentials',
    remedy: expect.stringContaining('mfa_serial'),
  });
});

test('a program that leaves an agent, which holds its output open, takes no longer than anything may', async () => {
  await expect(account('agent', 1000)).rejects.toMatchObject({
    message: expect.stringContaining('no answer in 1 s'),
  });
  const agent = Number(readFileSync(files.agentPidFile, 'utf8'));
  // It would be over by now, had we waited for it.
  expect(identify(agent)).toBeDefined();
  process.kill(agent, 'SIGKILL');
});
