import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { allChecks } from '../../../src/sources/checks/all-checks.ts';
import type { Check } from '../../../src/sources/checks/catalogue.ts';
import { checksOf } from '../../../src/sources/checks/checks-of.ts';
import { linesFor, verdictsOf } from './support.ts';
import type { Answers } from './support.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vedette-own-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const HEAD = `checks:
  - id: own-volume
    title: Volumes are as we want them
    level: low
    resource: ec2:DescribeVolumes
    failsWhen: It is not as we want it.
    remediation: Make it so.
`;

const write = (text: string, name = 'own.yaml'): void => writeFileSync(join(folder, name), text);
const read = () => checksOf({ folder, parameters: {} });

async function said(check: Check | undefined, answers: Answers): Promise<string[]> {
  if (check === undefined) throw new Error('there is no such check');
  return (await verdictsOf(check, linesFor(check, answers))).map(({ verdict }) => verdict);
}

const volume = (over: object = {}) => ({
  id: 'arn:volume',
  volumeId: 'vol-1',
  state: 'in-use',
  name: 'data' as string | null,
  encrypted: false,
  ...over,
});

describe('checks of an installation of its own', () => {
  it.each([
    ['{ path: encrypted, operator: is, value: false }', 'fail'],
    ['{ path: encrypted, operator: is, value: true }', 'pass'],
    ['{ path: encrypted, operator: is-not, value: true }', 'fail'],
    ['{ path: name, operator: in, value: [data, logs] }', 'fail'],
    ['{ path: name, operator: not-in, value: [data] }', 'pass'],
    ['{ path: name, operator: contains, value: at }', 'fail'],
    ['{ path: name, operator: contains-not, value: at }', 'pass'],
    ['{ path: name, operator: like, value: "d*a" }', 'fail'],
    ['{ path: name, operator: not-like, value: "x*" }', 'fail'],
    ['{ path: size, operator: below, value: 10 }', 'fail'],
    ['{ path: size, operator: above, value: 10 }', 'pass'],
    ['{ path: name, operator: exists }', 'fail'],
    ['{ path: tags.owner, operator: missing }', 'fail'],
    ['{ path: tags.__proto__.x, operator: exists }', 'pass'],
    ['{ path: constructor, operator: exists }', 'unknown'],
    ['{ path: encrypte, operator: is, value: false }', 'unknown'],
    ['[{ path: encrypted, operator: is, value: false }, { path: name, operator: is, value: logs }]', 'pass'],
  ])('%s: %s', async (condition, verdict) => {
    write(`${HEAD}    failsIf: ${condition}\n`);
    const [check] = read().slice(-1);
    expect(check).toMatchObject({ id: 'own-volume', service: 'ec2', depth: 'standard', isGlobal: false });
    const item = volume({ size: 8, tags: { team: 'blue' } });
    expect(await said(check, { 'ec2:DescribeVolumes': [item] })).toEqual([verdict]);
  });

  it('concern only the resources that they are asked of, and what was answered about them', async () => {
    write(`checks:
  - id: own-bucket-policy
    title: Buckets for the public have a policy
    level: high
    resource: s3:ListBuckets
    failsWhen: There is none.
    remediation: Attach one.
    where: { path: name, operator: like, value: "public-*" }
    failsIf: { call: s3:GetBucketPolicy, path: Version, operator: missing }
`);
    const [check] = read().slice(-1);
    expect(check?.needs).toEqual(['s3:ListBuckets', 's3:GetBucketPolicy']);
    expect(check?.isGlobal).toBe(true);
    const buckets = ['public-a', 'private'].map((name) => ({
      id: `arn:aws:s3:::${name}`,
      name,
      region: 'eu-west-1',
    }));
    expect(await said(check, { 's3:ListBuckets': buckets })).toEqual(['fail']);
  });

  it.each([
    ['checks: [\n', /own\.yaml:\d+: /],
    ['rules: []\n', /own\.yaml:1: expected a list named checks/],
    [
      `${HEAD}    failsIf: { path: a, operator: equals, value: 1 }\n`,
      /own\.yaml:8: failsIf\.0\.operator: expected one of is,/,
    ],
    [
      `${HEAD}    failsIf: { path: a, operator: below, value: many }\n`,
      /own\.yaml:8: failsIf\.0\.value: is nothing that below/,
    ],
    [
      `${HEAD}    failsIf: { path: a, operator: exists }\n    fixes: all\n`,
      /own\.yaml:9: fixes: there is no such word/,
    ],
    [
      HEAD.replace('own-volume', 'volume') + '    failsIf: { path: a, operator: exists }\n',
      /own\.yaml:2: id: expected small letters/,
    ],
    [
      HEAD.replace('low', 'dire') + '    failsIf: { path: a, operator: exists }\n',
      /own\.yaml:4: level: expected one of critical/,
    ],
    [
      HEAD.replace('DescribeVolumes', 'DeleteVolume') + '    failsIf: { path: a, operator: exists }\n',
      /own\.yaml:5: resource: no collector lists that; there are .*ec2:DescribeVolumes/,
    ],
    [
      `${HEAD}    failsIf: { call: s3:GetBucketPolicy, path: a, operator: exists }\n`,
      /own\.yaml:8: failsIf\.0\.call: no collector asks that of ec2:DescribeVolumes/,
    ],
    [HEAD, /own\.yaml:2: failsIf: /],
  ])('are refused by file and line: %#', async (text, message) => {
    write(text);
    expect(read).toThrow(
      expect.objectContaining({
        type: 'config-invalid',
        message: expect.stringMatching(message),
      }),
    );
  });

  it('tell everything that is wrong at once, and where an id stood before', async () => {
    const condition = '    failsIf: { path: encrypted, operator: is, value: false }\n';
    write(HEAD + condition, 'a.yaml');
    write(`# ours\n${HEAD}${condition}`, 'b.yml');
    write(HEAD.replace('own-volume', 'Own').replace('low', 'none') + condition, 'c.yaml');
    const message = expect.stringMatching(/b\.yml:3: own-volume is there already, at .*a\.yaml:2/);
    expect(read).toThrow(expect.objectContaining({ message }));
    const both = expect.stringMatching(/c\.yaml:2: id: .*c\.yaml:4: level: /);
    expect(read).toThrow(expect.objectContaining({ message: both }));
  });

  it('are refused where the folder cannot be read', async () => {
    const missing = { folder: join(folder, 'missing'), parameters: {} };
    expect(() => checksOf(missing)).toThrow(
      expect.objectContaining({
        type: 'config-invalid',
        message: expect.stringContaining('ENOENT'),
      }),
    );
  });
});

describe('thresholds', () => {
  const set = (parameters: Parameters<typeof checksOf>[0]['parameters']) =>
    checksOf({ folder: undefined, parameters });

  it('take the place of the defaults of one check', async () => {
    const changed = set({ 'iam-password-min-length': { min: 20 } });
    expect(changed.find(({ id }) => id === 'iam-password-min-length')?.parameters).toEqual({ min: 20 });
    expect(changed.filter((check, index) => check !== allChecks[index])).toHaveLength(1);
  });

  it.each([
    [{ 'no-check': { min: 1 } }, /there is no check no-check/],
    [{ 'iam-password-min-length': { max: 1 } }, /iam-password-min-length has no max; it has min/],
    [
      { 'iam-password-min-length': { min: 'many' } },
      /iam-password-min-length\.min is "many", but should be a number/,
    ],
    [{ 'iam-password-min-length': { constructor: 1 } }, /has no constructor/],
  ])('are refused where no check has them: %j', async (parameters, message) => {
    expect(() => set(parameters as never)).toThrow(
      expect.objectContaining({
        type: 'config-invalid',
        message: expect.stringMatching(message),
      }),
    );
  });

  it.each([
    ['checks: *all', /own\.yaml: .*all/],
    ['['.repeat(20_000), /own\.yaml: it is not valid YAML: It is nested too deeply/],
    [' '.repeat(5_000_000), /own\.yaml has 5000000 bytes; at most 1048576 are read/],
  ])('are refused where they are made to hurt', (text, message) => {
    write(text);
    expect(read).toThrow(
      expect.objectContaining({ type: 'config-invalid', message: expect.stringMatching(message) }),
    );
  });

  it('are no pipes, which might never end', () => {
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
    expect(read).toThrow(/pipe\.yaml is not a regular file/);
  });
});
