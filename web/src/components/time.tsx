import { useNow } from '../lib/clock.ts';
import { calendarTime, exactTime, relativeTime } from '../lib/format.ts';

/**
 * A time of the API: one that has been, relative to now; one to come, in words of the calendar. The exact one in UTC is its
 * title. `exact` shows that instead.
 */
export function Time({ at, exact = false }: { at: string | null; exact?: boolean }) {
  const now = useNow();
  if (at === null) return <span className="muted nothing">–</span>;
  const inWords = Date.parse(at) > now ? calendarTime : relativeTime;
  return (
    <time dateTime={at} title={exactTime(at)}>
      {exact ? exactTime(at) : inWords(at, now)}
    </time>
  );
}
