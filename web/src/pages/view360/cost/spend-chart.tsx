import { dayText } from '../../../lib/format.ts';
import { niceCeiling } from '../../../lib/scale.ts';
import { moneyText } from '../shared/values.ts';
import './spend-chart.css';

const WIDTH = 720;
const HEIGHT = 160;
const BASE = 136;
const LEFT = 64;

/** What was spent on each day, in one currency. */
export function SpendChart({
  currency,
  days,
}: {
  currency: string;
  days: readonly { name: string; amount: number }[];
}) {
  const inOrder = days.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const highest = niceCeiling(Math.max(1, ...inOrder.map(({ amount }) => amount)));
  const step = (WIDTH - LEFT) / Math.max(1, inOrder.length);
  const total = inOrder.reduce((sum, { amount }) => sum + amount, 0);
  const title = `${moneyText(total, currency)} in ${inOrder.length} days`;
  return (
    <figure className="spend-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
        {[0, 0.5, 1].map((share) => (
          <g key={share} className="axis">
            <line x1={LEFT} x2={WIDTH} y1={BASE * (1 - share) + 8} y2={BASE * (1 - share) + 8} />
            <text x={LEFT - 8} y={BASE * (1 - share) + 12} textAnchor="end">
              {Math.round(highest * share)}
            </text>
          </g>
        ))}
        {inOrder.map(({ name, amount }, index) => {
          const height = Math.max(0, (amount / highest) * BASE);
          return (
            <rect
              key={name}
              className="bar"
              x={LEFT + index * step + 1}
              y={BASE + 8 - height}
              width={Math.max(1, step - 2)}
              height={height}
            >
              <title>{`${dayText(name.slice(0, 10))}: ${moneyText(amount, currency)}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="muted">{title}</figcaption>
    </figure>
  );
}
