import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { listProfiles } from '../../src/accounts/profiles.ts';
import { loadConfig } from '../../src/settings.ts';

function configWith(config: string, credentials = '') {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-profiles-'));
  const [configFile, credentialsFile] = [join(folder, 'config'), join(folder, 'credentials')];
  writeFileSync(configFile, config);
  writeFileSync(credentialsFile, credentials);
  return loadConfig({ aws: { configFile, credentialsFile } }, folder).config;
}

test('lists the profiles of both files with the account ids that the files tell', async () => {
  const config = configWith(
    `[default]
region = eu-west-1
[profile audit]
role_arn = arn:aws:iam::123456789012:role/audit
source_profile = default
[profile gov]
role_arn = arn:aws-us-gov:iam::078288879880:role/path/x
[profile sso]
sso_session = corp
sso_account_id = 210987654321
[profile 333333333333]
region = eu-west-1
[sso-session corp]
sso_start_url = https://example.com
[services local]
s3 =
  endpoint_url = http://localhost
`,
    '[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n',
  );
  expect(await listProfiles(config)).toEqual([
    { profile: '333333333333', accountId: null },
    { profile: 'audit', accountId: '123456789012' },
    { profile: 'default', accountId: null },
    { profile: 'gov', accountId: '078288879880' },
    { profile: 'keys', accountId: null },
    { profile: 'sso', accountId: '210987654321' },
  ]);
});

test('reads the files again each time', async () => {
  const config = configWith('[profile one]\nregion = x\n');
  await listProfiles(config);
  writeFileSync(config.aws.configFile as string, '[profile two]\nregion = x\n');
  expect(await listProfiles(config)).toEqual([{ profile: 'two', accountId: null }]);
});

test('no files, no profiles', async () => {
  const missing = join(tmpdir(), 'no-such-folder', 'config');
  const { config } = loadConfig({ aws: { configFile: missing, credentialsFile: missing } }, tmpdir());
  expect(await listProfiles(config)).toEqual([]);
});
