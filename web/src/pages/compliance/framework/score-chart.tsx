import { Link } from '@tanstack/react-router';
import type { ScoreHistory } from '../../../../../src/api/schemas/compliance.ts';
import { areaPath, DayChart } from '../../../components/day-chart.tsx';
import { percentText } from '../../../components/score-bar.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { dayText, titleCase } from '../../../lib/format.ts';

type Point = ScoreHistory['points'][number];
type Day = Point & { day: string };

const DAY_MS = 86_400_000;
const WHOLE = 100;
const column = columnsOf<Day>();
const columns = column.columns([
  column.accessor('percent', {
    header: 'Share',
    cell: ({ row: { original } }) => percentText(original),
    meta: { end: true },
  }),
  ...(['pass', 'fail', 'unknown'] as const).map((state) =>
    column.accessor(state, { header: titleCase(state), meta: { end: true } }),
  ),
]);

/** The score after the last scan of each day; it holds until the next one. */
export function ScoreChart({ points }: { points: readonly Point[] }) {
  const days = everyDay(points);
  return (
    <DayChart
      days={days}
      highest={WHOLE}
      label={summaryText(points)}
      columns={columns}
      caption="Share of requirements that pass, by day"
    >
      {(frame) => (
        <>
          <path
            className="history-area"
            d={areaPath(
              days.map(({ percent }) => percent ?? 0),
              frame,
            )}
          />
          {days.map((point, index) => (
            <Link
              key={point.day}
              to="/scans/$scanId"
              params={{ scanId: String(point.scanId) }}
              tabIndex={-1}
              aria-label={`${dayText(point.day)}: ${percentText(point)}`}
            >
              <rect
                className="day-area"
                x={frame.x(index)}
                y={frame.top}
                width={frame.step}
                height={frame.base - frame.top}
              >
                <title>{`${dayText(point.day)}: ${percentText(point)}`}</title>
              </rect>
            </Link>
          ))}
        </>
      )}
    </DayChart>
  );
}

/** Days without a scan are as the one before. */
function everyDay(points: readonly Point[]): Day[] {
  const byDay = new Map(points.map((point) => [point.at.slice(0, 10), point]));
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const days: Day[] = [];
  let current = first;
  const end = Date.parse(last.at.slice(0, 10));
  for (let at = Date.parse(first.at.slice(0, 10)); at <= end; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    current = byDay.get(day) ?? current;
    days.push({ ...current, day });
  }
  return days;
}

function summaryText(points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)].map((point) => percentText(point ?? { percent: null }));
  return `From ${first} to ${last}`;
}
