import { expect, test } from '@jest/globals';
import { niceCeiling } from '../../../web/src/lib/scale.ts';
import { nextSort, sorted } from '../../../web/src/lib/sorting.ts';

const rows = [
  { name: 'b', count: 10 },
  { name: 'a', count: 9 },
  { name: null, count: 11 },
];
const keys = {
  name: ({ name }: (typeof rows)[number]) => name,
  count: ({ count }: (typeof rows)[number]) => count,
};
const counts = (sort: string | undefined): number[] => sorted(rows, sort, keys).map(({ count }) => count);

test('sorts numbers as numbers, and puts what has no value last either way', () => {
  expect(counts('count')).toEqual([9, 10, 11]);
  expect(counts('-count')).toEqual([11, 10, 9]);
  expect(counts('name')).toEqual([9, 10, 11]);
  expect(counts('-name')).toEqual([10, 9, 11]);
});

test('leaves the order alone when there is none, or an unknown one', () => {
  expect(counts(undefined)).toEqual([10, 9, 11]);
  expect(counts('constructor')).toEqual([10, 9, 11]);
});

test('a click begins where the column says, then turns round', () => {
  expect(nextSort(undefined, 'level', 'descending')).toBe('-level');
  expect(nextSort('-level', 'level', 'descending')).toBe('level');
  expect(nextSort('level', 'level', 'descending')).toBe('-level');
  expect(nextSort('-level', 'name', 'ascending')).toBe('name');
});

test('an axis ends at a short even number', () => {
  expect([0, 1, 3, 11, 20, 21, 555, 999, 1001].map(niceCeiling)).toEqual([
    2, 2, 4, 20, 20, 40, 600, 1000, 2000,
  ]);
});
