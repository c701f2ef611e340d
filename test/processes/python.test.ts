import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { ensureEnvironment, findPython } from '../../src/processes/python.ts';

const { signal } = new AbortController();
let folder: string;
let requirementsFile: string;

beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), 'vedette-python-'));
  folder = join(parent, 'environment');
  requirementsFile = join(parent, 'requirements.txt');
  writeFileSync(requirementsFile, '# nothing\n');
});

function ensure(onProgress: (line: string) => void = () => undefined) {
  return ensureEnvironment({ requirementsFile, folder, onProgress, signal });
}

test('an environment is made once, by one of several at once; a changed one is made again', async () => {
  const told: string[] = [];
  const tell = (line: string) => told.push(line);
  const builds = () => told.filter((line) => line.startsWith('Python 3.')).length;

  await Promise.all([1, 2, 3].map(() => ensure(tell)));
  expect(builds()).toBe(1);
  expect(existsSync(join(await ensure(tell), 'python'))).toBe(true);
  expect(builds()).toBe(1);

  writeFileSync(requirementsFile, 'not a requirement\n');
  await expect(ensure(tell)).rejects.toMatchObject({
    type: 'setup-failed',
    message: expect.stringContaining('not a requirement'),
  });
  expect(builds()).toBe(2);
  expect(existsSync(join(folder, 'complete.json'))).toBe(false);
}, 60_000);

test('a missing Python is told with everything that was tried', async () => {
  const before = { PATH: process.env['PATH'], PYENV_ROOT: process.env['PYENV_ROOT'] };
  Object.assign(process.env, { PATH: '/nonexistent', PYENV_ROOT: '/nonexistent' });
  try {
    await expect(findPython(signal)).rejects.toMatchObject({
      type: 'python-missing',
      message: expect.stringMatching(/python3\.11: not found.*python3: not found/),
    });
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});

test.each(['scoutsuite', 'moto'])('the pins of %s carry hashes and name no host', (name) => {
  const pins = readFileSync(join(import.meta.dirname, '..', '..', 'python', `${name}.txt`), 'utf8');
  const packages = pins.match(/^[\w-]+(?:\[\w+\])?==.*$/gm) ?? [];
  expect(packages.length).toBeGreaterThan(30);
  expect(pins).not.toMatch(/:\/\/|--index-url|--find-links|--trusted-host/);
  for (const block of pins.split(/^(?=[\w-]+==)/m).slice(1)) expect(block).toContain('--hash=sha256:');
});
