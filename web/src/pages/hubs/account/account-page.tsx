import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Account } from '../../../../../src/api/schemas/accounts.ts';
import { accountsQuery } from '../../../api/queries.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { LevelCountLinks } from '../../../components/level-counts.tsx';
import { Fact, Facts, Page } from '../../../components/page.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { Id, Plain } from '../../../components/text.tsx';
import { Time } from '../../../components/time.tsx';
import { numberText } from '../../../lib/format.ts';
import { HubTabs } from '../shared/hub-tabs.tsx';
import { AccountActivity } from './account-activity.tsx';
import { AccountChecks } from './account-checks.tsx';
import { AccountCoverage } from './account-coverage.tsx';

const route = getRouteApi('/app/accounts/$accountId');

/** All that is known of one account. */
export function AccountPage() {
  const { accountId } = route.useParams();
  const query = useQuery(accountsQuery);
  const account = query.data?.accounts.find((one) => one.accountId === accountId);
  return (
    <Page
      title={account?.profile ?? `Account ${accountId}`}
      lead={<Id>{accountId}</Id>}
      actions={
        <Link
          to="/events"
          search={{ scope: [accountId], status: ['active'], sort: '-level' }}
          className="button"
        >
          All its events
        </Link>
      }
    >
      <QueryView query={query} skeleton={<Skeleton rows={10} />}>
        {() =>
          account === undefined ? (
            <Empty title="This account is not known">
              <p>
                No scan of it is recorded and no profile here names it.{' '}
                <Link to="/accounts">All accounts</Link>
              </p>
            </Empty>
          ) : (
            <AccountHub account={account} accountId={accountId} />
          )
        }
      </QueryView>
    </Page>
  );
}

function AccountHub({ account, accountId }: { account: Account; accountId: string }) {
  const { tab = 'events', cursor } = route.useSearch();
  const scanned = account.lastScan !== null;
  const tabs = [
    { id: 'events', name: 'Events' } as const,
    ...(scanned
      ? ([
          { id: 'coverage', name: 'Coverage' },
          { id: 'activity', name: 'Activity' },
        ] as const)
      : []),
  ];
  return (
    <>
      <AccountFacts account={account} accountId={accountId} />
      <HubTabs label="Account" tabs={tabs} current={tab} />
      {tab === 'events' && <AccountChecks accountId={accountId} cursor={cursor} />}
      {tab === 'coverage' && <AccountCoverage account={account} />}
      {tab === 'activity' && <AccountActivity accountId={accountId} cursor={cursor} />}
    </>
  );
}

function AccountFacts({ account, accountId }: { account: Account; accountId: string }) {
  return (
    <Facts>
      <Fact name="Health">
        <StatusBadge status={account.health} />
      </Fact>
      <Fact name="Profile">{account.profile === null ? 'none here' : <Plain>{account.profile}</Plain>}</Fact>
      <Fact name="Last scan">
        <Time at={account.lastScan?.scanTime ?? null} />
      </Fact>
      <Fact name="Next scan">
        <Time at={account.nextScanAt} />
      </Fact>
      <Fact name="Active events">
        <LevelCountLinks counts={account.open} account={accountId} />
      </Fact>
      <Fact name="Suppressed">{numberText(account.suppressed)}</Fact>
    </Facts>
  );
}
