import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startAwsGate } from '../support/aws-gate.ts';
import type { AwsGate } from '../support/aws-gate.ts';
import { createCliHome } from '../support/cli.ts';
import { MOTO_ACCOUNT, startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';

const ROLE = 'arn:aws:iam::222222222222:role/vedette';
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAOWNOWNOWNOWNOWNO', AWS_SECRET_ACCESS_KEY: 'own' };
const home = createCliHome(KEYS);
let moto: Moto;
let gate: AwsGate;

const vedette = (...args: string[]) => home.run(['account', ...args], { AWS_ENDPOINT_URL: gate.url });

beforeAll(async () => {
  home.profiles({ dev: { region: 'eu-west-1' } });
  moto = await startMoto();
  gate = await startAwsGate(moto.url);
}, 60_000);
afterAll(async () => {
  await gate?.stop();
  await moto?.stop();
  home.remove();
});

test('an account is added, refused until its role trusts us, then let in, and removed', async () => {
  const added = await vedette('add', 'production', '--role', ROLE, '-o', 'json');
  expect(added).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('vedette account check production'),
  });
  const { externalId, trustPolicy, ...account } = JSON.parse(added.stdout);
  expect(account).toMatchObject({
    name: 'production',
    kind: 'aws-role',
    accountId: '222222222222',
    roleArn: ROLE,
    baseProfile: null,
    checkedAt: null,
  });
  expect(trustPolicy.Statement[0]).toMatchObject({
    Principal: { AWS: expect.stringContaining(MOTO_ACCOUNT) },
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
  });

  const refused = await vedette('check', 'production');
  expect(refused).toMatchObject({
    code: 4,
    stdout: '',
    stderr: expect.stringMatching(/cannot be assumed: AccessDenied[^]*vedette account show production/),
  });
  expect((await vedette('list')).stdout).toContain('cannot be assumed');

  gate.externalIds.add(externalId);
  expect(await vedette('check', 'production')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('222222222222'),
  });
  const { accounts } = JSON.parse((await vedette('list', '-o', 'json')).stdout);
  expect(accounts).toMatchObject([{ name: 'production', problem: null, checkedAt: expect.any(String) }]);

  // The organisation's external id is known to the other roles already.
  const second = await vedette(
    'add',
    'second',
    '--role',
    ROLE.replace('2222', '3333'),
    '--check',
    '-o',
    'json',
  );
  expect(second).toMatchObject({ code: 0, stderr: expect.stringContaining('second can be scanned') });
  expect(JSON.parse(second.stdout)).toMatchObject({ externalId });

  const shown = await vedette('show', 'production');
  expect(shown.stdout).toContain(externalId);
  expect(await vedette('remove', 'production')).toMatchObject({ code: 0 });
  expect(await vedette('show', 'production')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('vedette account list'),
  });
}, 60_000);

test.each([
  [['123456789012', '--role', ROLE], 'not twelve digits'],
  [['-x', '--role', ROLE], 'unknown option'],
  [['prod', '--role', 'arn:aws:iam::222222222222:user/vedette'], 'not the ARN of a role'],
  [['prod', '--role', ROLE, '--base-profile', 'nobody'], 'no profile "nobody"'],
  [['dev', '--role', ROLE], 'profile of the AWS configuration is named "dev"'],
  [['prod'], "required option '--role <arn>'"],
])(
  '%j is refused with exit code 2',
  async (args, message) => {
    expect(await vedette('add', ...args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  },
  20_000,
);

test('without an identity of its own, vedette tells what is missing in the policy', async () => {
  const without = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' };
  const added = await home.run(['account', 'add', 'early', '--role', ROLE, '-o', 'json'], without);
  expect(added).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('AWS_ACCESS_KEY_ID'),
  });
  expect(JSON.parse(added.stdout).trustPolicy.Statement[0].Principal.AWS).toContain('ACCOUNT-ID-OF-VEDETTE');
}, 30_000);
