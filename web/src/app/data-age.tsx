import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { accountsQuery } from '../api/queries.ts';
import { Time } from '../components/time.tsx';
import { isInScope } from '../lib/scope.ts';
import { useScope } from './scope.ts';

/** How old what the pages show is: the newest scan in scope, and how many accounts are behind. */
export function DataAge() {
  const scope = useScope();
  const { data } = useQuery(accountsQuery);
  const accounts = data?.accounts.filter((account) => isInScope(account, scope)) ?? [];
  const newest = accounts
    .flatMap(({ lastScan }) => lastScan?.scanTime ?? [])
    .toSorted()
    .at(-1);
  if (newest === undefined) return null;
  const behind = accounts.filter(({ health, lastScan }) => lastScan !== null && health !== 'ok').length;
  return (
    <p className="data-age muted">
      Data as of <Time at={newest} />
      {behind > 0 && (
        <>
          {' · '}
          <Link to="/accounts">
            {behind} {behind === 1 ? 'account' : 'accounts'} behind
          </Link>
        </>
      )}
    </p>
  );
}
