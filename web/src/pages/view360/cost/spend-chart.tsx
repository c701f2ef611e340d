import { dayAfter, dayText, plural } from '../../../lib/format.ts';
import { niceCeiling } from '../../../lib/scale.ts';
import { moneyText } from '../shared/values.ts';
import './spend-chart.css';

const WIDTH = 720;
const HEIGHT = 172;
const BASE = 144;
const TOP = 8;
const LEFT = 64;

interface Props {
  currency: string;
  /** The first day, and the day after the last one. */
  from: string;
  until: string;
  /** What was spent by day; one that is missing is not known, which is not nothing. */
  spent: ReadonlyMap<string, number>;
}

/** What was spent on each day, in one currency. */
export function SpendChart({ currency, from, until, spent }: Props) {
  const days: string[] = [];
  for (let day = from; day < until; day = dayAfter(day)) days.push(day);
  const amounts = [...spent.values()];
  const highest = niceCeiling(Math.max(1, ...amounts));
  const step = (WIDTH - LEFT) / days.length;
  const yOf = (amount: number): number => BASE - (Math.max(0, amount) / highest) * (BASE - TOP);
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const missing = days.length - spent.size;
  const title = `${moneyText(total, currency)} in ${plural(spent.size, 'day')}${missing > 0 ? `; ${plural(missing, 'day')} not known` : ''}`;
  return (
    <figure className="spend-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        {[0, highest / 2, highest].map((amount) => (
          <g key={amount} className="axis">
            <line x1={LEFT} x2={WIDTH} y1={yOf(amount)} y2={yOf(amount)} />
            <text x={LEFT - 8} y={yOf(amount) + 4} textAnchor="end">
              {amount}
            </text>
          </g>
        ))}
        <g className="axis">
          <text x={LEFT} y={HEIGHT - 8}>
            {dayText(from)}
          </text>
          <text x={WIDTH} y={HEIGHT - 8} textAnchor="end">
            {dayText(days.at(-1) ?? from)}
          </text>
        </g>
        {days.map((day, index) => {
          const amount = spent.get(day);
          return (
            amount !== undefined && (
              <rect
                key={day}
                className="bar"
                x={LEFT + index * step + 1}
                y={yOf(amount)}
                width={Math.max(1, step - 2)}
                height={BASE - yOf(amount)}
              >
                <title>{`${dayText(day)}: ${moneyText(amount, currency)}`}</title>
              </rect>
            )
          );
        })}
      </svg>
      <figcaption className="muted">{title}</figcaption>
    </figure>
  );
}
