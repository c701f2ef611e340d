import { expect, test } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import { jsonText } from '../../src/text/json.ts';
import { hostileNames } from '../notify/fixtures.ts';

test('escapes what a terminal would obey, and parses to the same value', () => {
  const text = jsonText({ names: hostileNames }, 2);
  expect(JSON.parse(text)).toEqual({ names: hostileNames });
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(text).toContain(String.raw`invoice\u202efdp.exe`);
});

test('any text survives', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(jsonText([text]))).toEqual([text]);
    }),
  );
});

test('is laid out as JSON.stringify does it', () => {
  const value = { a: [1, 'ü'], b: { c: null } };
  expect(jsonText(value)).toBe(JSON.stringify(value));
  expect(jsonText(value, 2)).toBe(JSON.stringify(value, null, 2));
});
