import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useScopedAccounts } from '../../../app/scope.ts';
import { Page, Section } from '../../../components/page.tsx';
import { QueryView, Skeleton } from '../../../components/states.tsx';
import { viewQuery } from '../shared/queries.ts';
import { changeText, dayOf, moneyText, summedBy } from '../shared/values.ts';
import { ACCOUNT, ViewPanel } from '../shared/view-panel.tsx';
import { SpendChart } from './spend-chart.tsx';

const DAYS = 30;
const DAY_MS = 86_400_000;
/** As many as the API gives at once. */
const MOST_ROWS = 500;

export function CostPage() {
  return (
    <Page
      title="Cost"
      lead="What every account costs, day by day. Nothing is added across currencies, and amounts may still be estimates of AWS."
    >
      <DailySpend />
      <ViewPanel
        title="This month by account"
        view="view_cost_month_to_date"
        columns={[
          ACCOUNT,
          {
            header: 'Month to date',
            value: (row) => moneyText(row['month_to_date'], row['currency']),
            end: true,
          },
          {
            header: 'Month before',
            value: (row) => moneyText(row['previous_month'], row['currency']),
            end: true,
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
          { header: 'Cost', value: (row) => moneyText(row['BilledCost'], row['currency']), end: true },
        ]}
        request={{ sort: '-BilledCost' }}
        empty="No cost of the last 30 days is known."
      />
      <ViewPanel
        title="Forecast"
        view="view_acct_cost_rep_forecast"
        columns={[
          ACCOUNT,
          { header: 'From', value: (row) => dayOf(row['period_start']) },
          { header: 'To', value: (row) => dayOf(row['period_end']) },
          { header: 'Expected', value: (row) => moneyText(row['amount'], null), end: true },
          {
            header: 'At least',
            value: (row) => moneyText(row['prediction_interval_lower_bound'], null),
            end: true,
          },
          {
            header: 'At most',
            value: (row) => moneyText(row['prediction_interval_upper_bound'], null),
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
          { header: 'Since', value: (row) => dayOf(row['start_date']) },
          { header: 'Impact', value: (row) => moneyText(row['total_impact'], null), end: true },
        ]}
        request={{ sort: '-total_impact' }}
        empty="AWS has found none, or Cost Anomaly Detection is off."
      />
      <ViewPanel
        title="What could be saved"
        view="view_savings_opportunities"
        columns={[
          ACCOUNT,
          { header: 'By the word of', value: 'source' },
          { header: 'What', value: 'item' },
          { header: 'A month', value: (row) => moneyText(row['monthly_savings'], null), end: true },
        ]}
        request={{ sort: '-monthly_savings' }}
        empty="No advice is known."
      />
      <ViewPanel
        title="Accounts against their services"
        view="view_cost_reconciliation"
        columns={[
          ACCOUNT,
          { header: 'Day', value: (row) => dayOf(row['period_start']) },
          { header: 'Account', value: (row) => moneyText(row['report_cost'], row['currency']), end: true },
          {
            header: 'Its services',
            value: (row) => moneyText(row['services_cost'], row['currency']),
            end: true,
          },
          { header: 'Gap', value: (row) => moneyText(row['gap'], row['currency']), end: true },
        ]}
        request={{ sort: '-period_start' }}
        empty="Nothing to compare yet."
      />
    </Page>
  );
}

function DailySpend() {
  const account = useScopedAccounts();
  const [since] = useState(() => new Date(Date.now() - DAYS * DAY_MS).toISOString().slice(0, 10));
  const query = useQuery(
    viewQuery('view_cost_daily', { account, since, sort: '-cost_date', limit: MOST_ROWS }),
  );
  return (
    <Section title="By day">
      <QueryView query={query} skeleton={<Skeleton rows={6} />}>
        {({ rows, nextCursor }) => {
          const currencies = [...new Set(rows.map((row) => String(row['currency'])))];
          const [latest] = rows;
          return (
            <>
              {currencies.length === 0 && (
                <p className="muted">No daily costs of the last 30 days are known.</p>
              )}
              {currencies.map((currency) => (
                <SpendChart
                  key={currency}
                  currency={currency}
                  days={summedBy(
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
              {latest !== undefined && rows.length === 1 && (
                <p className="muted">Since the day before: {changeText(latest['day_over_day'])}</p>
              )}
            </>
          );
        }}
      </QueryView>
    </Section>
  );
}
