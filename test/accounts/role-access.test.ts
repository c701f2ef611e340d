import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { checkAccount } from '../../src/accounts/check-account.ts';
import { identityOf } from '../../src/accounts/identity.ts';
import { roleAccess } from '../../src/accounts/role-access.ts';
import type { Account } from '../../src/model/account.ts';
import { childEnvironment } from '../../src/processes/environment.ts';
import { loadConfig } from '../../src/settings.ts';
import type { ConfigOverrides } from '../../src/settings.ts';
import { startAwsGate } from '../support/aws-gate.ts';
import type { AwsGate } from '../support/aws-gate.ts';
import { refuseSts, startAwsStandIn } from '../support/aws-stand-in.ts';
import type { AwsStandIn } from '../support/aws-stand-in.ts';
import { startProgram } from '../support/cli.ts';
import { MOTO_ACCOUNT, startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';
import { ROLE_ACCOUNT, writeAwsFiles } from '../support/signing-in.ts';
import type { AwsFiles } from '../support/signing-in.ts';

const OUR_EXTERNAL_ID = '3d0b4c1e-0f5e-4b57-a4a3-5a5b0e8d8a11';
const KEYS = { accessKeyId: 'AKIAOWNOWNOWNOWNOWNO', secretAccessKey: 'own' };
/** Before HOME is another one. */
const python = join(loadConfig().config.general.home, 'scoutsuite', 'bin', 'python');
const { signal } = new AbortController();

const account: Account = {
  organizationId: 'default',
  name: 'production',
  kind: 'aws-role',
  accountId: ROLE_ACCOUNT,
  roleArn: `arn:aws:iam::${ROLE_ACCOUNT}:role/vedette`,
  externalId: OUR_EXTERNAL_ID,
  baseProfile: 'scanner',
  createdAt: '2026-11-22T00:00:00.000Z',
  createdBy: 'me',
  checkedAt: null,
  problem: null,
};

let moto: Moto;
let gate: AwsGate;
let files: AwsFiles;
let folder: string;

beforeAll(async () => {
  moto = await startMoto();
  gate = await startAwsGate(moto.url);
  gate.externalIds.add(OUR_EXTERNAL_ID);
  files = writeAwsFiles(gate.url);
}, 60_000);
afterAll(async () => {
  files?.remove();
  await gate?.stop();
  await moto?.stop();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-role-'));
  gate.assumed.length = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  delete process.env['AWS_ENDPOINT_URL'];
});

function config(aws: ConfigOverrides['aws'] = {}) {
  const { configFile, credentialsFile } = files;
  return loadConfig({ aws: { configFile, credentialsFile, ...aws } }, tmpdir()).config;
}

/** Keys for vedette itself, at the gate. */
function ownConfig() {
  process.env['AWS_ENDPOINT_URL'] = gate.url;
  return config(KEYS);
}

describe('the credentials of a role', () => {
  test('are had by the base profile, with the external id, once for all who ask', async () => {
    const access = await roleAccess(account, config());
    const asked = await Promise.all([access.credentials(), access.credentials(), access.credentials()]);
    expect(new Set(asked).size).toBe(1);
    expect(asked[0]?.expiration?.getTime()).toBeGreaterThan(Date.now());
    expect(await identityOf(access, { signal })).toMatchObject({
      accountId: ROLE_ACCOUNT,
      arn: expect.stringContaining(':assumed-role/vedette/vedette'),
    });
    expect(gate.assumed).toEqual([
      { roleArn: account.roleArn, externalId: OUR_EXTERNAL_ID, by: 'AKIAIOSFODNN7EXAMPLE' },
    ]);
  });

  test('are had by a base profile that assumes a role itself', async () => {
    const access = await roleAccess({ ...account, baseProfile: 'role' }, config());
    expect(await identityOf(access, { signal })).toMatchObject({ accountId: ROLE_ACCOUNT });
    expect(gate.assumed.map(({ by }) => by)).toEqual([
      'AKIAIOSFODNN7EXAMPLE',
      expect.stringMatching(/^ASIA/),
    ]);
  });

  test("are had by vedette's own keys where no profile is named", async () => {
    const access = await roleAccess({ ...account, baseProfile: null }, ownConfig());
    expect(await identityOf(access, { signal })).toMatchObject({ accountId: ROLE_ACCOUNT });
    expect(gate.assumed).toMatchObject([{ by: KEYS.accessKeyId }]);
  });

  test.each([
    ['arn:aws:iam::222222222222:role/x', 'eu-west-1', 'eu-west-1'],
    ['arn:aws-cn:iam::222222222222:role/x', 'eu-west-1', 'cn-northwest-1'],
    ['arn:aws-us-gov:iam::222222222222:role/x', undefined, 'us-gov-west-1'],
    ['arn:aws-eusc:iam::222222222222:role/x', 'us-east-1', 'eusc-de-east-1'],
  ])('of %s are asked for in its own partition', async (roleArn, region, expected) => {
    const access = await roleAccess({ ...account, roleArn, baseProfile: null }, config({ ...KEYS, region }));
    expect(access.region).toBe(expected);
  });
});

describe('a role that cannot be assumed', () => {
  const failure = async (change: Partial<Account>, settings = config()) => {
    const access = await roleAccess({ ...account, ...change }, settings);
    return access.credentials().then(
      () => null,
      (error: unknown) => error,
    );
  };

  test('because of the external id, or because it is not there: the trust policy is the place to look', async () => {
    expect(await failure({ externalId: 'another' })).toMatchObject({
      type: 'credentials',
      message: expect.stringContaining(`${account.roleArn} cannot be assumed: AccessDenied`),
      remedy: expect.stringMatching(/external id.*vedette account show production/),
    });
  });

  test('because its base profile has not signed in: how to sign in', async () => {
    expect(await failure({ baseProfile: 'sso' })).toMatchObject({
      type: 'credentials',
      remedy: 'Sign in again: aws sso login --profile sso',
    });
  });

  test('because its base profile is not there: which are', async () => {
    expect(await failure({ baseProfile: 'nobody' })).toMatchObject({
      type: 'credentials',
      message: 'The AWS configuration has no profile "nobody".',
    });
  });

  describe('says AWS', () => {
    let aws: AwsStandIn;
    beforeAll(async () => {
      aws = await startAwsStandIn();
    });
    afterAll(() => aws.stop());
    const answered = async (status: number, code: string, message: string) => {
      process.env['AWS_ENDPOINT_URL'] = aws.url;
      aws.answers = [refuseSts(status, code, message)];
      return failure({ baseProfile: null }, config(KEYS));
    };

    test.each([
      [403, 'RequestTimeTooSkewed', 'The difference is too large', 'credentials', /clock/],
      [403, 'InvalidClientTokenId', 'The security token is invalid', 'credentials', /AWS_ACCESS_KEY_ID/],
      [403, 'RegionDisabledException', 'STS is not activated in this region', 'credentials', /AWS_REGION/],
      [
        403,
        'AccessDenied',
        'because no identity-based policy allows the sts:AssumeRole action',
        'credentials',
        /^Allow sts:AssumeRole on arn:aws:iam::222222222222:role\/vedette/,
      ],
      [403, 'AccessDenied', 'with an explicit deny in a service control policy', 'credentials', /Deny/],
      [500, 'InternalFailure', 'try later', 'aws-unreachable', /network/],
    ])('%i %s %s', async (status, code, message, type, remedy) => {
      expect(await answered(status, code, message)).toMatchObject({
        type,
        message: expect.stringContaining(message),
        remedy: expect.stringMatching(remedy),
      });
    });

    test('nothing', async () => {
      process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:1';
      expect(await failure({ baseProfile: null }, config(KEYS))).toMatchObject({
        type: 'aws-unreachable',
        remedy: expect.stringContaining('AWS_ENDPOINT_URL'),
      });
    });
  });
});

describe('a program that signs in by itself', () => {
  /** Who AWS's Python library is with that environment; then the same after its credentials have run out. */
  const SCRIPT = `
import sys, datetime, boto3
session = boto3.Session(profile_name=sys.argv[1])
print(session.client('sts').get_caller_identity()['Account'])
credentials = session.get_credentials()
session._session.get_component('credential_provider').get_provider('assume-role').cache.clear()
credentials._expiry_time = datetime.datetime.now(datetime.timezone.utc)
print(session.client('sts').get_caller_identity()['Account'])
`;

  async function identities(change: Partial<Account>, settings = config()) {
    const access = await roleAccess({ ...account, ...change }, settings);
    const environment = { ...childEnvironment(), ...(await access.environment(join(folder, 'scan'))) };
    const script = join(folder, 'who.py');
    writeFileSync(script, SCRIPT);
    const program = startProgram(python, [script, access.profile ?? ''], environment, folder);
    const { code, stdout, stderr } = await program.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return { accounts: stdout.trim().split('\n'), environment };
  }

  test.each([
    ['a profile with keys', { baseProfile: 'scanner' }, /^AKIA/],
    ['a profile with a role', { baseProfile: 'role' }, /^ASIA/],
  ])(
    'is let in by %s, and again when that has run out',
    async (_name, change, by) => {
      const { accounts, environment } = await identities(change);
      expect(accounts).toEqual([ROLE_ACCOUNT, ROLE_ACCOUNT]);
      const entered = gate.assumed.filter(({ externalId }) => externalId === OUR_EXTERNAL_ID);
      expect(entered).toHaveLength(2);
      expect(entered[1]).toEqual({
        roleArn: account.roleArn,
        externalId: OUR_EXTERNAL_ID,
        by: expect.stringMatching(by),
      });
      expect(environment).not.toHaveProperty('AWS_ACCESS_KEY_ID');
    },
    60_000,
  );

  test("is let in by vedette's own keys", async () => {
    const { accounts } = await identities({ baseProfile: null }, ownConfig());
    expect(accounts).toEqual([ROLE_ACCOUNT, ROLE_ACCOUNT]);
    expect(gate.assumed).toMatchObject([{ by: KEYS.accessKeyId }, { by: KEYS.accessKeyId }]);
  }, 60_000);

  test('reads a file that is for this user alone and holds no keys', async () => {
    const access = await roleAccess({ ...account, baseProfile: 'role' }, config());
    const { AWS_CONFIG_FILE: file = '' } = await access.environment(join(folder, 'scan'));
    expect(file.startsWith(folder)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(`external_id = ${OUR_EXTERNAL_ID}`);
    expect(text).not.toMatch(/secret|AKIA|sso|process/i);
  });
});

describe('checkAccount', () => {
  test('is content with a role that asks for the external id', async () => {
    await checkAccount(account, config(), signal);
    expect(gate.assumed.map(({ externalId }) => externalId)).toEqual([
      OUR_EXTERNAL_ID,
      null,
      expect.not.stringMatching(OUR_EXTERNAL_ID),
    ]);
  });

  test('is not with one that lets in who brings any', async () => {
    gate.takesAny = true;
    try {
      await expect(checkAccount(account, config(), signal)).rejects.toMatchObject({
        type: 'credentials',
        message: expect.stringContaining('with another external id'),
        remedy: expect.stringContaining('sts:ExternalId'),
      });
    } finally {
      gate.takesAny = false;
    }
  });

  test('lets nobody but those who run the installation name a role in its own account', async () => {
    const own = { ...account, accountId: MOTO_ACCOUNT, roleArn: `arn:aws:iam::${MOTO_ACCOUNT}:role/vedette` };
    await checkAccount(own, config(), signal);
    await expect(checkAccount({ ...own, organizationId: 'acme' }, config(), signal)).rejects.toMatchObject({
      type: 'credentials',
      message: `${own.roleArn} is in the account of this installation itself.`,
    });
  });

  test('is not with one that lets in who does not bring it', async () => {
    gate.externalIds.add(null);
    try {
      await expect(checkAccount(account, config(), signal)).rejects.toMatchObject({
        type: 'credentials',
        message: expect.stringContaining('without the external id'),
        remedy: expect.stringContaining('sts:ExternalId'),
      });
    } finally {
      gate.externalIds.delete(null);
    }
  });

  test('nor with one that leads elsewhere', async () => {
    const elsewhere = { ...account, accountId: MOTO_ACCOUNT };
    await expect(checkAccount(elsewhere, config(), signal)).rejects.toMatchObject({
      message: expect.stringContaining(`leads into the account ${ROLE_ACCOUNT}`),
    });
  });
});
