import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Account } from '../../../../../src/api/schemas/accounts.ts';
import { accountsQuery, runsQuery } from '../../../api/queries.ts';
import { useScope, useScopedAccounts } from '../../../app/scope.ts';
import { useAccountName } from '../../../components/account-name.tsx';
import { LevelShape } from '../../../components/badge.tsx';
import { Section } from '../../../components/page.tsx';
import { Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { useNow } from '../../../lib/clock.ts';
import { plural } from '../../../lib/format.ts';
import { isInScope } from '../../../lib/scope.ts';
import { MOST_NEW, newestCriticalQuery, overdueQuery } from './queries.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MOST_NAMED = 3;

/** What needs a hand, in sentences, the most urgent first; each leads to where something can be done. */
export function Now() {
  const sentences = [useNewCritical(), useOverdue(), useAccountsBehind(), useFailedRun()].filter(
    (sentence) => sentence !== null,
  );
  return (
    <Section title={sentences.length === 0 ? 'Now: nothing needs a hand' : 'Now'}>
      {sentences.length > 0 && (
        <ul className="now">
          {sentences.map((sentence, index) => (
            <li key={index}>{sentence}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function useNewCritical(): ReactNode {
  const { data } = useQuery(newestCriticalQuery(useScopedAccounts()));
  const now = useNow();
  const nameOf = useAccountName();
  const fresh = (data?.events ?? []).filter(({ firstSeen }) => now - Date.parse(firstSeen) < DAY_MS);
  if (fresh.length === 0) return null;
  const accounts = [...new Set(fresh.map(({ accountId }) => nameOf(accountId) ?? accountId))];
  return (
    <>
      <LevelShape level="critical" />
      <Link to="/events" search={{ level: ['critical'], status: ['active'], sort: '-firstSeen' }}>
        {fresh.length === MOST_NEW && 'At least '}
        {plural(fresh.length, 'new critical event')} since yesterday
      </Link>{' '}
      in <Names names={accounts} />
    </>
  );
}

function useOverdue(): ReactNode {
  // By the hour: what is asked does not change with every second.
  const now = new Date(Math.floor(useNow() / HOUR_MS) * HOUR_MS).toISOString();
  const { data } = useQuery(overdueQuery(useScopedAccounts(), now));
  const [oldest] = data?.events ?? [];
  const count = data?.events.length ?? 0;
  if (oldest === undefined) return null;
  return (
    <>
      <LevelShape level={oldest.level} />
      <Link to="/events" search={{ dueUntil: now, sort: 'firstSeen' }}>
        {count === MOST_NEW && 'At least '}
        {plural(count, 'event')} overdue
      </Link>
      , the oldest seen <Time at={oldest.firstSeen} />
    </>
  );
}

function useAccountsBehind(): ReactNode {
  const scope = useScope();
  const { data } = useQuery(accountsQuery);
  const behind = (data?.accounts ?? []).filter(
    (account) => isInScope(account, scope) && account.lastScan !== null && account.health !== 'ok',
  );
  if (behind.length === 0) return null;
  const healths = [...new Set(behind.map(({ health }) => health))];
  return (
    <>
      <span className="now-mark" aria-hidden="true">
        ▲
      </span>
      <Link to="/accounts" search={{ health: healths }}>
        {plural(behind.length, 'account')} not seen in full, or not lately
      </Link>
      : <Names names={behind.map(nameOfAccount)} />. What was not seen there stays as it was.
    </>
  );
}

function nameOfAccount({ profile, accountId }: Account): string {
  return profile ?? accountId ?? '';
}

function useFailedRun(): ReactNode {
  const { data } = useQuery(runsQuery({ limit: 1 }));
  const [run] = data?.runs ?? [];
  if (run === undefined || !['failed', 'partly-failed'].includes(run.outcome ?? '')) return null;
  return (
    <>
      <span className="now-mark" aria-hidden="true">
        ●
      </span>
      <Link to="/runs/$runId" params={{ runId: run.runId }}>
        The last run failed{run.outcome === 'partly-failed' && ' in part'}
      </Link>
      , <Time at={run.startedAt} />
    </>
  );
}

function Names({ names }: { names: readonly string[] }) {
  const more = names.length - MOST_NAMED;
  return (
    <>
      <Plain>{names.slice(0, MOST_NAMED).join(', ')}</Plain>
      {more > 0 && ` and ${more} more`}
    </>
  );
}
