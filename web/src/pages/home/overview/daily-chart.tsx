import { Link } from '@tanstack/react-router';
import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { Axis, DayLabels, frameOf } from '../../../components/chart-parts.tsx';
import type { Frame } from '../../../components/chart-parts.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { dayText, numberText, plural } from '../../../lib/format.ts';
import { niceCeiling } from '../../../lib/scale.ts';
import { useWidth } from '../../../lib/use-width.ts';

type Daily = Summary['daily'];
type Day = Daily[number];

const column = columnsOf<Day>();
const columns = column.columns([
  column.accessor('day', {
    header: 'Day',
    cell: ({ getValue }) => <time dateTime={getValue()}>{dayText(getValue())}</time>,
    meta: { names: true },
  }),
  ...(['new', 'reopened', 'resolved'] as const).map((kind) =>
    column.accessor(kind, {
      header: kind.charAt(0).toUpperCase() + kind.slice(1),
      cell: ({ getValue }) => numberText(getValue()),
      meta: { end: true },
    }),
  ),
]);

/** Two bars a day: what came (new, with reopened on top) and what went (resolved). The table has the same numbers. */
export function DailyChart({ daily }: { daily: Daily }) {
  const highest = niceCeiling(Math.max(1, ...daily.flatMap((day) => [day.new + day.reopened, day.resolved])));
  const [drawing, width] = useWidth<SVGSVGElement>(0);
  const frame = frameOf(width, highest, daily.length);
  return (
    <figure className="chart">
      <Legend />
      <svg ref={drawing} height={frame.height} role="group" aria-label={summaryText(daily)}>
        {frame.visible && (
          <>
            <Axis frame={frame} />
            {daily.map((day, index) => (
              <DayBars key={day.day} day={day} x={frame.x(index)} frame={frame} />
            ))}
            <DayLabels days={daily.map(({ day }) => day)} frame={frame} />
          </>
        )}
      </svg>
      <details>
        <summary>The same as a table</summary>
        <DataTable
          caption="New, reopened and resolved events by day"
          columns={columns}
          rows={daily.toReversed()}
          rowId={({ day }) => day}
          empty={null}
        />
      </details>
    </figure>
  );
}

function summaryText(daily: Daily): string {
  const sum = (kind: 'new' | 'reopened' | 'resolved'): number =>
    daily.reduce((total, day) => total + day[kind], 0);
  return `In ${plural(daily.length, 'day')}: ${sum('new')} new, ${sum('reopened')} reopened, ${sum('resolved')} resolved events`;
}

function Legend() {
  return (
    <figcaption className="legend">
      {(['new', 'reopened', 'resolved'] as const).map((kind) => (
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

interface BarsProps {
  day: Day;
  x: number;
  frame: Frame;
}

/** Leads to what was seen since that day. */
function DayBars({ day, x, frame: { step, top, base, length } }: BarsProps) {
  const bar = Math.min(14, step * 0.36);
  const middle = x + step / 2;
  const [fresh, reopened, resolved] = [length(day.new), length(day.reopened), length(day.resolved)];
  const text = `${dayText(day.day)}: ${day.new} new, ${day.reopened} reopened, ${day.resolved} resolved`;
  return (
    <Link
      to="/events"
      search={{ since: day.day, sort: '-firstSeen' }}
      className="day-bars"
      tabIndex={-1}
      aria-label={text}
    >
      <title>{text}</title>
      <rect className="day-area" x={x} y={top} width={step} height={base - top} />
      <rect data-kind="new" x={middle - bar - 1} y={base - fresh} width={bar} height={fresh} rx="1" />
      <rect
        data-kind="reopened"
        x={middle - bar - 1}
        y={base - fresh - reopened}
        width={bar}
        height={reopened}
        rx="1"
      />
      <rect data-kind="resolved" x={middle + 1} y={base - resolved} width={bar} height={resolved} rx="1" />
    </Link>
  );
}
