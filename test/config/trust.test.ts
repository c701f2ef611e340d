import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/settings.ts';

/** Somebody else; changing owners needs root, as which the tests run. */
const STRANGER = 12_345;
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'vedette-trust-')), 'cwd');
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const FILES = {
  '.env': 'VEDETTE_SCOUT_COMMAND=./scout\nDB_NAME=scans\n',
  'vedette.yaml': 'scoutsuite:\n  command: ./scout\ndatabase:\n  name: scans\n',
};

function load(environment = {}) {
  return loadConfig({}, folder, environment).config;
}

const inFolder = (name: string): string => join(folder, name);

const UNSAFE: [string, (file: string) => void, RegExp][] = [
  ['a folder of another user', () => chownSync(folder, STRANGER, 0), /cwd belongs to another user \(12345\)/],
  [
    'a file of another user',
    (file) => chownSync(file, STRANGER, 0),
    /(\.env|\.yaml) belongs to another user/,
  ],
  ['a folder that every user can write to', () => chmodSync(folder, 0o777), /every user can write to .*cwd:/],
  ['a file that every user can write', (file) => chmodSync(file, 0o666), /every user can write to .*cwd\//],
  [
    'a file that a group can write',
    (file) => {
      chownSync(file, 0, STRANGER);
      chmodSync(file, 0o664);
    },
    /the group 12345 can write/,
  ],
];

test.each(Object.keys(FILES).flatMap((name) => UNSAFE.map((unsafe) => [name, ...unsafe] as const)))(
  '%s says what is run, but not from %s',
  (name, _case, make, said) => {
    writeFileSync(inFolder(name), FILES[name as keyof typeof FILES]);
    make(inFolder(name));
    expect(load).toThrow(
      expect.objectContaining({
        type: 'config-invalid',
        message: expect.stringMatching(new RegExp(`VEDETTE_SCOUT_COMMAND.*${said.source}.*environment`)),
      }),
    );
    // What runs nothing may come from anywhere, and the environment is ours.
    const { scoutsuite, database } = load({ VEDETTE_SCOUT_COMMAND: '/opt/scout' });
    expect([scoutsuite.command, database.name]).toEqual(['/opt/scout', 'scans']);
  },
);

test.each([
  ['an ordinary checkout', () => undefined],
  [
    'one made with the umask 002 and a group of its own',
    () => {
      chmodSync(folder, 0o775);
      chmodSync(inFolder('.env'), 0o664);
    },
  ],
  ['a folder like /tmp', () => chmodSync(folder, 0o1777)],
])('%s is trusted', (_case, make) => {
  writeFileSync(inFolder('.env'), FILES['.env']);
  make();
  expect(load().scoutsuite.command).toBe('./scout');
});

test('under sudo, the folder of the user who called it is trusted', () => {
  writeFileSync(inFolder('.env'), FILES['.env']);
  for (const path of [folder, inFolder('.env')]) chownSync(path, STRANGER, STRANGER);
  process.env['SUDO_UID'] = String(STRANGER);
  try {
    expect(load().scoutsuite.command).toBe('./scout');
  } finally {
    delete process.env['SUDO_UID'];
  }
});

test.each([
  'VEDETTE_SCOUT_RULESET',
  'TEMPORAL_CLI',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'VEDETTE_HOME',
])('%s leads to what is run as well', (name) => {
  writeFileSync(inFolder('.env'), `${name}=./there\n`);
  chmodSync(folder, 0o777);
  expect(load).toThrow(expect.objectContaining({ message: expect.stringContaining(name) }));
});
