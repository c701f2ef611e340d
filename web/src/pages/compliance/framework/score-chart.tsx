import { Link } from '@tanstack/react-router';
import type { ScoreHistory } from '../../../../../src/api/schemas/compliance.ts';
import { Axis, DayLabels, frameOf } from '../../../components/chart-parts.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { percentText } from '../../../components/score-bar.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { dayText } from '../../../lib/format.ts';
import { useWidth } from '../../../lib/use-width.ts';

type Point = ScoreHistory['points'][number];

const DAY_MS = 86_400_000;
const column = columnsOf<Point>();
const columns = column.columns([
  column.accessor('at', {
    header: 'Day',
    cell: ({ getValue }) => <time dateTime={getValue()}>{dayText(getValue())}</time>,
    meta: { names: true },
  }),
  column.accessor('percent', {
    header: 'Pass',
    cell: ({ row: { original } }) => percentText(original),
    meta: { end: true },
  }),
  ...(['pass', 'fail', 'unknown'] as const).map((state) =>
    column.accessor(state, { header: `${state} (number)`, meta: { end: true } }),
  ),
]);

/** The score after the last scan of each day; between scans it holds. The table has the same numbers. */
export function ScoreChart({ points }: { points: readonly Point[] }) {
  const days = everyDay(points);
  const [drawing, width] = useWidth<SVGSVGElement>(0);
  const frame = frameOf(width, 100, days.length);
  const path = days.map(
    ({ percent }, index) => `V${frame.base - frame.length(percent)}H${frame.x(index) + frame.step}`,
  );
  return (
    <figure className="chart">
      <svg ref={drawing} height={frame.height} role="group" aria-label={summaryText(points)}>
        {frame.visible && (
          <>
            <Axis frame={frame} />
            <path
              className="history-area"
              d={`M${frame.x(0)} ${frame.base}${path.join('')}V${frame.base}Z`}
            />
            {days.map(({ day, percent, scanId }, index) => (
              <Link
                key={day}
                to="/scans/$scanId"
                params={{ scanId: String(scanId) }}
                tabIndex={-1}
                aria-label={`${dayText(day)}: ${percent} %`}
              >
                <rect
                  className="day-area"
                  x={frame.x(index)}
                  y={frame.top}
                  width={frame.step}
                  height={frame.base - frame.top}
                >
                  <title>{`${dayText(day)}: ${percent} %`}</title>
                </rect>
              </Link>
            ))}
            <DayLabels days={days.map(({ day }) => day)} frame={frame} />
          </>
        )}
      </svg>
      <details>
        <summary>The same as a table</summary>
        <DataTable
          caption="Score by day"
          columns={columns}
          rows={points.toReversed()}
          rowId={({ at }) => at}
          empty={null}
        />
      </details>
    </figure>
  );
}

/** Days without a scan are as the one before. */
function everyDay(points: readonly Point[]): { day: string; percent: number; scanId: number }[] {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const byDay = new Map(points.map((point) => [point.at.slice(0, 10), point]));
  const days: { day: string; percent: number; scanId: number }[] = [];
  let current = first;
  const end = Date.parse(last.at.slice(0, 10));
  for (let at = Date.parse(first.at.slice(0, 10)); at <= end; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    current = byDay.get(day) ?? current;
    days.push({ day, percent: current.percent ?? 0, scanId: current.scanId });
  }
  return days;
}

function summaryText(points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)].map((point) => percentText(point ?? { percent: null }));
  return `From ${first} to ${last}`;
}
