import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { loadAwsConfiguration } from '../../src/accounts/profiles.ts';
import type { Sections } from '../../src/accounts/profiles.ts';
import { packageRoot } from '../../src/package-root.ts';
import { loadConfig } from '../../src/settings.ts';

interface Files {
  config: string | Uint8Array;
  credentials?: string | Uint8Array;
}

/** What a pair of files comes to: profiles and sessions, or null when they are refused. */
type Reading = { profiles: Plain; sessions: Plain } | null;
type Plain = Record<string, Record<string, string | undefined>>;

const python = join(loadConfig().config.general.home, 'scoutsuite', 'bin', 'python');
const root = mkdtempSync(join(tmpdir(), 'vedette-aws-files-'));
afterAll(() => rmSync(root, { recursive: true }));

function write(all: readonly Files[]): string[] {
  const below = mkdtempSync(join(root, 'files-'));
  return all.map(({ config, credentials }, index) => {
    const folder = join(below, String(index));
    mkdirSync(folder);
    writeFileSync(join(folder, 'config'), config);
    if (credentials !== undefined) writeFileSync(join(folder, 'credentials'), credentials);
    return folder;
  });
}

function readByBotocore(folders: readonly string[]): Reading[] {
  const script = join(packageRoot(), 'test', 'accounts', 'botocore-profiles.py');
  const { stdout, stderr, status } = spawnSync(python, [script], {
    input: folders.join('\n'),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: root, LC_ALL: 'C.UTF-8' },
    maxBuffer: 2 ** 28,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Reading & { refused?: string })
    .map((reading) => ('refused' in reading ? null : reading));
}

async function readByUs(folder: string): Promise<Reading> {
  const aws = { configFile: join(folder, 'config'), credentialsFile: join(folder, 'credentials') };
  const { config } = loadConfig({ aws }, root);
  const read = await loadAwsConfiguration(config).catch((error: unknown) => {
    expect(error).toMatchObject({ type: 'config-invalid', message: expect.stringContaining(`${folder}/c`) });
    return null;
  });
  return read && { profiles: plain(read.profiles), sessions: plain(read.ssoSessions) };
}

function plain(sections: Sections): Plain {
  return Object.fromEntries([...sections].map(([name, settings]) => [name, { ...settings }]));
}

/** Whoever has no name cannot be named to the scanner, and is left out with a warning. */
function named(reading: Reading): Reading {
  const withoutNameless = (sections: Plain): Plain =>
    Object.fromEntries(Object.entries(sections).filter(([name]) => name !== ''));
  return (
    reading && { profiles: withoutNameless(reading.profiles), sessions: withoutNameless(reading.sessions) }
  );
}

async function expectSame(all: readonly Files[]): Promise<Reading[]> {
  const folders = write(all);
  const theirs = readByBotocore(folders).map(named);
  const ours = await Promise.all(folders.map(readByUs));
  const differing = all.map((files, index) => ({ files, ours: ours[index], botocore: theirs[index] }));
  expect(
    differing.filter(
      ({ ours: one, botocore }) => JSON.stringify(sorted(one)) !== JSON.stringify(sorted(botocore)),
    ),
  ).toEqual([]);
  return ours;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const ACCEPTED: Record<string, Files> = {
  nothing: { config: '' },
  'spaces and quotes': {
    config: `[profile "a b"]\nx=1\n[profile 'c  d']\nx=1\n[profile e\\ f]\nx=1\n[profile it"'"s]\nx=1`,
  },
  'a backslash in quotes': { config: `[profile "a\\"b\\c"]\nx=1\n[profile 'd\\e']\nx=1` },
  'names that are not ASCII': { config: '[profile zürich]\nx=ü\n[profile 東京]\nx=1\n[profile 🦆]\nx=1' },
  'tabs, and other space': {
    config: '[profile\tone]\nx\t=\t1\n[profile\u00A0two]\nx=1\n[profile "a\tb"]\nx=\u2003 1\u3000',
  },
  'names without case': { config: '[profile one]\nROLE_ARN = x\nSource_Profile = Default\nİ = 1' },
  'names that a kind begins': {
    config: '[profile services.x]\nx=1\n[profilex y]\nx=1\n[profile sso-session]\nx=1',
  },
  'no name, or too many': {
    config: '[profile]\nx=1\n[profile a b]\nx=1\n[profile "a]\nx=1\n[profile a\\]\nx=1\n[profile ""]\nx=1',
  },
  'odd brackets': {
    config:
      '[profile a]b]\nx=1\n[profile [c]]\nx=1\n[profile d] and more\nx=1\n[ profile e ]\nx=1\n[profile f]]\nx=1',
  },
  comments: { config: '# a\n ; b\n[profile one] # c\nx = 1 # d\ny = 2 ; e\n# f\n  # g\nz=3#h\n' },
  colons: { config: '[profile one]\nx: 1\ny : a=b\nz = c:d' },
  blocks: { config: '[profile one]\ns3 =\n  endpoint_url = http://x\n\n  # y\n  a =\nregion = eu-west-1' },
  'more lines': { config: '[profile one]\nx = 1\n  2\n\n  3\n    4\ny=\n\n[profile two]\nx=1' },
  indentation: { config: '  [profile one]\n  x = 1\n y = 2\n[profile two]\n   x = 1\n   y = 2\n  z = 3\n' },
  'a header that belongs to a value': { config: '[profile one]\nx = 1\n [profile two]\n y = 1' },
  'both files': {
    config: '[default]\nregion = a\nx = 1\n[profile one]\nregion = b\n[sso-session corp]\nsso_region = c\n',
    credentials:
      '[default]\nx = 2\n[one]\ny = 1\n[profile two]\nx = 1\n[sso-session corp]\nx = 1\n[a b]\nx = 1',
  },
  'default by two names': {
    config: '[default]\nx = 1\n[profile default]\ny = 2',
    credentials: '[default]\nz = 3',
  },
  'one name, written twice': { config: '[profile one]\nx = 1\n[profile "one"]\ny = 2' },
  'defaults for all': {
    config: '[DEFAULT]\nx = 1\n[profile one]\n[profile two]\nx = 2\n[DEFAULT]\ny = 3',
    credentials: '[DEFAULT]\nz = 1\n[one]\n',
  },
  'line ends': { config: '[profile one]\r\nx = 1\r\n[profile two]\rx = 2\ry = 3\r\r\n' },
  'other sections': {
    config: '[prod]\nx=1\n[plugins]\nx=1\n[preview]\nx=1\n[services local]\ns3 =\n  x = 1',
  },
  'names of objects': {
    config: '[profile __proto__]\nx=1\n__proto__ = 1\n[profile constructor]\ntoString = 1',
  },
  'separators of lines in Unicode': { config: '[profile one]\nx = a\u2028b\ny = c\u0085d\fe\n\u2029z = 1' },
  'a byte order mark further down': { config: '[profile one]\n\uFEFFx = 1\n' },
  NUL: { config: '[profile a\0b]\nx = \0\n' },
};

const REFUSED: Record<string, Files & { line: number }> = {
  'a section twice': { config: '[profile one]\nx = 1\n\n[profile one]\ny = 1\n', line: 4 },
  'a setting twice': { config: '[profile one]\nx = 1\nX : 2', line: 3 },
  'a setting twice, in defaults': { config: '[DEFAULT]\nx = 1\n[profile one]\n[DEFAULT]\nx = 2', line: 5 },
  'a byte order mark': { config: '\uFEFF[profile one]\nx = 1', line: 1 },
  'a byte order mark before a comment': { config: '\uFEFF# x\n[profile one]', line: 1 },
  'a setting before the first section': { config: '# x\n\nx = 1\n[profile one]', line: 3 },
  'a line that says nothing': { config: '[profile one]\nx\n', line: 2 },
  'a setting without a name': { config: '[profile one]\n= 1\n', line: 2 },
  'an empty header': { config: '[profile one]\n[]\n', line: 2 },
  'an open header': { config: '[profile one]\nx = 1\n[profile two\ny = 1', line: 3 },
  'a block that is none': { config: '[profile one]\ns3 =\n  x = 1\n  y\n', line: 2 },
  'a header in a block': { config: '[profile one]\nx =\n [profile two]\n', line: 2 },
  'a block in defaults': { config: '[DEFAULT]\nx =\n y\n[profile one]', line: 2 },
  'not UTF-8': { config: new Uint8Array([...utf8('[profile one]\r\nx = '), 0xe9, 0x0a, 0x61]), line: 2 },
  'UTF-16': { config: Buffer.from('\uFEFF[profile one]\n', 'utf16le'), line: 1 },
  'the credentials file': { config: '', credentials: '[one]\nx = 1\n[one]\n', line: 3 },
};

test('what AWS reads is read the same', async () => {
  const read = await expectSame(Object.values(ACCEPTED));
  const refused = Object.keys(ACCEPTED).filter((_, index) => read[index] === null);
  expect(refused).toEqual([]);
}, 60_000);

test('what AWS refuses is refused', async () => {
  expect(new Set(await expectSame(Object.values(REFUSED)))).toEqual(new Set([null]));
}, 60_000);

test.each(Object.entries(REFUSED))('the failure names file and line: %s', async (_name, files) => {
  const [folder = ''] = write([files]);
  const aws = { configFile: join(folder, 'config'), credentialsFile: join(folder, 'credentials') };
  const path = files.credentials === undefined ? aws.configFile : aws.credentialsFile;
  await expect(loadAwsConfiguration(loadConfig({ aws }, root).config)).rejects.toMatchObject({
    type: 'config-invalid',
    message: expect.stringContaining(`${path}:${files.line}: `),
  });
});

describe('files made of pieces at random', () => {
  const HEADERS =
    '[profile one]|[profile "a b"]|[default]|[DEFAULT]|[sso-session corp]|[services x]|[two]|[profile a b]';
  const WORDS = `[|]|[profile 'x|profile|x|Y|x = 1|s3 =|z: 2|=|:|#|;|'|"|\\|ü`;
  const SPACES = ' |  |\t|\n|\n|\n|\n|\n  |\r\n|\r|\n\n|\u00A0|\u2028|\u001C';
  const PIECES = [HEADERS, WORDS, SPACES].flatMap((pieces) => pieces.split('|'));

  /** The same on every run. */
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
  }

  test('are read the same', async () => {
    const next = random(20260727);
    const text = (start: string, length: number): string =>
      start + Array.from({ length }, () => PIECES[Math.floor(next() * PIECES.length)]).join('');
    const all = Array.from({ length: 600 }, (_, index) => ({
      config: text(index % 4 === 0 ? '' : '[profile start]\nfirst = 1\n', 1 + Math.floor(next() * 14)),
      credentials: text('[start]\n', Math.floor(next() * 5)),
    }));
    const read = await expectSame(all);
    const accepted = read.filter((one) => one !== null).length;
    expect(Math.min(accepted, all.length - accepted)).toBeGreaterThan(100);
  }, 120_000);
});
