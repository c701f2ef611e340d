import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { identityOf } from '../../src/accounts/identity.ts';
import { profileAccess } from '../../src/accounts/profile-access.ts';
import { loadAwsConfiguration } from '../../src/accounts/profiles.ts';
import { reportOf } from '../../src/errors.ts';
import { childEnvironment } from '../../src/processes/environment.ts';
import { loadConfig } from '../../src/settings.ts';
import { EXTERNAL_ID, startAwsGate } from '../support/aws-gate.ts';
import type { AwsGate } from '../support/aws-gate.ts';
import { startProgram } from '../support/cli.ts';
import { MOTO_ACCOUNT, startMoto } from '../support/moto-server.ts';
import type { Moto } from '../support/moto-server.ts';
import { ROLE_ACCOUNT, writeAwsFiles } from '../support/signing-in.ts';
import type { AwsFiles } from '../support/signing-in.ts';

/** Before HOME is another one. */
const python = join(loadConfig().config.general.home, 'scoutsuite', 'bin', 'python');
const folder = mkdtempSync(join(tmpdir(), 'vedette-credentials-'));
const files = { configFile: join(folder, 'config'), credentialsFile: join(folder, 'credentials') };
let moto: Moto;
let gate: AwsGate;
let home: AwsFiles;

const ROLE = `role_arn = arn:aws:iam::${ROLE_ACCOUNT}:role/vedette\nexternal_id = ${EXTERNAL_ID}\n`;
const SSO = `sso_account_id = ${MOTO_ACCOUNT}\nsso_role_name = SecurityAudit\n`;
const keys = (name: string): string => `aws_access_key_id = AKIA${name}\naws_secret_access_key = x\n`;
const REFUSED = 'refused';
const ASSUMED = `${ROLE_ACCOUNT} temporary`;
const own = (name: string, token: string | null = null): string => `${MOTO_ACCOUNT} AKIA${name} ${token}`;

/** By the header of the section: what is in it, in the config and in the credentials file, and who that is. */
const PROFILES: [name: string, header: string, config: string, credentials: string | null, who: string][] = [
  ['two words', 'profile "two words"', `${ROLE}source_profile = my "keys"`, null, ASSUMED],
  ['my "keys"', `profile 'my "keys"'`, '', keys('FILE'), own('FILE')],
  ['zürich', 'profile zürich', `${ROLE}source_profile = two words`, null, ASSUMED],
  ['services.x', 'profile services.x', keys('OWN'), null, own('OWN')],
  ['UPPER', 'profile UPPER', `${ROLE}SOURCE_PROFILE: services.x`, null, ASSUMED],
  ['source # of', 'profile "source # of"', keys('SHARP'), null, own('SHARP')],
  ['comment', 'profile comment', `${ROLE}source_profile = services.x # the keys`, null, REFUSED],
  ['no comment', 'profile "no comment"', `${ROLE}source_profile = source # of`, null, ASSUMED],
  ['both files', 'profile "both files"', `${keys('OWN')}aws_session_token = t`, keys('FILE'), own('FILE')],
  ['token', 'profile token', '', `${keys('FILE')}aws_session_token = t`, own('FILE', 't')],
  ['old token', 'profile "old token"', `${keys('OWN')}aws_security_token = t`, null, own('OWN', 't')],
  ['half', 'profile half', 'aws_access_key_id = AKIAHALF', null, REFUSED],
  ['itself', 'profile itself', `${keys('SELF')}${ROLE}source_profile = itself`, null, ASSUMED],
  ['loop', 'profile loop', `${ROLE}source_profile = pool`, null, REFUSED],
  ['pool', 'profile pool', `${ROLE}source_profile = loop`, null, REFUSED],
  ['sourceless', 'profile sourceless', ROLE, null, REFUSED],
  ['of nobody', 'profile "of nobody"', `${ROLE}source_profile = nobody`, null, REFUSED],
  ['of nothing', 'profile "of nothing"', `${ROLE}source_profile = nothing`, null, REFUSED],
  [
    'two sources',
    'profile "two sources"',
    `${ROLE}source_profile = UPPER\ncredential_source = Environment`,
    null,
    REFUSED,
  ],
  ['no source', 'profile "no source"', `${ROLE}credential_source = environment`, null, REFUSED],
  ['nothing', 'profile nothing', '', null, REFUSED],
  [
    'program',
    'profile program',
    `credential_process = "${folder}/a program" '; #' "$HOME"`,
    null,
    own('PRINTED'),
  ],
  ['wordy program', 'profile "wordy program"', `credential_process = "${folder}/a program" x`, null, REFUSED],
  [
    'keys, program',
    'profile "keys, program"',
    `credential_process = "${folder}/a program"\n${keys('OWN')}`,
    keys('FILE'),
    own('FILE'),
  ],
  [
    'program, keys',
    'profile "program, keys"',
    `credential_process = "${folder}/a program" '; #' "$HOME"\n${keys('OWN')}`,
    null,
    own('PRINTED'),
  ],
  ['centre', 'profile centre', `${SSO}sso_session = acme corp\n`, null, `${MOTO_ACCOUNT} temporary`],
  [
    'old centre',
    'profile "old centre"',
    `${SSO}sso_start_url = acme corp\nsso_region = us-east-1`,
    null,
    `${MOTO_ACCOUNT} temporary`,
  ],
  ['centre of none', 'profile "centre of none"', `${SSO}sso_session = acme\n`, null, REFUSED],
  [
    'centre elsewhere',
    'profile "centre elsewhere"',
    `${SSO}sso_session = acme corp\nsso_region = eu-west-1`,
    null,
    REFUSED,
  ],
  ['pod', 'profile pod', `${ROLE}web_identity_token_file = ${folder}/token`, keys('FILE'), ASSUMED],
  [
    'pod without role',
    'profile "pod without role"',
    `web_identity_token_file = ${folder}/token`,
    keys('FILE'),
    REFUSED,
  ],
];

beforeAll(async () => {
  moto = await startMoto();
  gate = await startAwsGate(moto.url);
  home = writeAwsFiles(gate.url);
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  const config = PROFILES.map(([, header, text]) => `[${header}]\n${text}\n`);
  const credentials = PROFILES.map(([name, , , text]) => (text === null ? '' : `[${name}]\n${text}\n`));
  const defaults = `[DEFAULT]\nregion = us-east-1\nendpoint_url = ${gate.url}\n`;
  const session =
    '[sso-session "acme corp"]\nsso_start_url = https://example.com/start\nsso_region = us-east-1\n';
  writeFileSync(files.configFile, [defaults, ...config, session].join('\n'));
  writeFileSync(files.credentialsFile, credentials.join('\n'));
  writeFileSync(join(folder, 'token'), 'a fake token of a pod');
  const printed = JSON.stringify({ Version: 1, AccessKeyId: 'AKIAPRINTED', SecretAccessKey: 'x' });
  const program = join(folder, 'a program');
  writeFileSync(program, `#!/bin/sh\n[ "$1$2" = '; #$HOME' ] && echo '${printed}'\n`);
  chmodSync(program, 0o700);
  home.ssoToken(new Date(Date.now() + 3_600_000), 'acme corp');
}, 60_000);

afterAll(async () => {
  delete process.env['AWS_EC2_METADATA_DISABLED'];
  home?.remove();
  rmSync(folder, { recursive: true });
  await gate?.stop();
  await moto?.stop();
});

const config = () => loadConfig({ aws: files }, tmpdir()).config;

async function ourIdentity(profile: string): Promise<string> {
  const access = await profileAccess(profile, config());
  try {
    const { accessKeyId, sessionToken = null } = await access.credentials();
    const { accountId } = await identityOf(access, { signal: new AbortController().signal });
    return `${accountId} ${accessKeyId.startsWith('AKIA') ? `${accessKeyId} ${sessionToken}` : 'temporary'}`;
  } catch (error) {
    return reportOf(error).type === 'credentials' ? REFUSED : String(error);
  }
}

const SCRIPT = `
import json, sys, boto3
def identity(profile):
    try:
        session = boto3.Session(profile_name=profile)
        account = session.client('sts').get_caller_identity()['Account']
    except Exception:
        return '${REFUSED}'
    keys = session.get_credentials().get_frozen_credentials()
    known = keys.access_key.startswith('AKIA')
    return account + ' ' + (keys.access_key + ' ' + (keys.token or 'null') if known else 'temporary')
print(json.dumps([identity(profile) for profile in json.load(open(sys.argv[1]))]))
`;

/** With the environment that the scanner is given. */
async function identitiesOfBoto3(names: readonly string[]): Promise<string[]> {
  const [script, list] = [join(folder, 'who.py'), join(folder, 'names.json')];
  writeFileSync(script, SCRIPT);
  writeFileSync(list, JSON.stringify(names));
  const { environment } = await profileAccess('nothing', config());
  const variables = { ...childEnvironment(), ...(await environment(folder)) };
  const { code, stdout, stderr } = await startProgram(python, [script, list], variables, folder).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as string[];
}

test('each profile is who AWS says, for us and for the scanner', async () => {
  const names = PROFILES.map(([name]) => name);
  const expected = PROFILES.map(([name, , , , who]) => [name, who]);
  const byBoto3 = await identitiesOfBoto3(names);
  expect(names.map((name, index) => [name, byBoto3[index]])).toEqual(expected);
  const ours: string[][] = [];
  for (const name of names) ours.push([name, await ourIdentity(name)]);
  expect(ours).toEqual(expected);
}, 120_000);

test('all of them are listed', async () => {
  const { profiles } = await loadAwsConfiguration(config());
  expect([...profiles.keys()].toSorted()).toEqual(PROFILES.map(([name]) => name).toSorted());
});
