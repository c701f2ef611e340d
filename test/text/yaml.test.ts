import { describe, expect, test } from '@jest/globals';
import { readYaml } from '../../src/text/yaml.ts';

/** Every line is nine times the one before. */
const LAUGHS = Array.from({ length: 9 }, (_, level) => {
  const items = Array.from({ length: 9 }, () => (level === 0 ? 'ha' : `*l${level - 1}`));
  return `l${level}: &l${level} [${items.join(', ')}]`;
}).join('\n');

describe('YAML of others', () => {
  test('is a value, of text only where that is wished', () => {
    expect(readYaml('a: 1.10')).toMatchObject({ content: { a: 1.1 } });
    expect(readYaml('a: 1.10', { isText: true })).toMatchObject({ content: { a: '1.10' } });
    expect(readYaml('a: &x [b]\nc: *x')).toMatchObject({ content: { a: ['b'], c: ['b'] } });
  });

  test.each<[string, string, { problem: RegExp; line: number | null }]>([
    ['is broken', 'a: 1\nb: [', { problem: /^Flow sequence in block collection/, line: 2 }],
    ['has a key twice', 'a: 1\nb: 2\na: 3', { problem: /^Map keys must be unique$/, line: 3 }],
    ['grows by its aliases', LAUGHS, { problem: /^Excessive alias count/, line: null }],
    ['names what is not there', 'a: *nobody', { problem: /nobody/, line: null }],
    ['is nested without end', '['.repeat(20_000), { problem: /nested too deeply/, line: null }],
    ['maps without end', '{a: '.repeat(20_000), { problem: /nested too deeply/, line: null }],
  ])('that %s has a problem', (_what, text, { problem, line }) => {
    expect(readYaml(text)).toEqual({ problem: expect.stringMatching(problem), line });
  });

  test('makes no member of every object', () => {
    const read = readYaml('__proto__: {polluted: yes}\nconstructor: x');
    expect(read).toMatchObject({ content: expect.anything() });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
