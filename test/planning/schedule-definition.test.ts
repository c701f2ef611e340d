import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { VedetteError } from '../../src/errors.ts';
import { entryOf } from '../../src/model/schedule.ts';
import { definitionOfFlags, definitionsOfFile } from '../../src/planning/schedule-definition.ts';
import { testConfig } from '../support/stores.ts';

const config = testConfig({ general: { concurrency: 3 } });
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-schedules-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ofFlags = (flags: Record<string, unknown>, name = 'nightly') => definitionOfFlags(name, flags, config);

async function ofFile(text: string) {
  const file = join(folder, 'schedules.yaml');
  writeFileSync(file, text);
  return definitionsOfFile(file, config);
}

async function problemsOf(text: string): Promise<string[]> {
  const failure: unknown = await ofFile(text).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ type: 'usage' });
  return (failure as VedetteError).message.replaceAll(`${folder}/`, '').replace(/\.$/, '').split('; ');
}

describe('flags', () => {
  test('give a definition with the defaults', () => {
    expect(ofFlags({ cron: ' 0  3 * * * ', all: true })).toEqual({
      name: 'nightly',
      timing: { cron: '0 3 * * *', timeZone: 'UTC' },
      jitterMs: 0,
      overlap: 'skip',
      catchUpMs: 86_400_000,
      work: {
        kind: 'scan',
        organizationId: 'default',
        sources: ['scoutsuite'],
        selection: { all: true },
        options: { services: [], regions: [], initial: false },
        concurrency: 3,
      },
    });
  });

  test('and files say the same with the same words', async () => {
    const flags = {
      every: '6h',
      jitter: '10m',
      overlap: 'buffer-one',
      catchUp: '2h',
      accounts: ['production', '012345678901'],
      concurrency: 2,
      services: ['iam', 's3'],
      regions: ['eu-west-1'],
      initial: true,
    };
    const [fromFile] = await ofFile(`
schedules:
  nightly:
    every: 6h
    jitter: 10m
    overlap: buffer-one
    catchUp: 2h
    accounts: [production, 012345678901]
    concurrency: 2
    services: iam, s3
    regions: [eu-west-1]
    initial: true
`);
    expect(fromFile).toEqual(ofFlags(flags));
  });

  test('give what files read back', async () => {
    const wanted = [
      ofFlags({ cron: '@daily', timeZone: 'Europe/Paris', all: true }, 'a'),
      ofFlags({ kind: 'purge', every: '1d', olderThan: '180d' }, 'b'),
      ofFlags({ cron: '@daily', all: true, depth: 'quick', framework: ['cis-5.0'], check: ['some'] }, 'c'),
    ];
    const entries = Object.fromEntries(wanted.map((definition) => [definition.name, entryOf(definition)]));
    expect(await ofFile(JSON.stringify({ schedules: entries }))).toEqual(wanted);
  });

  test('name a time zone as the server does', () => {
    expect(ofFlags({ cron: '@daily', timeZone: 'europe/paris', all: true }).timing).toEqual({
      cron: '@daily',
      timeZone: 'Europe/Paris',
    });
  });

  const all = true;
  const cron = '@daily';
  test.each<[Record<string, unknown>, string]>([
    [{ all }, '--cron: expected either a cron expression or an interval (every).'],
    [{ all, cron, every: '6h' }, '--cron: expected either a cron expression or an interval (every).'],
    [{ cron }, '--account: expected either the names of accounts or all of them (all).'],
    [
      { cron, all, accounts: ['a'] },
      '--account: expected either the names of accounts or all of them (all).',
    ],
    [
      { all, cron: '0 25 * * *' },
      '--cron: "0 25 * * *" is no cron expression: the hour "25" is not within 0 to 23.',
    ],
    [
      { all, cron: '3am' },
      '--cron: "3am" is no cron expression: 1 fields instead of 5 (minute, hour, day of the month, month, day of the week).',
    ],
    [
      { all, cron, timeZone: 'Paris' },
      '--time-zone: "Paris" is no time zone; use a name such as Europe/Paris or UTC.',
    ],
    [
      { all, every: '6h', timeZone: 'UTC' },
      '--time-zone: only a cron expression has a time zone; an interval counts in UTC.',
    ],
    [
      { all, every: '99999999d' },
      '--every: "99999999d" is not a duration such as 90s, 15m, 6h or 2d, at most 36500d.',
    ],
    [
      { all, cron, jitter: '36501d', catchUp: '876001h' },
      '--jitter: "36501d" is not a duration such as 90s, 15m, 6h or 2d, at most 36500d; --catch-up: "876001h" is not a duration such as 90s, 15m, 6h or 2d, at most 36500d.',
    ],
    [
      { kind: 'purge', cron, olderThan: '99999999d' },
      '--older-than: "99999999d" is not a duration such as 90s, 15m, 6h or 2d, at most 36500d.',
    ],
    [{ all, every: '6' }, '--every: "6" is not a duration such as 90s, 15m, 6h or 2d, at most 36500d.'],
    [{ all, every: '30s' }, '--every: 30s is less than 1m, or not in whole seconds.'],
    [
      { all, cron, catchUp: 'never' },
      '--catch-up: "never" is not a duration such as 90s, 15m, 6h or 2d, at most 36500d.',
    ],
    [{ kind: 'purge', cron, olderThan: '1h' }, '--older-than: 1h is less than 1d, or not in whole seconds.'],
    [
      { kind: 'purge', cron },
      '--older-than: expected a duration such as 90s, 15m, 6h or 2d, at most 36500d.',
    ],
    [{ kind: 'purge', cron, olderThan: '9d', all }, '--all: a purge has no such setting.'],
    [{ cron, all, olderThan: '9d' }, '--older-than: a scan has no such setting.'],
  ])('%j is refused: %s', (flags, message) => {
    expect(() => ofFlags(flags)).toThrow(expect.objectContaining({ type: 'usage', message }));
  });

  test('an unknown source is refused', () => {
    expect(() => ofFlags({ cron: '@daily', all: true, source: 'nosuch' })).toThrow(
      /no source named "nosuch"/,
    );
  });

  test('a name that cannot be one is refused', () => {
    expect(() => ofFlags({ cron: '@daily', all: true }, '../etc')).toThrow(/"..\/etc" is no name/);
  });
});

describe('a file', () => {
  test('is refused with every problem, its line and its setting', async () => {
    const problems = await problemsOf(`# what runs when
schedules:
  nightly:
    cron: 0 25 * * *
    all: true
    time-zone: UTC
  weekly:
    cron: "@weekly"
    jitter:
      - 5m
    all: true
  empty:
  other:
    kind: report
notes: none
`);
    expect(problems).toEqual([
      'schedules.yaml:15: notes: there is no such setting here',
      'schedules.yaml:4: nightly.cron: "0 25 * * *" is no cron expression: the hour "25" is not within 0 to 23',
      'schedules.yaml:6: nightly.time-zone: a scan has no such setting',
      'schedules.yaml:9: weekly.jitter: expected a duration such as 90s, 15m, 6h or 2d, at most 36500d',
      'schedules.yaml:12: empty: expected the settings of a schedule',
      'schedules.yaml:14: other.kind: expected scan or purge',
    ]);
  });

  test.each([
    ['', 'schedules.yaml: expected a mapping named schedules'],
    ['nightly:\n  cron: "@daily"\n', 'schedules.yaml: expected a mapping named schedules'],
    ['- 1\n', 'schedules.yaml: expected a mapping named schedules'],
    [
      'schedules:\n  a: {cron: "@daily", all: true}\n  a: {cron: "@weekly", all: true}\n',
      'schedules.yaml:3: it is not valid YAML: Map keys must be unique',
    ],
  ])('%j is refused', async (text, problem) => {
    expect(await problemsOf(text)).toEqual([problem]);
  });

  test('made to hurt is refused', async () => {
    expect(await problemsOf('['.repeat(20_000))).toEqual([
      'schedules.yaml: it is not valid YAML: It is nested too deeply',
    ]);
    expect((await problemsOf(' '.repeat(2_000_000))).join()).toBe(
      'schedules.yaml has 2000000 bytes,at most 1048576 are read',
    );
  });

  test('that is not there is refused', () => {
    expect(() => definitionsOfFile(join(folder, 'none.yaml'), config)).toThrow(
      expect.objectContaining({
        type: 'usage',
        message: expect.stringContaining('none.yaml cannot be read: ENOENT') as unknown,
      }),
    );
  });
});

describe('a bucket', () => {
  const flags = {
    every: '1d',
    accounts: ['production'],
    bucket: 's3://my-bucket/up loads/',
    detectors: ['ssn'],
  };

  test('is scanned with its source, and reads back as it was given', () => {
    const definition = ofFlags(flags);
    expect(definition.work).toMatchObject({
      sources: ['s3-data'],
      options: { data: { bucket: 'my-bucket', prefix: 'up loads/', detectors: ['ssn'] } },
    });
    const entry = entryOf(definition);
    expect(entry).toMatchObject({ source: 's3-data', bucket: 'my-bucket/up loads/', detectors: ['ssn'] });
    expect(definitionOfFlags('nightly', entry, config)).toEqual(definition);
  });

  test.each([
    ['--bucket: "My_Bucket" is not the name of a bucket', { bucket: 'My_Bucket' }],
    ['--bucket: There is no detector named "shoes"', { detectors: ['shoes'] }],
    ['--source: a bucket is scanned with s3-data alone', { source: ['s3-data', 'scoutsuite'] }],
    ['--account: expected the one account', { accounts: ['one', 'two'] }],
    [
      '--bucket: expected the bucket that s3-data scans',
      { bucket: undefined, detectors: [], source: ['s3-data'] },
    ],
    ['--detectors: only a scan of a bucket has detectors', { bucket: undefined }],
  ])('%s', (problem, more) => {
    expect(() => ofFlags({ ...flags, ...more })).toThrow(problem);
  });
});
