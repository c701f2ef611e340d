import { expect, test } from '@jest/globals';
import { deadline, moment } from '../../src/cli/options.ts';

test('a moment is a date, a time or an age', () => {
  expect(moment('2026-11-22')).toBe('2026-11-22T00:00:00.000Z');
  expect(moment('2026-11-22T10:00:00+02:00')).toBe('2026-11-22T08:00:00.000Z');
  expect(Date.parse(moment('36h'))).toBeLessThan(Date.now() - 35 * 3_600_000);
  expect(Date.parse(deadline('36h'))).toBeGreaterThan(Date.now() + 35 * 3_600_000);
});

test.each(['soon', '999999d', '99999999999d', '9999999w', '-000001-01-01', '+012026-11-22'])(
  '%s is none that a database holds',
  (text) => {
    expect(() => moment(text)).toThrow('Give a date');
    expect(() => deadline(text.replace('999999d', '9999999d'))).toThrow('Give a date');
  },
);
