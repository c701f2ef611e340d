import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { readAwsFile } from '../src/accounts/aws-files.ts';
import { createProgram } from '../src/cli/main.ts';
import { temporalConnectionOptions } from '../src/client/connection.ts';
import type { Setting } from '../src/config/setting.ts';
import { reportOf } from '../src/errors.ts';
import { googleAccess } from '../src/gcp/access.ts';
import { smtpTransport } from '../src/notify/smtp.ts';
import { loadConfig, settings } from '../src/settings.ts';
import { scanArguments } from '../src/sources/scoutsuite/collect.ts';
import { tlsOptions } from '../src/store/database/server-connection.ts';
import { createCliHome, VEDETTE } from './support/cli.ts';
import { testConfig } from './support/stores.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a command that is run in the folder is told. */
function refusal(): string {
  try {
    loadConfig({}, folder, {});
    return 'none';
  } catch (error) {
    return reportOf(error).message;
  }
}

// A command that is run in a folder of somebody else must not wait for a pipe there, nor read a device without end.
describe.each(['.env', 'vedette.yaml'])('%s of a foreign folder', (name) => {
  test('is refused by name when it is a device', () => {
    symlinkSync('/dev/null', join(folder, name));
    expect(refusal()).toBe(`${join(folder, name)} is not a regular file.`);
  });

  test('is refused by name when it is a folder', () => {
    mkdirSync(join(folder, name));
    expect(refusal()).toBe(`${join(folder, name)} is not a regular file.`);
  });

  test('is refused when it is larger than anybody writes', () => {
    writeFileSync(join(folder, name), '');
    truncateSync(join(folder, name), 1024 * 1024 + 1);
    expect(refusal()).toContain('has 1048577 bytes; at most 1048576 are read');
  });

  test('may be a link to a regular file', () => {
    writeFileSync(join(folder, 'elsewhere'), '# nothing\n');
    symlinkSync(join(folder, 'elsewhere'), join(folder, name));
    expect(refusal()).toBe('none');
  });
});

/** Every command that reads files which its arguments name. */
const READING = [
  'coverage map',
  'detect',
  'import',
  'parse',
  'schedule apply',
  'snapshot evaluate',
  'view360 focus import',
  'view360 load',
];
const WRITING = ['snapshot get'];

describe('a command that is given a device or a pipe', () => {
  const home = createCliHome();
  const pipe = join(home.folder, 'pipe');
  beforeAll(() => void execFileSync('mkfifo', [pipe]));
  afterAll(() => home.remove());

  test('is one of those below', () => {
    const taking = (command: Command, path: readonly string[]): string[] => [
      ...(command.registeredArguments.some((argument) => /file|path/.test(argument.name()))
        ? [path.join(' ')]
        : []),
      ...command.commands.flatMap((child) => taking(child, [...path, child.name()])),
    ];
    expect(taking(createProgram(), []).toSorted()).toEqual([...READING, ...WRITING].toSorted());
  });

  // Starting a process takes long: each is given one of the two.
  test.each(READING.map((command, index) => [command, index % 2 === 0 ? 'pipe' : 'device']))(
    '%s refuses a %s by name, and ends',
    async (command, kind) => {
      const file = kind === 'pipe' ? pipe : '/dev/zero';
      const { code, stdout, stderr } = await home.run([...command.split(' '), file]);
      expect(stdout + stderr).toMatch(/\/(dev\/zero|pipe).* (is not a|it is no) regular file/);
      expect(code).not.toBeNull();
    },
    60_000,
  );
});

/** How each setting that names a file comes to its file. */
const FILES_OF_SETTINGS: Readonly<Record<string, (file: string) => unknown>> = {
  AWS_CONFIG_FILE: readAwsFile,
  AWS_SHARED_CREDENTIALS_FILE: readAwsFile,
  DB_SSL_CA: (sslCa) => tlsOptions(testConfig({ database: { sslCa } }).database),
  DB_SSL_CERT: (sslCert) => tlsOptions(testConfig({ database: { sslCert } }).database),
  DB_SSL_KEY: (sslKey) => tlsOptions(testConfig({ database: { sslKey } }).database),
  GOOGLE_APPLICATION_CREDENTIALS: (credentialsFile) =>
    googleAccess(
      { projectId: 'project', serviceAccount: null },
      { ...testConfig({}).gcp, credentialsFile },
    ).token(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: (tlsCertPath) =>
    temporalConnectionOptions(testConfig({ temporal: { tlsCertPath } }), 'localhost:7233'),
  TEMPORAL_TLS_CLIENT_KEY_PATH: (tlsKeyPath) =>
    temporalConnectionOptions(
      testConfig({ temporal: { tlsKeyPath, tlsCertPath: VEDETTE } }),
      'localhost:7233',
    ),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: (tlsCaPath) =>
    temporalConnectionOptions(testConfig({ temporal: { tlsCaPath, tls: 'true' } }), 'localhost:7233'),
  VEDETTE_SCOUT_RULESET: (ruleset) =>
    scanArguments({
      settings: { ...testConfig({}).scoutsuite, ruleset },
      profile: null,
      options: { services: [], regions: [], initial: false },
      folder: '/tmp',
    }),
  VEDETTE_SMTP_CA: (smtpCa) => smtpTransport(testConfig({ mail: { smtpHost: 'localhost', smtpCa } }), 1000),
};
/** Passed over, as the AWS command line does. */
const EMPTY = { sections: new Map(), problem: null, remarks: [] };

describe('a setting that names a device or a pipe', () => {
  test('is one of those below', () => {
    const named = Object.values(settings)
      .flatMap((group) => Object.values<Setting>(group))
      .filter(({ env, doc }) => /_FILE$|_PATH$/.test(env) || /^(A ruleset )?[Ff]ile |^Credentials /.test(doc))
      .map(({ env }) => env);
    expect(named.toSorted()).toEqual(Object.keys(FILES_OF_SETTINGS).toSorted());
  });

  test.each(Object.entries(FILES_OF_SETTINGS))('%s is not read', async (setting, read) => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const file of ['/dev/zero', pipe]) {
      const came = await (async () => read(file))().catch((error: unknown) => reportOf(error).message);
      expect(came).toEqual(setting.startsWith('AWS') ? EMPTY : `${setting}: ${file} is not a regular file.`);
    }
  });
});
