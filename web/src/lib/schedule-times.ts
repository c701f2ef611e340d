/** The same time of the day on some days of the week: what most schedules are. */
export interface DayTime {
  days: Days;
  /** `03:00` */
  time: string;
}

/** `*` for every day, `1-5` for working days, or one day: `0` for Sunday to `6` for Saturday. */
export type Days = (typeof DAYS)[number];
export const DAYS = ['*', '1-5', '1', '2', '3', '4', '5', '6', '0'] as const;

const NAMES: Readonly<Record<Days, string>> = {
  '*': 'Every day',
  '1-5': 'Monday to Friday',
  '0': 'Sunday',
  '1': 'Monday',
  '2': 'Tuesday',
  '3': 'Wednesday',
  '4': 'Thursday',
  '5': 'Friday',
  '6': 'Saturday',
};
const DAY_MS = 86_400_000;
const WEEKDAYS: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

export function daysText(days: Days): string {
  return NAMES[days];
}

/** What a cron expression of five fields says, where it is as simple as this; else null. */
export function dayTimeOf(cron: string): DayTime | null {
  const [, minute = '', hour = '', weekday = ''] = /^(\d+) (\d+) \* \* (\S+)$/.exec(cron.trim()) ?? [];
  const days = DAYS.find((known) => known === (weekday === '7' ? '0' : weekday));
  if (days === undefined || Number(minute) > 59 || Number(hour) > 23) return null;
  return { days, time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` };
}

export function cronOf({ days, time }: DayTime): string {
  const [hour, minute] = time.split(':').map(Number);
  return `${minute} ${hour} * * ${days}`;
}

/** `Every day at 03:00`, `Monday at 03:00` */
export function dayTimeText({ days, time }: DayTime): string {
  return `${NAMES[days]} at ${time}`;
}

/** The next times, in milliseconds; none where the zone is not known. A local time that spring leaves out is an hour later. */
export function nextTimes(dayTime: DayTime, timeZone: string, now: number, count: number): number[] {
  if (!isTimeZone(timeZone)) return [];
  const [hour = 0, minute = 0] = dayTime.time.split(':').map(Number);
  const times: number[] = [];
  // A day before, for it may still be yesterday there; a week and a day hold every day of the week.
  for (let day = -1; times.length < count && day < 8 * count; day += 1) {
    const { year, month, date, weekday } = partsIn(timeZone, now + day * DAY_MS);
    if (!isOn(dayTime.days, weekday)) continue;
    const at = instantOf(Date.UTC(year, month - 1, date, hour, minute), timeZone);
    if (at > now && at !== times.at(-1)) times.push(at);
  }
  return times;
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isOn(days: Days, weekday: number): boolean {
  if (days === '*') return true;
  return days === '1-5' ? weekday >= 1 && weekday <= 5 : Number(days) === weekday;
}

/** The instant at which clocks in the zone show what UTC's show at `wall`. */
function instantOf(wall: number, timeZone: string): number {
  const guess = wall - offsetAt(wall, timeZone);
  return wall - offsetAt(guess, timeZone);
}

function offsetAt(instant: number, timeZone: string): number {
  const { year, month, date, hour, minute } = partsIn(timeZone, instant);
  return Date.UTC(year, month - 1, date, hour, minute) - Math.floor(instant / 60_000) * 60_000;
}

function partsIn(timeZone: string, instant: number) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    weekday: 'short',
  }).formatToParts(instant);
  const text = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return {
    year: Number(text('year')),
    month: Number(text('month')),
    date: Number(text('day')),
    hour: Number(text('hour')),
    minute: Number(text('minute')),
    weekday: WEEKDAYS.indexOf(text('weekday')),
  };
}
