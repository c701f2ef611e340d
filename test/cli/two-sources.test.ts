import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { packageRoot } from '../../src/package-root.ts';
import { createCliHome, recorded, startProgram } from '../support/cli.ts';
import type { CliResult } from '../support/cli.ts';
import { tinyResults } from '../support/tiny-source/made-up.ts';

interface Outcome {
  file: string;
  source: string;
  status: string;
  accountId: string;
  events: { total: number; new: number };
  error?: { type: string; remedy: string };
}

const PROGRAM = join(packageRoot(), 'test', 'support');
const home = createCliHome();
const results = join(home.folder, 'results');
const TINY = join(results, 'tiny_one.jsonl');
const SCOUTSUITE = join(results, 'scoutsuite_results_acme.js');
const OTHER = join(results, 'other.txt');

beforeAll(() => {
  mkdirSync(results);
  copyFileSync(recorded('222222222222', 1), SCOUTSUITE);
  writeFileSync(TINY, tinyResults('333333333333', ['a.pem', 'b.pem']));
  writeFileSync(OTHER, 'hello');
});
afterAll(() => home.remove());

/** The command line with a second source. */
function run(...args: string[]): Promise<CliResult> {
  const node = ['--import', join(PROGRAM, 'typescript.js'), join(PROGRAM, 'vedette-with-tiny.ts')];
  return startProgram(process.execPath, [...node, ...args], home.environment, home.folder).ended;
}

describe('vedette import', () => {
  test('takes from a folder the results of each source', async () => {
    const { code, stdout, stderr } = await run('import', results, '-o', 'json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ file: SCOUTSUITE, source: 'scoutsuite', accountId: '222222222222' }),
      expect.objectContaining({
        file: TINY,
        source: 'tiny',
        accountId: '333333333333',
        status: 'recorded',
      }),
    ]);
    const [events] = [await run('event', 'list', '--source', 'tiny', '-o', 'jsonl')];
    expect(events.stdout.trim().split('\n')).toHaveLength(2);
  }, 60_000);

  test('a file that nobody knows stops no other, and tells what each source reads', async () => {
    const { code, stdout, stderr } = await run('import', OTHER, TINY, '-o', 'json', '--dry-run');
    expect(code).toBe(1);
    const [unknown, known] = JSON.parse(stdout) as Outcome[];
    expect(unknown).toMatchObject({ source: '', status: 'failed', error: { type: 'results-invalid' } });
    expect(known).toMatchObject({ source: 'tiny', events: { total: 2 } });
    expect(stderr).toMatch(/scoutsuite_results_\*\.js of ScoutSuite or .*tiny_\*\.jsonl of Tiny/);
  }, 60_000);

  test('--source says whose the files are', async () => {
    const { code, stdout } = await run('import', SCOUTSUITE, '--source', 'tiny', '-o', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ source: 'tiny', status: 'failed' })]);
    const unknown = await run('import', SCOUTSUITE, '--source', 'nosuch');
    expect(unknown).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Sources: scoutsuite, .*tiny\./),
    });
  }, 60_000);
});

test('vedette parse reads a file of either source', async () => {
  const [first, second] = await Promise.all([run('parse', TINY), run('parse', SCOUTSUITE)]);
  expect(JSON.parse(first.stdout)).toMatchObject({ scan: { source: 'tiny' }, events: [{}, {}] });
  expect(JSON.parse(second.stdout)).toMatchObject({ scan: { source: 'scoutsuite' } });
}, 60_000);

test('vedette doctor, policy and setup speak of each source', async () => {
  const doctor = await run('doctor', '-o', 'json');
  const { checks } = JSON.parse(doctor.stdout) as {
    checks: { name: string; status: string; detail: string }[];
  };
  const scanners = checks.filter(({ name }) => name === 'scanner');
  expect(scanners[0]).toMatchObject({ detail: expect.stringMatching(/^ScoutSuite \S+ \(/), status: 'ok' });
  expect(scanners[1]).toMatchObject({
    detail: expect.stringMatching(/^\d+ checks of \d+ services$/),
    status: 'ok',
  });
  expect(scanners.slice(1, -1).map(({ status }) => status)).not.toContain('broken');
  expect(scanners.at(-1)).toMatchObject({ detail: 'There is no recorded cloud.', status: 'broken' });
  const policy = await run('policy', '--source', 'tiny');
  expect(JSON.parse(policy.stdout)).toMatchObject({
    Statement: [{ Action: ['s3:GetObject', 's3:ListAllMyBuckets', 's3:ListBucket'] }],
  });
  const setup = await run('setup', '--source', 'tiny', '--system-packages');
  expect(setup.stderr).toContain(`✓ Tiny: ${join(home.home, 'tiny')}, with system packages`);
  expect(setup.stderr).not.toContain('ScoutSuite');
}, 120_000);
