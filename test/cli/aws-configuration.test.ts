import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createCliHome } from '../support/cli.ts';
import type { CliHome } from '../support/cli.ts';

const ROLE = 'role_arn = arn:aws:iam::100000000002:role/scan\nsource_profile = default\n';
const CONFIG = `[default]
region = eu-west-1
[profile 'two words']
${ROLE}
[profile zürich]
${ROLE.toUpperCase().replace('ARN:AWS:IAM::100000000002:ROLE/SCAN', 'arn:aws:iam::100000000006:role/scan')}
[profile services.prod]
region = eu-west-1
[plugins]
endpoint = example
[sso-session corp]
sso_region = eu-west-1
[services local]
s3 =
  endpoint_url = http://127.0.0.1:1
[prod]
region = eu-west-1
[profile not quoted]
region = eu-west-1
 [profile indented]
`;
/** Of a section that is there twice. */
const TWICE = '[profile prod]\nregion = eu-west-1\n\n[profile prod]\nregion = us-east-1\n';

let home: CliHome;

beforeAll(() => {
  home = createCliHome({ AWS_EC2_METADATA_DISABLED: 'true' });
});
afterAll(() => home.remove());

const configFile = () => home.environment['AWS_CONFIG_FILE'] as string;
const write = (config: string): void => writeFileSync(configFile(), config);
/** Nothing was started. */
const isIdle = (): boolean => !existsSync(join(home.home, 'temporal.db'));

test('profiles list: those that AWS tools know; what is none is named in a warning', async () => {
  write(CONFIG);
  writeFileSync(
    join(home.folder, 'aws-credentials'),
    '[my keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n',
  );
  const { code, stdout, stderr } = await home.run(['profiles', 'list', '-o', 'json']);
  expect(code).toBe(0);
  const { profiles } = JSON.parse(stdout) as { profiles: { profile: string; accountId: string | null }[] };
  expect(profiles.map(({ profile, accountId }) => [profile, accountId])).toEqual([
    ['default', null],
    ['my keys', null],
    ['services.prod', null],
    ['two words', '100000000002'],
    ['zürich', '100000000006'],
  ]);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/:20: \[prod\] is no profile/),
    expect.stringMatching(/:22: \[profile not quoted\] is no profile/),
    `Warning: ${configFile()}:24: [profile indented] belongs to the value above: it is indented`,
  ]);
}, 60_000);

test('doctor: a line for what counts for nothing, and one for each profile', async () => {
  write(CONFIG);
  const { stdout } = await home.run(['doctor', '-o', 'json']);
  const { checks } = JSON.parse(stdout) as { checks: { name: string; status: string; detail: string }[] };
  const warnings = checks.filter(({ status }) => status === 'warning');
  expect(warnings.map(({ name, detail }) => [name, detail.replace(/(:\d+:).*/, '$1')])).toEqual([
    ['AWS configuration', `${configFile()}:20:`],
    ['AWS configuration', `${configFile()}:22:`],
    ['AWS configuration', `${configFile()}:24:`],
  ]);
  const names = checks.map(({ name }) => name).filter((name) => name.startsWith('profile '));
  expect(names).toEqual(
    ['default', 'my keys', 'services.prod', 'two words', 'zürich'].map((name) => `profile ${name}`),
  );
}, 60_000);

test('doctor: a file that the scanner could not read, with line and reason', async () => {
  write(TWICE);
  const { code, stdout } = await home.run(['doctor']);
  expect(code).toBe(1);
  expect(stdout).toContain(
    `✗ AWS configuration: The scanner cannot read the AWS configuration: ${configFile()}:4: ` +
      '[profile prod] is there twice, first in line 1.\n  → ',
  );
  expect(stdout).not.toContain('profile prod:');
}, 60_000);

test.each([
  ['a file that the scanner could not read', TWICE, ['--all'], /:4: \[profile prod\] is there twice/],
  ['the same for one profile', TWICE, ['--account', 'prod'], /:4: \[profile prod\] is there twice/],
  ['an account beside all of them', CONFIG, ['--account', 'default', '--all'], /'--all'.*'--account/],
  ['a service that is none', CONFIG, ['--all', '--services', 's33'], /"s33".*[^]*Did you mean s3\?/],
  [
    'a region that is none',
    CONFIG,
    ['--all', '--regions', 'us-esat-1'],
    /"us-esat-1".*[^]*Did you mean us-east-1\?/,
  ],
])(
  'scan run: refused before anything starts: %s',
  async (_name, config, args, problem) => {
    write(config);
    const { code, stderr } = await home.run(['scan', 'run', ...args]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(problem) });
    expect(isIdle()).toBe(true);
  },
  60_000,
);
