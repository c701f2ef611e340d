import { describe, expect, test } from '@jest/globals';
import { createRegistry, DEFAULT_SOURCE, sources } from '../../src/sources/registry.ts';
import { scoutsuite } from '../../src/sources/scoutsuite/index.ts';
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

test('a scope that a source does not know is refused with what may have been meant', () => {
  const registry = createRegistry([tiny, ...sources.all]);
  const scope = { services: ['s3'], regions: ['eusc-de-east-1', 'us-gov-west-1'] };
  expect(registry.scopeProblem(['tiny', 'scoutsuite'], scope)).toBeNull();
  registry.assertScope(['tiny', 'scoutsuite'], scope);
  const unknown = { ...scope, services: ['s3', 'lambda', 's33'] };
  registry.assertScope(['tiny'], unknown);
  expect(() => registry.assertScope(['tiny', 'scoutsuite'], unknown)).toThrow(
    expect.objectContaining({
      type: 'usage',
      message: 'ScoutSuite has no service named "lambda", "s33".',
      remedy: expect.stringMatching(/^Did you mean s3\? Services: acm, /),
    }),
  );
});

test('every source of the product has an id of its own, which tables and flags can hold', () => {
  const ids = sources.all.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
});
