import { Link } from '@tanstack/react-router';
import type { CoveredTechnique, CoverageReport } from '../../../../../src/api/schemas/coverage.ts';
import './matrix.css';

const MARKS = { covered: '✓', partial: '◐', uncovered: '✕', 'not-applicable': '–' } as const;

/**
 * The matrix as a heat map: a column for each tactic, a list of links in each. Status has a mark of its own beside its
 * colour, and each link says in words what its cell shows.
 */
export function Matrix({ report: { tactics, techniques } }: { report: CoverageReport }) {
  return (
    <>
      <ul className="matrix-key" aria-label="Key">
        {(['covered', 'partial', 'uncovered', 'not-applicable'] as const).map((status) => (
          <li key={status} data-status={status}>
            <span aria-hidden="true">{MARKS[status]}</span> {status.replace('-', ' ')}
          </li>
        ))}
      </ul>
      <section className="table-scroll matrix" aria-label="Matrix of techniques" tabIndex={0}>
        {tactics.map((tactic) => (
          <div key={tactic.id} className="matrix-column">
            <h3>{tactic.name}</h3>
            <p className="muted">
              {tactic.covered} of {tactic.techniques} covered
            </p>
            <ul aria-label={tactic.name}>
              {techniques
                .filter((technique) => technique.tactics.includes(tactic.shortname))
                .map((technique) => (
                  <Cell key={technique.id} technique={technique} />
                ))}
            </ul>
          </div>
        ))}
      </section>
    </>
  );
}

function Cell({ technique }: { technique: CoveredTechnique }) {
  const { id, name, parent, status, effective, inScopeServices, coveredServices, detections } = technique;
  const healthy = detections.filter(({ health }) => health === 'healthy').length;
  const seen =
    inScopeServices.length === 0
      ? `${healthy} healthy detections`
      : `seen in ${coveredServices.length} of ${inScopeServices.length} services`;
  return (
    <li data-part={parent !== null || undefined}>
      <Link
        to="/coverage/$technique"
        params={{ technique: id }}
        className="matrix-cell"
        data-status={status}
        aria-label={`${id} ${name}: ${status.replace('-', ' ')}, ${seen}${effective === null ? '' : `, ${effective} %`}`}
      >
        <span className="matrix-name">
          <span aria-hidden="true">{MARKS[status]}</span> {name}
        </span>
        <span className="matrix-facts">
          {id} · {inScopeServices.length === 0 ? '' : `${coveredServices.length}/${inScopeServices.length}`}
        </span>
      </Link>
    </li>
  );
}
