import { Link } from '@tanstack/react-router';
import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { DayChart } from '../../../components/day-chart.tsx';
import type { Frame } from '../../../components/day-chart.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { dayAfter, dayText, numberText, plural } from '../../../lib/format.ts';

type Daily = Summary['daily'];
type Day = Daily[number];
const KINDS = ['new', 'reopened', 'resolved'] as const;
type Kind = (typeof KINDS)[number];

const column = columnsOf<Day>();
const columns = column.columns(
  KINDS.map((kind) =>
    column.accessor(kind, {
      header: kind.charAt(0).toUpperCase() + kind.slice(1),
      cell: ({ getValue, row: { original } }) => (
        <Link to="/events" search={eventsOf(kind, original.day)}>
          {numberText(getValue())}
        </Link>
      ),
      meta: { end: true },
    }),
  ),
);

/** The events to which this happened on that day. */
function eventsOf(kind: Kind, day: string) {
  const next = dayAfter(day);
  if (kind === 'new') return { newSince: day, newUntil: next, sort: '-firstSeen' } as const;
  if (kind === 'reopened') return { reopenedSince: day, reopenedUntil: next, sort: '-reopenedAt' } as const;
  return { resolvedSince: day, resolvedUntil: next, sort: '-resolvedAt' } as const;
}

/** Two bars a day: what came (new, with reopened on top) and what went (resolved). */
export function DailyChart({ daily }: { daily: Daily }) {
  return (
    <DayChart
      days={daily}
      highest={Math.max(...daily.flatMap((day) => [day.new + day.reopened, day.resolved]))}
      label={summaryText(daily)}
      columns={columns}
      caption="New, reopened and resolved events by day"
      legend={<Legend />}
    >
      {(frame) =>
        daily.map((day, index) => <DayBars key={day.day} day={day} x={frame.x(index)} frame={frame} />)
      }
    </DayChart>
  );
}

function summaryText(daily: Daily): string {
  const sum = (kind: Kind): number => daily.reduce((total, day) => total + day[kind], 0);
  return `In ${plural(daily.length, 'day')}: ${sum('new')} new, ${sum('reopened')} reopened, ${sum('resolved')} resolved events`;
}

function Legend() {
  return (
    <figcaption className="legend">
      {KINDS.map((kind) => (
        <span key={kind}>
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <rect width="10" height="10" rx="2" data-kind={kind} />
          </svg>
          {kind}
        </span>
      ))}
    </figcaption>
  );
}

/** Each half of a day leads to what came or went; the keyboard finds the same links in the table. */
function DayBars({ day, x, frame: { step, top, base, length } }: { day: Day; x: number; frame: Frame }) {
  const bar = Math.min(14, step * 0.36);
  const middle = x + step / 2;
  const [fresh, reopened, resolved] = [length(day.new), length(day.reopened), length(day.resolved)];
  const half = { y: top, width: step / 2, height: base - top, className: 'day-area' };
  const came = `${dayText(day.day)}: ${day.new} new, ${day.reopened} reopened`;
  const went = `${dayText(day.day)}: ${day.resolved} resolved`;
  return (
    <>
      <Link to="/events" search={eventsOf('new', day.day)} tabIndex={-1} aria-label={came}>
        <title>{came}</title>
        <rect {...half} x={x} />
        <rect data-kind="new" x={middle - bar - 1} y={base - fresh} width={bar} height={fresh} rx="1" />
        <rect
          data-kind="reopened"
          x={middle - bar - 1}
          y={base - fresh - reopened}
          width={bar}
          height={reopened}
          rx="1"
        />
      </Link>
      <Link to="/events" search={eventsOf('resolved', day.day)} tabIndex={-1} aria-label={went}>
        <title>{went}</title>
        <rect {...half} x={middle} />
        <rect data-kind="resolved" x={middle + 1} y={base - resolved} width={bar} height={resolved} rx="1" />
      </Link>
    </>
  );
}
