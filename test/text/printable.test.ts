import { expect, test } from '@jest/globals';
import { assert, property, string } from 'fast-check';
import { excerpt, printable } from '../../src/text/printable.ts';

test.each([
  ['line\nbreak\r\n', String.raw`line\nbreak\r\n`],
  ['tab\t', String.raw`tab\t`],
  ['\u001B[31mred\u001B[0m\u0007', String.raw`\u001b[31mred\u001b[0m\u0007`],
  ['\u009B31m\u007F', String.raw`\u009b31m\u007f`],
  ['a\u2028b\u2029c\u0085d', String.raw`a\u2028b\u2029c\u0085d`],
  ['\u202Egpj.exe\u2066\u2069\u200E\u200F\u061C', String.raw`\u202egpj.exe\u2066\u2069\u200e\u200f\u061c`],
  ['zero\u200Bwidth\uFEFF', String.raw`zero\u200bwidth\ufeff`],
  ['tag\u{E0041}', String.raw`tag\u{e0041}`],
  ['half \uD83D', String.raw`half \ud83d`],
])('shows %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test.each(['plain text', 'Ünïcödé 日本語 😀', 'שלום', '<b>=1+1</b>', ''])('leaves %j as it is', (text) => {
  expect(printable(text)).toBe(text);
});

test('gives one well-formed line, whatever comes in, and once is enough', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(printable(shown)).toBe(shown);
    }),
  );
});

test('cuts long text, never in the middle of a character', () => {
  expect(excerpt('short', 5)).toBe('short');
  expect(excerpt('longer', 5)).toBe('long…');
  expect(excerpt('abc😀def', 5)).toBe('abc…');
  expect(excerpt('\n'.repeat(9), 5)).toBe(String.raw`\n\n…`);
});
