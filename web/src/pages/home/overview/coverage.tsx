import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { accountsQuery } from '../../../api/queries.ts';
import { useScope } from '../../../app/scope.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { numberText } from '../../../lib/format.ts';
import { isInScope } from '../../../lib/scope.ts';

/** How many accounts were looked at, and how well. */
export function Coverage() {
  const scope = useScope();
  return (
    <QueryView query={useQuery(accountsQuery)} skeleton={<Skeleton rows={2} />}>
      {({ accounts }) => {
        const healths = accounts.filter((one) => isInScope(one, scope)).map(({ health }) => health);
        return (
          <ul className="coverage">
            {[...new Set(healths)].map((health) => (
              <li key={health}>
                <Link to="/accounts" search={{ health: [health] }}>
                  <StatusBadge status={health} />{' '}
                  {numberText(healths.filter((other) => other === health).length)}
                </Link>
              </li>
            ))}
          </ul>
        );
      }}
    </QueryView>
  );
}
