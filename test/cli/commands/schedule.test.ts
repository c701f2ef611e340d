import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stderr, stdout } from 'node:process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { main } from '../../../src/cli/main.ts';
import { startPipeline } from '../../support/pipeline.ts';
import type { Pipeline } from '../../support/pipeline.ts';

let pipeline: Pipeline;
let output: string;
let messages: string;

beforeAll(async () => {
  pipeline = await startPipeline();
  pipeline.profiles({ acme: {} });
}, 60_000);
afterAll(async () => {
  await pipeline?.stop();
}, 60_000);
beforeEach(() => {
  output = '';
  messages = '';
  jest.spyOn(stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  jest.spyOn(stderr, 'write').mockImplementation((text) => {
    messages += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs a command against the pipeline's server; gives its exit code. */
async function vedette(...args: string[]): Promise<unknown> {
  process.env['TEMPORAL_ADDRESS'] = pipeline.temporal.address;
  process.env['VEDETTE_HOME'] = pipeline.home;
  output = '';
  messages = '';
  process.exitCode = undefined;
  await main(['node', 'vedette', 'schedule', ...args]);
  return process.exitCode ?? 0;
}

const json = (): unknown => JSON.parse(output);

describe('vedette schedule', () => {
  test('create says what it made, and the second time that nothing changed', async () => {
    const create = () =>
      vedette('create', 'iam', '--account', 'acme', '--services', 'iam,s3', '--every', '6h');
    expect(await create()).toBe(0);
    expect(output).toBe(`\
+ iam
    + kind: scan
    + every: 6h
    + jitter: 0s
    + overlap: skip
    + catchUp: 1d
    + accounts: acme
    + source: scoutsuite
    + concurrency: 1
    + services: iam, s3
    + initial: false
`);
    expect(messages).toMatch(/^Its next run is at 20\S+\.\n$/);
    expect(await create()).toBe(0);
    expect(output).toBe('= iam\n');
  });

  test('apply prints the difference, and changes nothing with --dry-run', async () => {
    const file = join(pipeline.home, 'schedules.yaml');
    writeFileSync(file, 'schedules:\n  nightly: {cron: "@daily", all: true}\n');
    await vedette('create', 'old', '--all', '--every', '1d');
    await vedette('apply', file, '--dry-run', '-o', 'json');
    const { changes, ...rest } = json() as { changes: { name: string; change: string }[] };
    expect(rest).toEqual({ applied: false, pruned: false });
    expect(changes.map(({ name, change }) => `${change} ${name}`)).toEqual(
      expect.arrayContaining(['create nightly', 'extra old']),
    );
    expect(await vedette('show', 'nightly')).toBe(1);
    expect(messages).toContain('There is no schedule nightly.');

    await vedette('apply', file);
    expect(output).toContain('+ nightly\n    + kind: scan\n    + cron: @daily\n');
    await vedette('show', 'nightly', '-o', 'json');
    expect(json()).toMatchObject({ name: 'nightly', cron: '@daily', timeZone: 'UTC', all: true });
    expect(await vedette('show', 'old')).toBe(0);

    await vedette('apply', file, '--prune');
    expect(output).toContain('= nightly\n- old\n');
    expect(await vedette('show', 'old')).toBe(1);
  });

  test('pause, resume, trigger and delete do what they say', async () => {
    await vedette('create', 'housekeeping', '--purge', '--older-than', '180d', '--cron', '0 5 * * 0');
    await vedette('pause', 'housekeeping', '--note', 'audit');
    await vedette('show', 'housekeeping', '-o', 'json');
    expect(json()).toMatchObject({ kind: 'purge', olderThan: '180d', paused: true, note: 'audit' });
    await vedette('trigger', 'housekeeping');
    expect(output).toMatch(/^purge-housekeeping-\S+Z\n$/);
    await vedette('resume', 'housekeeping');
    expect(messages).toMatch(/^housekeeping goes on; its next run is at 20\S+\.\n$/);
    await vedette('delete', 'housekeeping');
    expect(await vedette('resume', 'housekeeping')).toBe(1);
  });

  test.each([
    [['create', 'x', '--all', '--cron', '0 25 * * *'], 'the hour "25" is not within 0 to 23'],
    [['create', 'x', '--all', '--every', '6h', '--overlap', 'both'], 'Allowed choices are skip'],
    [['create', 'x', '--purge', '--cron', '@daily'], '--older-than: expected a duration'],
    [['apply', 'nowhere.yaml'], 'nowhere.yaml cannot be read'],
  ])('%j is a usage error', async (args, message) => {
    expect(await vedette(...args)).toBe(2);
    expect(messages).toContain(message);
    expect(output).toBe('');
  });
});
