import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { packageRoot } from '../../src/package-root.ts';
import { createCliHome, startProgram, VEDETTE } from '../support/cli.ts';
import type { CliHome, CliResult } from '../support/cli.ts';

const RESULTS = join(packageRoot(), 'simulated-aws/recorded/scoutsuite_results_aws-111111111111-1.js');
const STRANGER = 12_345;
let home: CliHome;

beforeEach(() => {
  home = createCliHome();
});
afterEach(() => home.remove());

/** Runs the program as a shell with the most common umask would. */
function run(...args: readonly string[]): Promise<CliResult> {
  const command = ['-c', 'umask 022; exec "$@"', 'sh', process.execPath, VEDETTE, ...args];
  return startProgram('/bin/sh', command, home.environment, home.folder, 60_000).ended;
}

/** What others may do with the home and everything below it, where that is anything. */
function open(): string[] {
  const below = readdirSync(home.home, { recursive: true, encoding: 'utf8' });
  return ['.', ...below].filter((name) => (statSync(join(home.home, name)).mode & 0o077) !== 0).toSorted();
}

function makeHome(mode: number): void {
  mkdirSync(home.home);
  chmodSync(home.home, mode);
}

describe('VEDETTE_HOME', () => {
  test('is for its owner alone, with all that is below', async () => {
    expect(await run('import', RESULTS)).toMatchObject({ code: 0 });
    expect(readdirSync(home.home)).toContain('vedette.db');
    expect(open()).toEqual([]);
  });

  test('is closed where it was open before, and what lies in it', async () => {
    makeHome(0o755);
    for (const folder of ['log', 'artifacts']) mkdirSync(join(home.home, folder), { mode: 0o755 });
    for (const file of ['temporal.db', 'temporal.db-wal']) {
      writeFileSync(join(home.home, file), '');
      chmodSync(join(home.home, file), 0o644);
    }
    expect(await run('import', RESULTS)).toMatchObject({
      code: 0,
      stderr: expect.not.stringContaining('another user'),
    });
    expect(open()).toEqual([]);
  });

  test('stays as it is where it holds what is not ours', async () => {
    makeHome(0o755);
    writeFileSync(join(home.home, 'notes.txt'), '');
    chmodSync(join(home.home, 'notes.txt'), 0o644);
    await run('import', RESULTS);
    expect(open()).toEqual(['.', 'notes.txt']);
  });

  test('that belongs to another user is used, and told of', async () => {
    makeHome(0o777);
    chownSync(home.home, STRANGER, STRANGER);
    const { code, stderr } = await run('import', RESULTS);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('belongs to another user') });
    expect(open()).toEqual(['.']);
  });
});
