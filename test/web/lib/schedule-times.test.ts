import { expect, test } from '@jest/globals';
import {
  cronOf,
  dayTimeOf,
  dayTimeText,
  isTimeZone,
  nextTimes,
} from '../../../web/src/lib/schedule-times.ts';

test.each([
  ['0 3 * * *', { days: '*', time: '03:00' }, 'Every day at 03:00'],
  ['30 22 * * 1-5', { days: '1-5', time: '22:30' }, 'Monday to Friday at 22:30'],
  ['5 0 * * 0', { days: '0', time: '00:05' }, 'Sunday at 00:05'],
] as const)('%s is a day and a time', (cron, dayTime, text) => {
  expect(dayTimeOf(cron)).toEqual(dayTime);
  expect(cronOf(dayTime)).toBe(cron);
  expect(dayTimeText(dayTime)).toBe(text);
});

test('Sunday has two numbers', () => {
  expect(dayTimeOf('0 3 * * 7')).toEqual({ days: '0', time: '03:00' });
});

test.each(['@daily', '*/5 3 * * *', '0 3 1 * *', '0 3 * * 1,3', '0 24 * * *', '61 3 * * *', ''])(
  '%j is more than a day and a time',
  (cron) => {
    expect(dayTimeOf(cron)).toBeNull();
  },
);

const next = (days: '*' | '1-5' | '0', time: string, zone: string, now: string) =>
  nextTimes({ days, time }, zone, Date.parse(now), 3).map((at) => new Date(at).toISOString().slice(0, 16));

test('the next times are those of clocks in the zone, across the change to winter time', () => {
  expect(next('*', '03:00', 'Europe/Paris', '2026-10-24T00:30:00Z')).toEqual([
    '2026-10-24T01:00',
    '2026-10-25T02:00',
    '2026-10-26T02:00',
  ]);
});

test('a day of the week is one there, not in UTC', () => {
  expect(next('0', '00:30', 'Pacific/Auckland', '2026-11-27T12:00:00Z')).toEqual([
    '2026-11-28T11:30',
    '2026-12-05T11:30',
    '2026-12-12T11:30',
  ]);
});

test('working days leave out the weekend', () => {
  expect(next('1-5', '09:00', 'UTC', '2026-11-27T09:00:00Z')).toEqual([
    '2026-11-30T09:00',
    '2026-12-01T09:00',
    '2026-12-02T09:00',
  ]);
});

test('nothing is told of a zone that there is not', () => {
  expect(isTimeZone('Europe/Atlantis')).toBe(false);
  expect(next('*', '03:00', 'Europe/Atlantis', '2026-10-24T00:30:00Z')).toEqual([]);
});
