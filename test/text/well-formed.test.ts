import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wellFormed } from '../../src/text/well-formed.ts';

test('text without halves of characters stays as it is', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(wellFormed(text)).toBe(text)));
});

test('what differs in half a character only stays different, and survives UTF-8', () => {
  const names = [
    'a\uD83D',
    'a\uD83E',
    'a\uDE00',
    'a\uD83D\uDE00',
    'a\uDE00\uD83D',
    'a\uFFFD',
    'a\\ud83d',
    'a',
  ];
  const stored = names.map((name) => Buffer.from(wellFormed(name)).toString());
  expect(stored).toEqual([
    'a\uFFFDd83d',
    'a\uFFFDd83e',
    'a\uFFFDde00',
    'a😀',
    'a\uFFFDde00\uFFFDd83d',
    'a\uFFFD',
    'a\\ud83d',
    'a',
  ]);
});
