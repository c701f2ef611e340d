import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { Page, Section } from '../../../components/page.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { Time } from '../../../components/time.tsx';
import { AccountsMap } from './accounts-map.tsx';
import { Coverage } from './coverage.tsx';
import { DailyChart } from './daily-chart.tsx';
import { HistoryChart } from './history-chart.tsx';
import { Now } from './now.tsx';
import { OpenByLevel } from './open-by-level.tsx';
import { summaryQuery } from './queries.ts';
import { DAYS } from './search.ts';
import type { OverviewSearch } from './search.ts';
import { WorstChecks } from './worst-checks.tsx';
import './overview-page.css';

const route = getRouteApi('/app/');
const DEFAULT_DAYS = 90;

export function OverviewPage() {
  const { days = DEFAULT_DAYS } = route.useSearch();
  const query = useQuery(summaryQuery(days, useScopedAccounts()));
  return (
    <Page
      title="Overview"
      lead={<AsOf at={query.data?.asOf ?? null} />}
      actions={
        <Link to="/runs" search={{ dialog: 'start' }} className="button" data-look="primary">
          Start a run
        </Link>
      }
    >
      <QueryView query={query} skeleton={<Skeleton rows={18} />}>
        {(summary) => (isEmpty(summary) ? <FirstSteps /> : <Dashboard summary={summary} days={days} />)}
      </QueryView>
    </Page>
  );
}

function AsOf({ at }: { at: string | null }) {
  if (at === null) return null;
  return (
    <>
      As of the newest scan, <Time at={at} exact />
    </>
  );
}

function isEmpty({ accounts, open }: Summary): boolean {
  return accounts.total === 0 && open.total === 0 && open.suppressed === 0;
}

function FirstSteps() {
  return (
    <Empty title="No scan yet">
      <p>
        <Link to="/runs" search={{ dialog: 'start' }}>
          Start a run
        </Link>{' '}
        over the accounts of your AWS configuration, or read a report with <code>vedette import FILE</code>.
      </p>
      <p className="muted">
        Then this page shows what is active, what is new and what was resolved, and which accounts need
        attention.
      </p>
    </Empty>
  );
}

function Dashboard({ summary, days }: { summary: Summary; days: number }) {
  const { chart } = route.useSearch();
  return (
    <div className="overview">
      <Now />
      <Section title="Active events">
        <OpenByLevel open={summary.open} accounts={summary.accounts} />
      </Section>
      <div className="columns">
        <div>
          <Section
            title={chart === 'changes' ? 'New and resolved by day' : 'Unresolved events'}
            actions={<ChartChoice days={days} chart={chart} />}
          >
            {chart === 'changes' ? (
              <DailyChart daily={summary.daily} />
            ) : (
              <HistoryChart daily={summary.daily} />
            )}
          </Section>
          <Section title="Worst checks">
            <WorstChecks />
          </Section>
        </div>
        <div>
          <Section
            title="Worst accounts by service"
            actions={
              <span className="muted">
                <span className="map-key" aria-hidden="true" /> not known in full
              </span>
            }
          >
            <AccountsMap map={summary.accountsByService} />
          </Section>
          <Section title="Coverage of accounts" actions={<Link to="/accounts">All accounts</Link>}>
            <Coverage />
          </Section>
        </div>
      </div>
    </div>
  );
}

function ChartChoice({ days, chart }: Required<Pick<OverviewSearch, 'chart'>> & { days: number }) {
  return (
    <>
      <div className="segments" role="group" aria-label="What is drawn">
        {([undefined, 'changes'] as const).map((choice) => (
          <Link
            key={choice}
            to="/"
            search={{ days, chart: choice }}
            resetScroll={false}
            activeOptions={{ exact: true }}
            aria-current={choice === chart ? 'true' : undefined}
          >
            {choice === undefined ? 'Unresolved' : 'Changes'}
          </Link>
        ))}
      </div>
      <div className="segments" role="group" aria-label="Time shown">
        {DAYS.map((choice) => (
          <Link
            key={choice}
            to="/"
            search={{ days: choice, chart }}
            resetScroll={false}
            activeOptions={{ exact: true }}
            aria-current={choice === days ? 'true' : undefined}
          >
            {choice}
            <span aria-hidden="true"> d</span>
            <span className="visually-hidden"> days</span>
          </Link>
        ))}
      </div>
    </>
  );
}
