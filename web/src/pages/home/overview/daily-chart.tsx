import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { dayText, numberText, plural } from '../../../lib/format.ts';
import { niceCeiling } from '../../../lib/scale.ts';
import { useWidth } from '../../../lib/use-width.ts';
import './daily-chart.css';

type Daily = Summary['daily'];
type Day = Daily[number];

/** Until the real width is known. */
const USUAL_WIDTH = 1000;
const HEIGHT = 180;
const LEFT = 44;
/** Half a label stands beyond the last day. */
const RIGHT = 16;
const BOTTOM = 22;
const TOP = 8;
const PLOT = HEIGHT - TOP - BOTTOM;

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
  const [drawing, width] = useWidth<SVGSVGElement>(USUAL_WIDTH);
  const step = (width - LEFT - RIGHT) / Math.max(1, daily.length);
  return (
    <figure className="chart">
      <Legend />
      <svg ref={drawing} height={HEIGHT} role="img" aria-label={summaryText(daily)}>
        <Axis highest={highest} width={width} />
        {daily.map((day, index) => (
          <DayBars key={day.day} day={day} x={LEFT + index * step} width={step} highest={highest} />
        ))}
        <DayLabels daily={daily} step={step} />
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

function Axis({ highest, width }: { highest: number; width: number }) {
  return (
    <g className="axis">
      {[0, 0.5, 1].map((share) => {
        const y = TOP + PLOT * (1 - share);
        return (
          <g key={share}>
            <line x1={LEFT} x2={width} y1={y} y2={y} />
            <text x={LEFT - 8} y={y + 4} textAnchor="end">
              {numberText(highest * share)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

interface BarsProps {
  day: Day;
  x: number;
  width: number;
  highest: number;
}

function DayBars({ day, x, width, highest }: BarsProps) {
  const height = (value: number): number => (value / highest) * PLOT;
  const base = TOP + PLOT;
  const bar = Math.min(14, width * 0.36);
  const middle = x + width / 2;
  const [fresh, reopened, resolved] = [height(day.new), height(day.reopened), height(day.resolved)];
  return (
    <g className="day-bars">
      <title>{`${dayText(day.day)}: ${day.new} new, ${day.reopened} reopened, ${day.resolved} resolved`}</title>
      <rect className="day-area" x={x} y={TOP} width={width} height={PLOT} />
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
    </g>
  );
}

const LABEL_WIDTH = 70;

function DayLabels({ daily, step }: { daily: Daily; step: number }) {
  const every = Math.ceil(LABEL_WIDTH / step);
  return (
    <g className="axis">
      {daily.map(({ day }, index) =>
        (daily.length - 1 - index) % every === 0 ? (
          <text key={day} x={LEFT + (index + 0.5) * step} y={HEIGHT - 5} textAnchor="middle">
            {dayText(day)}
          </text>
        ) : null,
      )}
    </g>
  );
}
