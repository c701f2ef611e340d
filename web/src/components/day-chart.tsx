import type { ReactNode } from 'react';
import { dayText, numberText } from '../lib/format.ts';
import { niceCeiling } from '../lib/scale.ts';
import { useWidth } from '../lib/use-width.ts';
import { DataTable } from './data-table.tsx';
import { columnsOf } from './table-columns.ts';
import type { Columns } from './table-columns.ts';

const HEIGHT = 180;
/** Half a label stands beyond the last day. */
const RIGHT = 16;
const BOTTOM = 22;
const TOP = 8;
const PLOT = HEIGHT - TOP - BOTTOM;
const DIGIT_WIDTH = 7;
const LABEL_WIDTH = 70;
/** Narrower, there is no room for a day; so it is before the width is known, and while the page is left. */
const LEAST_STEP = 1;

/** Where things stand in a chart of days, in pixels. */
export interface Frame {
  height: number;
  width: number;
  left: number;
  top: number;
  base: number;
  highest: number;
  /** Width of a day. */
  step: number;
  /** Whether there is room to draw anything. */
  visible: boolean;
  x: (index: number) => number;
  length: (value: number) => number;
}

/** The area under levels that each hold for a day, as the path of an `svg`. */
export function areaPath(levels: readonly number[], frame: Frame): string {
  const tops = levels.map(
    (level, index) => `V${frame.base - frame.length(level)}H${frame.x(index) + frame.step}`,
  );
  return `M${frame.x(0)} ${frame.base}${tops.join('')}V${frame.base}Z`;
}

interface Props<Day extends { day: string }> {
  /** In order, without gaps. */
  days: readonly Day[];
  /** The highest value that is drawn. */
  highest: number;
  /** What is to be seen, in a sentence. */
  label: string;
  /** Of the table, beside the day. */
  columns: Columns<Day>;
  caption: string;
  legend?: ReactNode;
  /** Draws inside the frame. */
  children: (frame: Frame) => ReactNode;
}

/** A drawing by day, as wide as there is room, and the same numbers as a table. */
export function DayChart<Day extends { day: string }>({
  days,
  highest,
  label,
  columns,
  caption,
  legend,
  children,
}: Props<Day>) {
  const [drawing, width] = useWidth<SVGSVGElement>(0);
  const frame = frameOf(width, niceCeiling(Math.max(1, highest)), days.length);
  return (
    <figure className="chart">
      {legend}
      <svg ref={drawing} height={frame.height} role="group" aria-label={label}>
        {frame.visible && (
          <>
            <Axis frame={frame} />
            {children(frame)}
            <DayLabels days={days.map(({ day }) => day)} frame={frame} />
          </>
        )}
      </svg>
      <details>
        <summary>The same as a table</summary>
        <DataTable
          caption={caption}
          columns={[...dayColumns<Day>(), ...columns]}
          rows={days.toReversed()}
          rowId={({ day }) => day}
          empty={null}
        />
      </details>
    </figure>
  );
}

function dayColumns<Day extends { day: string }>(): Columns<Day> {
  const column = columnsOf<Day>();
  return column.columns([
    column.display({
      id: 'day',
      header: 'Day',
      cell: ({ row: { original } }) => <time dateTime={original.day}>{dayText(original.day)}</time>,
      meta: { names: true },
    }),
  ]);
}

function frameOf(width: number, highest: number, days: number): Frame {
  const left = 12 + numberText(highest).length * DIGIT_WIDTH;
  const step = (width - left - RIGHT) / Math.max(1, days);
  return {
    height: HEIGHT,
    width,
    left,
    top: TOP,
    base: TOP + PLOT,
    highest,
    step,
    visible: step >= LEAST_STEP,
    x: (index) => left + index * step,
    length: (value) => (value / highest) * PLOT,
  };
}

function Axis({ frame: { highest, width, left } }: { frame: Frame }) {
  return (
    <g className="axis">
      {[0, 0.5, 1].map((share) => {
        const y = TOP + PLOT * (1 - share);
        return (
          <g key={share}>
            <line x1={left} x2={width} y1={y} y2={y} />
            <text x={left - 8} y={y + 4} textAnchor="end">
              {numberText(highest * share)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function DayLabels({ days, frame }: { days: readonly string[]; frame: Frame }) {
  const every = Math.ceil(LABEL_WIDTH / frame.step);
  return (
    <g className="axis">
      {days.map((day, index) =>
        (days.length - 1 - index) % every === 0 ? (
          <text key={day} x={frame.x(index + 0.5)} y={HEIGHT - 5} textAnchor="middle">
            {dayText(day)}
          </text>
        ) : null,
      )}
    </g>
  );
}
