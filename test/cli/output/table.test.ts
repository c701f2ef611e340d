import { describe, expect, test } from '@jest/globals';
import { tableText } from '../../../src/cli/output/table.ts';
import type { Column } from '../../../src/cli/output/table.ts';
import { cutEnd, cutMiddle, widthOf, wrapped } from '../../../src/cli/output/terminal.ts';
import type { Screen } from '../../../src/cli/output/terminal.ts';

interface Row {
  id: number;
  level: string;
  account: string;
  region: string;
  resource: string;
  seen: string;
}

const NOW = Date.parse('2026-11-26T12:00:00.000Z');

const COLUMNS: readonly Column<Row>[] = [
  { header: 'ID', value: ({ id }) => id },
  { header: 'LEVEL', value: ({ level }) => level, shows: 'level' },
  { header: 'ACCOUNT', value: ({ account }) => account, rank: 1 },
  { header: 'REGION', value: ({ region }) => region, rank: 2, least: 9 },
  { header: 'RESOURCE', value: ({ resource }) => resource, least: 16 },
  { header: 'SEEN', value: ({ seen }) => seen, shows: 'time', rank: 3 },
];

const row = (more: Partial<Row> = {}): Row => ({
  id: 814,
  level: 'critical',
  account: '111111111111',
  region: 'eu-west-1',
  resource: 'globex-public-policy',
  seen: '2026-11-22T11:00:00.000Z',
  ...more,
});

const ROWS = [
  row(),
  row({ resource: `arn:aws:s3:::${'a-very-long-bucket-name-'.repeat(12)}end` }),
  row({ level: 'info', resource: '東京のバケット'.repeat(20) }),
  row({ level: 'low', resource: '🪣'.repeat(90) }),
  row({ level: 'high', resource: 'cafe\u0301 '.repeat(60) }),
];

function on(width: number, now = NOW): Screen {
  return { width, now, paint: (_style, text) => text };
}

const linesOf = (text: string): string[] => text.replace(/\n$/, '').split('\n');

describe('a table', () => {
  test.each([60, 80, 120, 160, 200])('of a terminal of %i columns has no line that is longer', (width) => {
    const lines = linesOf(tableText(COLUMNS, ROWS, on(width)));
    expect(lines).toHaveLength(ROWS.length + 1);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
    // It uses the room that there is.
    expect(Math.max(...lines.map(widthOf))).toBeGreaterThan(width - 3);
  });

  test('gives up the columns of the highest rank first', () => {
    const headers = (width: number) => linesOf(tableText(COLUMNS, [row()], on(width)))[0]?.split(/ {2,}/);
    expect(headers(80)).toEqual(['ID', 'LEVEL', 'ACCOUNT', 'REGION', 'RESOURCE', 'SEEN']);
    expect(headers(60)).toEqual(['ID', 'LEVEL', 'ACCOUNT', 'REGION', 'RESOURCE']);
    expect(headers(50)).toEqual(['ID', 'LEVEL', 'ACCOUNT', 'RESOURCE']);
    expect(headers(40)).toEqual(['ID', 'LEVEL', 'RESOURCE']);
  });

  test('lines up behind wide and combining characters', () => {
    const rows = [
      row({ resource: 'バケット' }),
      row({ resource: 'cafe\u0301' }),
      row({ resource: '🪣 bucket' }),
    ];
    const lines = linesOf(tableText(COLUMNS, rows, on(120)));
    const starts = lines.slice(1).map((line) => widthOf(line.slice(0, line.indexOf('4d ago'))));
    expect(new Set(starts).size).toBe(1);
  });

  test('shows levels by shape and colour, and times as ages', () => {
    const text = tableText(COLUMNS, [row()], {
      ...on(120),
      paint: (style, cell) => `<${String(style)}>${cell}</>`,
    });
    expect(text).toContain('<bold,red>⬢ critical</>');
    expect(text).toContain('4d ago');
    expect(text).not.toContain('2026');
  });

  test('escapes what would move the cursor', () => {
    const text = tableText(COLUMNS, [row({ resource: 'a\u001b[2Jb\nc', level: '\u001b[31m' })], on(120));
    expect(text).not.toContain('\u001b');
    expect(linesOf(text)).toHaveLength(2);
    expect(text).toContain('a\\u001b[2Jb\\nc');
  });

  test('cuts the one column that is left', () => {
    const [, line = ''] = linesOf(tableText(COLUMNS.slice(0, 1), [row({ id: 1e20 })], on(8)));
    expect(line).toBe('1000…000');
  });
});

test('long text is cut in its middle, between whole characters', () => {
  expect(cutMiddle('production-database', 9)).toBe('prod…base');
  expect(cutMiddle('short', 9)).toBe('short');
  expect(cutEnd('production-database', 9)).toBe('producti…');
  expect(widthOf(cutEnd('東京のバケット', 8))).toBeLessThanOrEqual(8);
  expect(widthOf(cutMiddle('東京のバケット', 8))).toBeLessThanOrEqual(8);
  expect(cutMiddle('👨🏽‍💻👨🏽‍💻👨🏽‍💻👨🏽‍💻', 5)).toBe('👨🏽‍💻…👨🏽‍💻');
});

test('text is wrapped at words, and longer words are broken', () => {
  expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapped('abcdefghij k', 4)).toEqual(['abcd', 'efgh', 'ij k']);
});
