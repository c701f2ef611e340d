import type { ComplianceScore } from '../../../src/api/schemas/compliance.ts';

/** What the states of requirements are called, and in which field of a score they are counted; the gravest first. */
const PARTS = [
  { state: 'fail', name: 'fail', count: 'fail' },
  { state: 'unknown', name: 'unknown', count: 'unknown' },
  { state: 'pass', name: 'pass', count: 'pass' },
  { state: 'not-applicable', name: 'not applicable', count: 'notApplicable' },
  { state: 'manual', name: 'manual', count: 'manual' },
] as const;

export function percentText({ percent }: Pick<ComplianceScore, 'percent'>): string {
  return percent === null ? '–' : `${percent} %`;
}

/** `3 fail, 1 unknown, 12 pass` */
export function scoreText(score: ComplianceScore): string {
  return PARTS.filter(({ count }) => score[count] > 0)
    .map(({ name, count }) => `${score[count]} ${name}`)
    .join(', ');
}

/** The requirements of a framework by their states, as one bar. */
export function ScoreBar({ score }: { score: ComplianceScore }) {
  const parts = PARTS.filter(({ count }) => score[count] > 0);
  const before = (index: number): number =>
    parts.slice(0, index).reduce((sum, { count }) => sum + score[count], 0);
  return (
    <svg
      className="score-bar"
      viewBox={`0 0 ${Math.max(1, score.total)} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={scoreText(score)}
    >
      {parts.map(({ state, count }, index) => (
        <rect key={state} data-state={state} x={before(index)} width={score[count]} height="1" />
      ))}
    </svg>
  );
}
