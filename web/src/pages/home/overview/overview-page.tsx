import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Summary } from '../../../../../src/api/schemas/summary.ts';
import { useScopedAccounts } from '../../../app/scope.ts';
import { Page, Section } from '../../../components/page.tsx';
import { Empty, QueryView, Skeleton } from '../../../components/states.tsx';
import { DailyChart } from './daily-chart.tsx';
import { LastRuns } from './last-runs.tsx';
import { OldestEvents } from './oldest-events.tsx';
import { OpenByLevel } from './open-by-level.tsx';
import { summaryQuery } from './queries.ts';
import { DAYS } from './search.ts';
import { WorstAccounts } from './worst-accounts.tsx';
import './overview-page.css';

const route = getRouteApi('/app/');
const DEFAULT_DAYS = 30;

export function OverviewPage() {
  const { days = DEFAULT_DAYS } = route.useSearch();
  const query = useQuery(summaryQuery(days, useScopedAccounts()));
  return (
    <Page
      title="Overview"
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
        Then this page shows what is open, what is new and what was resolved, and which accounts need
        attention.
      </p>
    </Empty>
  );
}

function Dashboard({ summary, days }: { summary: Summary; days: number }) {
  return (
    <div className="overview">
      <Section title="Open events">
        <OpenByLevel open={summary.open} accounts={summary.accounts} />
      </Section>
      <Section title={`New and resolved in ${days} days`} actions={<DayChoice days={days} />}>
        <DailyChart daily={summary.daily} />
      </Section>
      <div className="columns">
        <Section title="Accounts with the gravest events">
          <WorstAccounts accounts={summary.worstAccounts} />
        </Section>
        <Section title="Last runs">
          <LastRuns />
        </Section>
      </div>
      <Section title={`Oldest ${summary.oldest[0]?.level ?? 'grave'} events`}>
        <OldestEvents events={summary.oldest} />
      </Section>
    </div>
  );
}

function DayChoice({ days }: { days: number }) {
  return (
    <div className="segments" role="group" aria-label="Time shown">
      {DAYS.map((choice) => (
        <Link
          key={choice}
          to="/"
          search={{ days: choice }}
          resetScroll={false}
          activeOptions={{ exact: true }}
          aria-current={choice === days ? 'true' : undefined}
        >
          {choice} days
        </Link>
      ))}
    </div>
  );
}
