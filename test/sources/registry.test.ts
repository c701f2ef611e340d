import { describe, expect, test } from '@jest/globals';
import { createRegistry, DEFAULT_SOURCE, sources } from '../../src/sources/registry.ts';
import { tiny } from '../support/tiny-source/index.ts';

describe('a registry', () => {
  test('knows its sources by their ids', () => {
    const registry = createRegistry([...sources.all, tiny]);
    expect(registry.byId('tiny')).toBe(tiny);
    expect(registry.byId(DEFAULT_SOURCE).id).toBe(DEFAULT_SOURCE);
  });

  test('names the sources there are when asked for another one', () => {
    expect(() => createRegistry([...sources.all, tiny]).byId('nosuch')).toThrow(
      expect.objectContaining({ type: 'usage', remedy: 'Sources: checks, scoutsuite, tiny.' }),
    );
    expect(() => sources.byId('tiny')).toThrow(expect.objectContaining({ type: 'usage' }));
  });
});

test('every source of the product has an id of its own, which tables and flags can hold', () => {
  const ids = sources.all.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
});
