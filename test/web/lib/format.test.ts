import { expect, test } from '@jest/globals';
import {
  bytesText,
  calendarTime,
  dayAfter,
  dayText,
  durationText,
  exactTime,
  plural,
  relativeTime,
  titleCase,
} from '../../../web/src/lib/format.ts';

const now = Date.parse('2026-11-22T14:05:00.000Z');

test('exact times are UTC, whatever the machine’s zone', () => {
  expect(exactTime('2026-11-22T14:05:59.999Z')).toBe('22 Nov 2026, 14:05 UTC');
  expect(exactTime('2026-03-09T00:00:00.000Z')).toBe('9 Mar 2026, 00:00 UTC');
  expect(dayText('2026-11-22')).toBe('22 Nov');
  expect(dayAfter('2026-12-31')).toBe('2027-01-01');
});

test.each([
  ['2026-11-22T14:04:30.000Z', 'just now'],
  ['2026-11-22T14:03:59.000Z', '1 minute ago'],
  ['2026-11-22T11:00:00.000Z', '3 hours ago'],
  ['2026-11-21T14:00:00.000Z', 'yesterday'],
  ['2026-11-12T14:05:00.000Z', '10 days ago'],
  ['2025-10-01T00:00:00.000Z', 'last year'],
  ['2026-11-22T14:05:45.000Z', 'in a moment'],
  ['2026-11-23T16:05:00.000Z', 'tomorrow'],
])('%s is %s', (time, text) => {
  expect(relativeTime(time, now)).toBe(text);
});

test.each([
  ['2026-11-22T14:25:00.000Z', 'in 20 minutes'],
  ['2026-11-22T23:30:00.000Z', 'today 23:30 UTC'],
  ['2026-11-23T00:00:00.000Z', 'tomorrow 00:00 UTC'],
  ['2026-11-27T03:00:00.000Z', 'Fri 03:00 UTC'],
  ['2026-12-07T03:00:00.000Z', '7 Dec 2026, 03:00 UTC'],
])('%s, which is to come, is %s', (time, text) => {
  expect(calendarTime(time, now)).toBe(text);
});

test.each([
  [84, '0.1 s'],
  [35_400, '35 s'],
  [155_000, '2 min 35 s'],
  [3_840_000, '1 h 4 min'],
])('%d ms are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

test('counts have their noun', () => {
  expect(plural(1, 'event')).toBe('1 event');
  expect(plural(12_345, 'event')).toBe('12,345 events');
  expect(titleCase('partly-failed')).toBe('Partly failed');
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [9_960, '10 kB'],
  [999_600, '1.0 MB'],
  [1_230_000_000, '1.2 GB'],
  [4_500_000_000_000_000_000, '4500 PB'],
])('%p bytes are %p', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
