import { expect, test } from '@jest/globals';
import { csvRows } from '../../src/text/csv.ts';
import type { CsvValue } from '../../src/text/csv.ts';
import { hostileNames } from '../notify/fixtures.ts';

type Row = readonly CsvValue[];

async function textOf(rows: Iterable<Row> | AsyncIterable<Row>): Promise<string> {
  let text = '';
  for await (const piece of csvRows(['name', 'value'], rows)) text += piece;
  return text;
}

test('writes a header, quotes what needs it, and leaves nothing for null', async () => {
  const text = await textOf([
    ['plain', 1],
    ['comma, "quotes"', -2.5],
    ['Ü', true],
    ['', null],
  ]);
  expect(text).toBe('name,value\nplain,1\n"comma, ""quotes""",-2.5\nÜ,true\n,\n');
});

test('writes the header even without rows', async () => {
  expect(await textOf([])).toBe('name,value\n');
});

test.each(Object.entries(hostileNames))(
  'a hostile name stays one harmless cell: %s',
  async (_attack, name) => {
    const [header, row, ...rest] = (await textOf([[name, 'end']])).split('\n');
    expect([header, ...rest]).toEqual(['name,value', '']);
    expect(row).not.toMatch(/^"?[=+\-@\t\r]/);
    expect(row).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(row).toMatch(/,end$/);
  },
);

test('a formula keeps its text behind an apostrophe', async () => {
  expect(await textOf([['=1+1', '-2+3']])).toBe("name,value\n'=1+1,'-2+3\n");
});

test('streams: the first pieces come before the last rows are asked for', async () => {
  let made = 0;
  function* rows(): Generator<Row> {
    for (; made < 200_000; made += 1) yield [`row ${made}`, made];
  }
  for await (const piece of csvRows(['name', 'value'], rows())) {
    expect(piece.startsWith('name,value\n')).toBe(true);
    break;
  }
  expect(made).toBeGreaterThan(0);
  expect(made).toBeLessThan(5000);
});

async function* failingRows(): AsyncGenerator<Row> {
  yield ['one', 1];
  throw new Error('the database went away');
}

test('an error of the rows reaches the reader', async () => {
  await expect(textOf(failingRows())).rejects.toThrow('the database went away');
});
