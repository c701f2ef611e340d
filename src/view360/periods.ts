import { VedetteError } from '../errors.ts';
import type { Interval } from '../model/view360.ts';

/** Days as `YYYY-MM-DD`; the end is not of the period any more. */
export interface Period {
  start: string;
  end: string;
}

const DAY_MS = 86_400_000;

export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));
}

/** The whole period of the interval that a day is in: a day, the week from its Monday, the month, the year. */
export function periodOf(interval: Interval, day: string): Period {
  const [year = '', month = ''] = day.split('-');
  switch (interval) {
    case 'DAILY':
      return { start: day, end: addDays(day, 1) };
    case 'WEEKLY': {
      const fromMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
      const start = addDays(day, -fromMonday);
      return { start, end: addDays(start, 7) };
    }
    case 'MONTHLY':
      return { start: `${year}-${month}-01`, end: firstOfMonthAfter(Number(year), Number(month)) };
    case 'YEARLY':
      return { start: `${year}-01-01`, end: `${Number(year) + 1}-01-01` };
  }
}

/** The last whole period that ended before a day. */
export function periodBefore(interval: Interval, day: string): Period {
  return periodOf(interval, addDays(periodOf(interval, day).start, -1));
}

/** Its last day, which the names of files carry. */
export function lastDay({ end }: Period): string {
  return addDays(end, -1);
}

/** The days of a period, in order. */
export function daysOf({ start, end }: Period): string[] {
  const days: string[] = [];
  for (let day = start; day < end; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * A date as people give it: `2025-09-05`, or `5-9-2025`, day first. `now` gives nothing of it.
 *
 * @throws VedetteError `usage` for what is no date
 */
export function parseDay(text: string): string {
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const [, day = isoDay, month = isoMonth, year = isoYear] = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(text) ?? [];
  const written = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  const date = new Date(`${written}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || dayOf(date) !== written) {
    throw new VedetteError('usage', `${JSON.stringify(text)} is not a date.`, {
      remedy: 'Give the day first, as 5-9-2025, or the year first, as 2025-09-05.',
    });
  }
  return written;
}

/**
 * A first and a last day; both in the same way, because `5-9-2025` to `2025-10-09` leaves open what was meant.
 *
 * @throws VedetteError `usage`
 */
export function parseRange(start: string, end: string): { start: string; end: string } {
  const yearFirst = (text: string) => /^\d{4}-/.test(text);
  if (yearFirst(start) !== yearFirst(end)) {
    throw new VedetteError('usage', `${start} and ${end} are written in two ways.`, {
      remedy: 'Give both dates day first (5-9-2025) or both year first (2025-09-05).',
    });
  }
  const range = { start: parseDay(start), end: parseDay(end) };
  if (range.start > range.end) {
    throw new VedetteError('usage', `${start} is after ${end}.`, {
      remedy: 'Give the earlier day as --start.',
    });
  }
  return range;
}

function firstOfMonthAfter(year: number, month: number): string {
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}
