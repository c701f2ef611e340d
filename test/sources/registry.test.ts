import { describe, expect, test } from '@jest/globals';
import { createRegistry, DEFAULT_SOURCE, sources } from '../../src/sources/registry.ts';
import { example } from '../support/example-source.ts';

describe('a registry', () => {
  test('knows its sources by their ids', () => {
    const registry = createRegistry([...sources.all, example]);
    expect(registry.byId('example')).toBe(example);
    expect(registry.byId(DEFAULT_SOURCE)).toBe(sources.all[0]);
  });

  test('names the sources there are when asked for another one', () => {
    expect(() => createRegistry([...sources.all, example]).byId('nosuch')).toThrow(
      expect.objectContaining({ type: 'usage', remedy: 'Sources: scoutsuite, example.' }),
    );
    expect(() => sources.byId('example')).toThrow(expect.objectContaining({ type: 'usage' }));
  });
});

test('a scope that a source does not know is refused with what may have been meant', () => {
  const registry = createRegistry([example, ...sources.all]);
  const scope = { services: ['s3'], regions: ['eusc-de-east-1', 'us-gov-west-1'] };
  expect(registry.scopeProblem(['example', 'scoutsuite'], scope)).toBeNull();
  registry.assertScope(['example', 'scoutsuite'], scope);
  const unknown = { ...scope, services: ['s3', 'lambda', 's33'] };
  registry.assertScope(['example'], unknown);
  expect(() => registry.assertScope(['example', 'scoutsuite'], unknown)).toThrow(
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
