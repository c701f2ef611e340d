import { expect, test } from '@jest/globals';
import { niceCeiling } from '../../../web/src/lib/scale.ts';

test.each([
  [0, 2],
  [1, 2],
  [3, 4],
  [10, 10],
  [11, 20],
  [100, 100],
  [101, 200],
  [950, 1000],
])('an axis for %d ends at %d', (value, end) => {
  expect(niceCeiling(value)).toBe(end);
});
