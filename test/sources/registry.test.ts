import { tmpdir } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { loadConfig, sourceConfig } from '../../src/settings.ts';
import { createRegistry, DEFAULT_SOURCE, sources } from '../../src/sources/registry.ts';
import { scoutsuite } from '../../src/sources/scoutsuite/index.ts';
import type { Scanner } from '../../src/sources/source.ts';
import { tiny } from '../support/tiny-source/index.ts';

describe('a registry', () => {
  test('knows its sources by their ids', () => {
    const registry = createRegistry([...sources.all, tiny]);
    expect(registry.byId('tiny')).toBe(tiny);
    expect(registry.byId(DEFAULT_SOURCE).id).toBe(DEFAULT_SOURCE);
  });

  test('names the sources there are when asked for another one', () => {
    expect(() => createRegistry([tiny, scoutsuite]).byId('nosuch')).toThrow(
      expect.objectContaining({ type: 'usage', remedy: 'Sources: tiny, scoutsuite.' }),
    );
    expect(() => sources.byId('tiny')).toThrow(expect.objectContaining({ type: 'usage' }));
  });
});

test('what is only imported cannot be scanned with', () => {
  expect(sources.all.map(({ id }) => id)).toContain('prowler');
  expect(sources.scanners.map(({ id }) => id)).not.toContain('prowler');
  const refused = expect.objectContaining({
    type: 'usage',
    message: 'Prowler does not scan: its results are only imported.',
    remedy: expect.stringMatching(
      /^Sources that scan: scoutsuite, .*\. vedette import reads results of Prowler\.$/,
    ),
  });
  expect(() => sources.scannerById('prowler')).toThrow(refused);
  expect(() => sources.named(['checks', 'prowler'])).toThrow(refused);
  expect(() => sources.named(['nosuch'])).toThrow(
    expect.objectContaining({ type: 'usage', message: 'There is no source named "nosuch".' }),
  );
});

const { config } = loadConfig({}, tmpdir(), {});
const configOf = (source: Scanner) => sourceConfig(config, source);

test('a scope that a source does not know is refused with what may have been meant', () => {
  const registry = createRegistry([tiny, ...sources.all]);
  const scope = { services: ['s3'], regions: ['eusc-de-east-1', 'us-gov-west-1'] };
  expect(registry.scopeProblem(['tiny', 'scoutsuite'], scope, configOf)).toBeNull();
  registry.assertScope(['tiny', 'scoutsuite'], scope, configOf);
  const unknown = { ...scope, services: ['s3', 'lambda', 's33'] };
  registry.assertScope(['tiny'], unknown, configOf);
  expect(() => registry.assertScope(['tiny', 'scoutsuite'], unknown, configOf)).toThrow(
    expect.objectContaining({
      type: 'usage',
      message: 'ScoutSuite has no service named "lambda", "s33".',
      remedy: expect.stringMatching(/^Did you mean s3\? Services: acm, /),
    }),
  );
});

test.each([
  [
    { services: ['s3', 'ec22'] },
    /^There is no service "ec22"\.$/,
    /^Did you mean ec2\? There are: account, /,
  ],
  [{ regions: ['eu-wst-1'] }, /^There is no AWS region named "eu-wst-1"\.$/, /^Did you mean eu-west-1\? /],
  [
    { checks: ['s3-bucket-publik'] },
    /^There is no check "s3-bucket-publik"\.$/,
    /^Did you mean s3-bucket-public\? /,
  ],
  [{ frameworks: ['cis-5'] }, /^There is no framework "cis-5"\.$/, /cis-5\.0/],
])('a scan by checks is refused before it starts: %j', (wrong, message, remedy) => {
  const scope = { services: ['s3'], regions: [], checks: ['s3-bucket-public'], frameworks: ['cis-5.0'] };
  expect(sources.scopeProblem(['checks'], scope, configOf)).toBeNull();
  expect(() => sources.assertScope(['checks'], { ...scope, ...wrong }, configOf)).toThrow(
    expect.objectContaining({
      type: 'usage',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
    }),
  );
});

test('every source of the product has an id of its own, which tables and flags can hold', () => {
  const ids = sources.all.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
});
