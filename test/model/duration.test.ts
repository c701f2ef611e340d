import { expect, test } from '@jest/globals';
import { durationText, parseDuration } from '../../src/model/duration.ts';

test.each([
  ['90s', 90_000, '90s'],
  ['15m', 900_000, '15m'],
  ['6h', 21_600_000, '6h'],
  ['2d', 172_800_000, '2d'],
  ['48h', 172_800_000, '2d'],
  ['1.5h', 5_400_000, '90m'],
  ['250', 250, '250ms'],
  ['0', 0, '0s'],
  ['36500d', 3_153_600_000_000, '36500d'],
])('%s is read and written', (text, milliseconds, written) => {
  expect(parseDuration(text)).toBe(milliseconds);
  expect(durationText(milliseconds)).toBe(written);
});

test.each(['', 'soon', '1 week', '-5m', '5 m 3 s', '1e3s', '36501d', '99999999d', '9'.repeat(400)])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);
