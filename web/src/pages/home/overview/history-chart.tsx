import { Link } from '@tanstack/react-router';
import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { areaPath, DayChart } from '../../../components/day-chart.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { dayText, numberText, plural } from '../../../lib/format.ts';

type Daily = Summary['daily'];

const column = columnsOf<Daily[number]>();
const columns = column.columns([
  column.accessor('unresolved', {
    header: 'Unresolved',
    cell: ({ getValue }) => numberText(getValue()),
    meta: { end: true },
  }),
]);

/** How many events were active or suppressed at the end of each day, as an area. */
export function HistoryChart({ daily }: { daily: Daily }) {
  return (
    <DayChart
      days={daily}
      highest={Math.max(...daily.map(({ unresolved }) => unresolved))}
      label={summaryText(daily)}
      columns={columns}
      caption="Unresolved events by day"
    >
      {(frame) => (
        <>
          <path
            className="history-area"
            d={areaPath(
              daily.map(({ unresolved }) => unresolved),
              frame,
            )}
          />
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
        </>
      )}
    </DayChart>
  );
}

function summaryText(daily: Daily): string {
  const [first, last] = [daily[0]?.unresolved ?? 0, daily.at(-1)?.unresolved ?? 0];
  return `In ${plural(daily.length, 'day')} from ${numberText(first)} to ${numberText(last)} unresolved events`;
}
