import { describe, expect, test } from '@jest/globals';
import { detailText, words } from '../../../src/cli/output/detail.ts';
import type { Detail } from '../../../src/cli/output/detail.ts';
import { widthOf } from '../../../src/cli/output/terminal.ts';

const NOW = Date.parse('2026-11-26T12:00:00.000Z');
const on = (width: number) => ({ width, now: NOW, paint: (_style: unknown, text: string) => text });

const DETAIL: Detail = {
  title: 'A bucket can be read by everybody',
  badges: ['high', 'active'],
  parts: [
    {
      title: 'Where',
      facts: [
        ['Resource', 'globex-public'],
        ['Region', null],
        ['Last seen', '2026-11-22T11:00:00.000Z'],
      ],
    },
    { title: 'Why it matters', text: 'Whoever knows its name gets all of it.\n\nNobody is told.' },
    { title: 'References', lines: [] },
  ],
};

describe('a detail', () => {
  test('is what there is to say, in parts', () => {
    expect(detailText(DETAIL, on(80))).toBe(`\
A bucket can be read by everybody
▲ high  active

Where
  Resource   globex-public
  Last seen  2026-11-22 11:00:00 UTC (4d ago)

Why it matters
  Whoever knows its name gets all of it.
  Nobody is told.
`);
  });

  test.each([20, 40, 60])('has no line longer than %i columns', (width) => {
    const facts = [['Item', 'x.東京'.repeat(40)]] as const;
    const lines = detailText(
      { ...DETAIL, parts: [...DETAIL.parts, { title: 'Evidence', facts }] },
      on(width),
    );
    expect(Math.max(...lines.split('\n').map(widthOf))).toBeLessThanOrEqual(width);
  });

  test('may have a badge that is called as what every object has', () => {
    const text = detailText({ ...DETAIL, badges: ['constructor', 'toString'] }, on(80));
    expect(text).toContain('constructor  toString');
  });

  test('escapes what would move the cursor, and keeps each fact on its line', () => {
    const evil = 'a\u001b[2Jb\u202E';
    const text = detailText(
      { title: evil, badges: [evil], parts: [{ title: 'x', facts: [[evil, evil]], lines: [evil] }] },
      on(80),
    );
    expect(text).not.toMatch(/[\u001b\u202E]/);
  });
});

test('names of programs become words', () => {
  expect(words('lastUsedAt')).toBe('Last used at');
  expect(words('fetch error')).toBe('Fetch error');
});
