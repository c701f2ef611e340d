import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startAwsGate } from '../support/aws-gate.ts';
import type { AwsGate } from '../support/aws-gate.ts';
import { createCliHome } from '../support/cli.ts';
import { GOOGLE_PROJECT } from '../support/google-project.ts';
import { startGoogle } from '../support/google-stand-in.ts';
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
  expect(await vedette('remove', 'second')).toMatchObject({ code: 0 });
  expect(await vedette('show', 'production')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('vedette account list'),
  });
}, 60_000);

test('a project of Google Cloud is added, refused until Google lets us in, shown and removed', async () => {
  const google = await startGoogle(() => GOOGLE_PROJECT);
  const file = await google.credentialsFile(home.folder);
  const run = (...args: string[]) =>
    home.run(['account', ...args], {
      VEDETTE_GOOGLE_ENDPOINT: google.url,
      GOOGLE_APPLICATION_CREDENTIALS: file,
    });
  try {
    const added = await run('add', 'shop', '--project', 'shop-prod', '-o', 'json');
    expect(added).toMatchObject({ code: 0, stderr: expect.stringContaining('vedette account check shop') });
    expect(JSON.parse(added.stdout)).toMatchObject({
      kind: 'gcp-project',
      projectId: 'shop-prod',
      serviceAccount: null,
      checkedAt: null,
    });
    const missing = { GOOGLE_APPLICATION_CREDENTIALS: `${file}.gone` };
    expect(await home.run(['account', 'check', 'shop'], missing)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('GOOGLE_APPLICATION_CREDENTIALS'),
    });
    expect(await run('check', 'shop')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('shop can be scanned'),
    });
    const { accounts } = JSON.parse((await run('list', '-o', 'json')).stdout);
    expect(accounts).toMatchObject([{ name: 'shop', accountId: 'shop-prod', problem: null }]);
    expect((await run('show', 'shop')).stdout).toContain("vedette's own identity");
    expect(await run('add', 'shop', '--role', ROLE)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('already'),
    });
    expect(await run('remove', 'shop')).toMatchObject({ code: 0 });
    expect(JSON.parse((await run('list', '-o', 'json')).stdout)).toEqual({ accounts: [] });
  } finally {
    await google.stop();
  }
}, 60_000);

test.each([
  [['123456789012', '--role', ROLE], 'not twelve digits'],
  [['-x', '--role', ROLE], 'unknown option'],
  [['prod', '--role', 'arn:aws:iam::222222222222:user/vedette'], 'not the ARN of a role'],
  [['prod', '--role', ROLE, '--base-profile', 'nobody'], 'no profile "nobody"'],
  [['dev', '--role', ROLE], 'profile of the AWS configuration is named "dev"'],
  [['prod'], 'by a role of AWS or by a project of Google Cloud'],
  [['prod', '--project', 'shop-prod', '--role', ROLE], 'by a role of AWS or by a project of Google Cloud'],
  [['prod', '--project', '123456789012'], 'the id of the project'],
  [['prod', '--project', 'shop-prod', '--service-account', 'me@example.com'], '….gserviceaccount.com'],
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
