import type { CoverageHistory } from '../../../../../src/api/schemas/coverage.ts';
import { areaPath, DayChart } from '../../../components/day-chart.tsx';
import { columnsOf } from '../../../components/table-columns.ts';
import { dayText } from '../../../lib/format.ts';
import { coverageDays } from './days.ts';
import type { CoverageDay } from './days.ts';

const WHOLE = 100;
const column = columnsOf<CoverageDay>();
const columns = column.columns([
  column.accessor('effective', {
    header: 'Effective',
    cell: ({ getValue }) => percent(getValue()),
    meta: { end: true },
  }),
  column.accessor('accounts', { header: 'Accounts', meta: { end: true } }),
]);

/** The effective coverage of the accounts day by day, as scans found it. */
export function CoverageChart({ scans }: { scans: CoverageHistory['scans'] }) {
  const days = coverageDays(scans);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  return (
    <DayChart
      days={days}
      highest={WHOLE}
      label={`Effective coverage from ${percent(first.effective)} to ${percent(last.effective)}`}
      columns={columns}
      caption="Effective coverage by day"
    >
      {(frame) => (
        <>
          <path
            className="history-area"
            d={areaPath(
              days.map(({ effective }) => effective),
              frame,
            )}
          />
          {days.map(({ day, effective }, index) => (
            <rect
              key={day}
              className="day-area"
              x={frame.x(index)}
              y={frame.top}
              width={frame.step}
              height={frame.base - frame.top}
            >
              <title>{`${dayText(day)}: ${percent(effective)}`}</title>
            </rect>
          ))}
        </>
      )}
    </DayChart>
  );
}

function percent(value: number): string {
  return `${Math.floor(value * 10) / 10} %`;
}
