import { Link } from '@tanstack/react-router';
import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { Axis, DayLabels, frameOf } from '../../../components/chart-parts.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { dayText, numberText, plural } from '../../../lib/format.ts';
import { niceCeiling } from '../../../lib/scale.ts';
import { useWidth } from '../../../lib/use-width.ts';

type Daily = Summary['daily'];

const column = columnsOf<Daily[number]>();
const columns = column.columns([
  column.accessor('day', {
    header: 'Day',
    cell: ({ getValue }) => <time dateTime={getValue()}>{dayText(getValue())}</time>,
    meta: { names: true },
  }),
  column.accessor('unresolved', {
    header: 'Unresolved',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
]);

/** How many events were active or suppressed at the end of each day, as an area. The table has the same numbers. */
export function HistoryChart({ daily }: { daily: Daily }) {
  const highest = niceCeiling(Math.max(1, ...daily.map(({ unresolved }) => unresolved)));
  const [drawing, width] = useWidth<SVGSVGElement>(0);
  const frame = frameOf(width, highest, daily.length);
  return (
    <figure className="chart">
      <svg ref={drawing} height={frame.height} role="group" aria-label={summaryText(daily)}>
        {frame.visible && (
          <>
            <Axis frame={frame} />
            <path className="history-area" d={areaPath(daily, frame)} />
            {daily.map(({ day, unresolved }, index) => (
              <Link
                key={day}
                to="/events"
                search={{ since: day, sort: '-firstSeen' }}
                tabIndex={-1}
                aria-label={`${dayText(day)}: ${numberText(unresolved)} unresolved`}
              >
                <rect
                  className="day-area"
                  x={frame.x(index)}
                  y={frame.top}
                  width={frame.step}
                  height={frame.base - frame.top}
                >
                  <title>{`${dayText(day)}: ${numberText(unresolved)} unresolved`}</title>
                </rect>
              </Link>
            ))}
            <DayLabels days={daily.map(({ day }) => day)} frame={frame} />
          </>
        )}
      </svg>
      <details>
        <summary>The same as a table</summary>
        <DataTable
          caption="Unresolved events by day"
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
  const [first, last] = [daily[0]?.unresolved ?? 0, daily.at(-1)?.unresolved ?? 0];
  return `In ${plural(daily.length, 'day')} from ${numberText(first)} to ${numberText(last)} unresolved events`;
}

/** Level over each day, for the number holds from one scan to the next. */
function areaPath(daily: Daily, frame: ReturnType<typeof frameOf>): string {
  const tops = daily.map(
    ({ unresolved }, index) => `V${frame.base - frame.length(unresolved)}H${frame.x(index) + frame.step}`,
  );
  return `M${frame.x(0)} ${frame.base}${tops.join('')}V${frame.base}Z`;
}
