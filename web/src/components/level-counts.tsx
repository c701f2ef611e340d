import { Link } from '@tanstack/react-router';
import type { LevelCounts } from '../../../src/api/schemas/accounts.ts';
import { LEVELS } from '../../../src/model/level.ts';
import { numberText } from '../lib/format.ts';
import { LevelShape } from './badge.tsx';

/** Active events of an account by level; each number leads to its events. */
export function LevelCountLinks({ counts, account }: { counts: LevelCounts; account: string }) {
  return (
    <ul className="level-counts">
      {LEVELS.map((level) => (
        <li key={level} data-none={counts[level] === 0 || undefined}>
          <Link
            to="/events"
            search={{ scope: [account], level: [level], status: ['active'], sort: '-level' }}
            aria-label={`${numberText(counts[level])} ${level} events of ${account}`}
          >
            <LevelShape level={level} />
            {numberText(counts[level])}
          </Link>
        </li>
      ))}
    </ul>
  );
}
