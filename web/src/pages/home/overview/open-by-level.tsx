import { Link } from '@tanstack/react-router';
import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { LEVELS } from '../../../../../src/model/level.ts';
import type { Level } from '../../../../../src/model/level.ts';
import { LevelBadge } from '../../../components/badge.tsx';
import { numberText, plural } from '../../../lib/format.ts';

export function OpenByLevel({ open, accounts }: Pick<Summary, 'open' | 'accounts'>) {
  // Unlike the total, without those that are suppressed.
  const active = LEVELS.reduce((sum, level) => sum + open.byLevel[level], 0);
  return (
    <>
      <ul className="tiles level-tiles">
        {LEVELS.map((level) => (
          <li key={level} data-level={level}>
            <Link
              to="/events"
              className="tile"
              search={{ level: [level], status: ['active'], sort: '-lastSeen' }}
            >
              <span className="tile-number">{numberText(open.byLevel[level])}</span>
              <LevelBadge level={level} />
            </Link>
          </li>
        ))}
      </ul>
      <LevelBar counts={open.byLevel} total={active} />
      <p className="muted overview-note">
        {plural(active, 'active event')} in {plural(accounts.total, 'account')}
        {open.suppressed > 0 && (
          <>
            {', '}
            <Link to="/events" search={{ status: ['suppressed'] }}>
              {numberText(open.suppressed)} suppressed
            </Link>
          </>
        )}
        {accounts.partial > 0 && (
          <>
            {', '}
            <Link to="/accounts">{plural(accounts.partial, 'account')} not evaluated in full</Link>
          </>
        )}
        .
      </p>
    </>
  );
}

/** The tiles' numbers once more as shares of one bar; hidden from screen readers, which have the numbers. */
function LevelBar({ counts, total }: { counts: Summary['open']['byLevel']; total: number }) {
  const width = (level: Level): number => (total === 0 ? 0 : (counts[level] / total) * 1000);
  return (
    <svg className="level-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
      {LEVELS.map((level, index) => {
        const start = LEVELS.slice(0, index).reduce((sum, graver) => sum + width(graver), 0);
        return <rect key={level} data-level={level} x={start} y="0" width={width(level)} height="10" />;
      })}
    </svg>
  );
}
