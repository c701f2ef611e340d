import { useNow } from '../lib/clock.ts';
import { exactTime, relativeTime } from '../lib/format.ts';

/** A time of the API, told relative to now; the exact one in UTC is its title. `exact` shows that instead. */
export function Time({ at, exact = false }: { at: string | null; exact?: boolean }) {
  const now = useNow();
  if (at === null) return <span className="muted">–</span>;
  return (
    <time dateTime={at} title={exactTime(at)}>
      {exact ? exactTime(at) : relativeTime(at, now)}
    </time>
  );
}
