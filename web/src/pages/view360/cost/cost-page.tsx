import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useScopedAccounts } from '../../../app/scope.ts';
import { Page, Section } from '../../../components/page.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { day, money, worded } from '../shared/cells.tsx';
import { viewQuery } from '../shared/queries.ts';
import { summedByDay } from '../shared/values.ts';
import { ACCOUNT, ViewPanel } from '../shared/view-panel.tsx';
import { SpendChart } from './spend-chart.tsx';

const DAYS = 30;
const DAY_MS = 86_400_000;
/** As many as the API gives at once. */
const MOST_ROWS = 500;

/** Who advises to save, as the view calls them. */
const ADVISERS: Readonly<Record<string, string>> = {
  COMPUTE_OPTIMIZER: 'Compute Optimizer',
  TRUSTED_ADVISOR: 'Trusted Advisor',
  SP: 'Savings plans',
  RI: 'Reserved instances',
};

const INTERVALS: Readonly<Record<string, string>> = {
  DAILY: 'Day',
  WEEKLY: 'Week',
  MONTHLY: 'Month',
  YEARLY: 'Year',
};

export function CostPage() {
  return (
    <Page
      title="Cost"
      lead="What every account costs, day by day. Nothing is added across currencies; an amount without a currency came without it. AWS may still correct what is new."
    >
      <DailySpend />
      <ViewPanel
        title="This month by account"
        view="view_cost_month_to_date"
        columns={[
          ACCOUNT,
          {
            header: 'Month to date',
            value: money('month_to_date', 'currency'),
            end: true,
            rows: { view: 'view_cost_daily', by: ['account', 'currency'] },
          },
          { header: 'Days of it', value: 'days_loaded', end: true },
          {
            header: 'Month before',
            value: money('previous_month', 'currency'),
            end: true,
            rows: { view: 'view_cost_daily', by: ['account', 'currency'] },
          },
        ]}
        request={{ sort: '-month_to_date' }}
        empty="No cost of this month is known."
      />
      <ViewPanel
        title="Last 30 days by service"
        view="view_cost_top_services_30d"
        columns={[
          ACCOUNT,
          { header: 'Service', value: 'ServiceName' },
          {
            header: 'Cost',
            value: money('BilledCost', 'currency'),
            end: true,
            rows: { view: 'view_acct_serv', by: ['account', ['ServiceName', 'service']] },
          },
        ]}
        request={{ sort: '-BilledCost' }}
        empty="No cost of the last 30 days is known."
      />
      <ViewPanel
        title="Forecast"
        view="view_acct_cost_rep_forecast"
        columns={[
          ACCOUNT,
          { header: 'Made', value: day('made_on') },
          { header: 'From', value: day('period_start') },
          { header: 'To', value: day('period_end') },
          {
            header: 'Expected',
            value: money('amount', 'currency'),
            end: true,
          },
          {
            header: 'At least',
            value: money('prediction_interval_lower_bound', 'currency'),
            end: true,
          },
          {
            header: 'At most',
            value: money('prediction_interval_upper_bound', 'currency'),
            end: true,
          },
        ]}
        request={{ sort: '-made_on' }}
        empty="AWS has forecast nothing: an account needs some weeks of costs first."
      />
      <ViewPanel
        title="Anomalies"
        view="view_cost_anomalies"
        columns={[
          ACCOUNT,
          { header: 'What', value: 'dimension_value' },
          { header: 'Since', value: day('start_date') },
          { header: 'Impact', value: money('total_impact'), end: true },
        ]}
        request={{ sort: '-total_impact' }}
        empty="AWS has found none, or Cost Anomaly Detection is off."
      />
      <ViewPanel
        title="What could be saved"
        view="view_savings_opportunities"
        columns={[
          ACCOUNT,
          {
            header: 'By the word of',
            value: worded('source', ADVISERS),
          },
          { header: 'What', value: 'item' },
          { header: 'A month', value: money('monthly_savings'), end: true },
        ]}
        request={{ sort: '-monthly_savings' }}
        empty="No advice is known."
      />
      <ViewPanel
        title="Accounts against their services"
        view="view_cost_reconciliation"
        columns={[
          ACCOUNT,
          { header: 'From', value: day('period_start') },
          { header: 'Interval', value: worded('period_granularity', INTERVALS) },
          {
            header: 'Account',
            value: money('report_cost', 'currency'),
            end: true,
            rows: {
              view: 'view_acct_cost_rep',
              by: ['account', 'currency', 'period_granularity', 'period_start'],
            },
          },
          {
            header: 'Its services',
            value: money('services_cost', 'currency'),
            end: true,
            rows: {
              view: 'view_acct_serv',
              by: ['account', 'currency', 'period_granularity', ['period_start', 'date_from']],
            },
          },
          {
            header: 'Gap',
            value: money('gap', 'currency'),
            end: true,
          },
        ]}
        request={{ sort: '-period_start' }}
        empty="Nothing to compare yet."
      />
    </Page>
  );
}

function DailySpend() {
  const account = useScopedAccounts();
  // All accounts are summed where they lie: there may be a thousand.
  const view = account === undefined ? 'view_cost_by_day' : 'view_cost_daily';
  const [[since, until]] = useState(() => [dayBefore(DAYS), dayBefore(0)] as const);
  const query = useQuery(viewQuery(view, { account, since, sort: '-cost_date', limit: MOST_ROWS }));
  return (
    <Section
      title="By day"
      actions={
        <Link
          to="/views/$name"
          params={{ name: view }}
          search={{ sort: '-cost_date' }}
          aria-label="All rows: By day"
        >
          All rows
        </Link>
      }
    >
      <QueryView query={query} skeleton={<Skeleton rows={6} />}>
        {({ rows, nextCursor }) => (
          <>
            {rows.length === 0 && <p className="muted">No daily costs of the last {DAYS} days are known.</p>}
            {[...new Set(rows.map((row) => String(row['currency'])))].toSorted().map((currency) => (
              <SpendChart
                key={currency}
                currency={currency}
                from={since}
                until={until}
                spent={summedByDay(
                  rows.filter((row) => row['currency'] === currency),
                  'cost_date',
                  'BilledCost',
                )}
              />
            ))}
            {nextCursor !== null && (
              <p className="muted">
                Only the newest {MOST_ROWS} days of accounts are drawn: choose fewer accounts above.
              </p>
            )}
          </>
        )}
      </QueryView>
    </Section>
  );
}

function dayBefore(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
}
