const whole = new Intl.NumberFormat('en-GB');
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Largest first; a time is told in the largest unit of which it holds one. */
const UNITS = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

const sterling = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'GBP',
  trailingZeroDisplay: 'stripIfInteger',
});

/** `£29`, `£29.50`; from pence. */
export function moneyText(pence: number): string {
  return sterling.format(pence / 100);
}

/** `12,345` */
export function numberText(value: number): string {
  return whole.format(value);
}

/** `512 B`, `1.2 MB`, `36 GB`: in units of a thousand. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let [value, at] = [bytes, 0];
  for (; value >= 999.5 && at < units.length - 1; at += 1) value /= 1000;
  return `${at === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)} ${units[at]}`;
}

/** `1 event`, `12,345 events` */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${numberText(count)} ${count === 1 ? noun : nouns}`;
}

/** `22 Nov 2026, 14:05 UTC` */
export function exactTime(iso: string): string {
  return `${exact.format(new Date(iso))} UTC`;
}

/** `22 Nov`, of `2026-11-22` */
export function dayText(date: string): string {
  return day.format(new Date(date));
}

/** `2026-11-23`, of `2026-11-22` */
export function dayAfter(date: string): string {
  return new Date(Date.parse(date) + DAY).toISOString().slice(0, 10);
}

/** `3 hours ago`, `in 2 days`, `just now` */
export function relativeTime(iso: string, now: number): string {
  const distance = Date.parse(iso) - now;
  const unit = UNITS.find(([, length]) => Math.abs(distance) >= length);
  if (unit === undefined) return distance > MINUTE / 2 ? 'in a moment' : 'just now';
  const [name, length] = unit;
  return relative.format(Math.trunc(distance / length), name);
}

/** Of a time to come: `in 20 minutes`, `today 15:00 UTC`, `tomorrow 03:00 UTC`, `Sun 00:00 UTC`, `7 Dec 2026, 03:00 UTC` */
export function calendarTime(iso: string, now: number): string {
  const at = Date.parse(iso);
  if (at - now < HOUR) return relativeTime(iso, now);
  const days = Math.floor(at / DAY) - Math.floor(now / DAY);
  const time = `${clock.format(at)} UTC`;
  if (days === 0) return `today ${time}`;
  if (days === 1) return `tomorrow ${time}`;
  return days < 7 ? `${weekday.format(at)} ${time}` : exactTime(iso);
}

/** `1 h 4 min`, `2 min 35 s`, `35 s`, `0.3 s` */
export function durationText(milliseconds: number): string {
  if (milliseconds < SECOND) return `${(milliseconds / SECOND).toFixed(1)} s`;
  const hours = Math.floor(milliseconds / HOUR);
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  const seconds = Math.floor((milliseconds % MINUTE) / SECOND);
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds} s` : `${seconds} s`;
}

/** First letter upper case: `partly-failed` becomes `Partly failed`. */
export function titleCase(text: string): string {
  const words = text.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
