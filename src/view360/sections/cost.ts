import {
  CostExplorerClient,
  GetAnomaliesCommand,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
} from '@aws-sdk/client-cost-explorer';
import type { Anomaly, Group, MetricValue, ResultByTime } from '@aws-sdk/client-cost-explorer';
import type { Interval } from '../../model/view360.ts';
import { addDays, periodOf } from '../periods.ts';
import type { Period } from '../periods.ts';
import { difference, percentage, sumOf } from './money.ts';
import { collector } from './section.ts';
import type { Row, Scope, Section } from './section.ts';

const METRICS = ['UnblendedCost', 'NetAmortizedCost', 'AmortizedCost', 'UsageQuantity'];
const TOP_SERVICES = 5;
/** As far back as AWS keeps them. */
const ANOMALY_DAYS = 90;
const CONFIDENCE = 80;

/** Cost Explorer knows days and months alone: a week is a sum of days, a year of months. */
export function granularityOf(interval: Interval): 'DAILY' | 'MONTHLY' {
  return interval === 'DAILY' || interval === 'WEEKLY' ? 'DAILY' : 'MONTHLY';
}

export const service: Section = {
  name: 'service',
  kind: 'period',
  shape: 'list',
  parts: {
    '': collector({ calls: ['cost-explorer:GetCostAndUsage'], where: 'account', collect: serviceRows }),
  },
};

export const cost: Section = {
  name: 'cost',
  kind: 'period',
  shape: 'object',
  parts: {
    '': collector({
      calls: ['cost-explorer:GetCostAndUsage', 'cost-explorer:GetCostForecast', 'cost-explorer:GetAnomalies'],
      where: 'account',
      collect: costReport,
    }),
  },
};

async function costReport(scope: Scope): Promise<Row> {
  const { accountId, interval, period } = scope;
  const before = periodOf(interval, addDays(period.start, -1));
  // One request for both.
  const results = await costs(scope, { start: before.start, end: period.end });
  const current = totalOf(results, period);
  const previous = totalOf(results, before);
  const services = await serviceRows(scope);
  const change = previous === null ? null : difference(current?.unblended ?? '0', previous.unblended);
  return {
    account_id: accountId,
    current_period_cost: current?.unblended ?? '0',
    previous_period_cost: previous?.unblended ?? null,
    cost_difference: change,
    cost_difference_percentage:
      change === null || previous === null ? null : percentage(change, previous.unblended),
    effective_cost: current?.effective ?? null,
    currency: current?.currency ?? 'USD',
    is_estimated: current?.isEstimated ?? true,
    top_services: services
      .toSorted((one, other) => Number(other['cost']) - Number(one['cost']))
      .slice(0, TOP_SERVICES)
      .map((row) => ({ service: row['service'], cost: row['cost'] })),
    period: { ...period, granularity: interval },
    // What is expected, and what was odd, is told once, with what is new.
    ...(scope.isHistory ? {} : { forecast: await forecast(scope), ...(await anomalies(scope)) }),
  };
}

/** What the services of the period cost, each summed over it. */
function serviceRows(scope: Scope): Promise<readonly Row[]> {
  return scope.once('cost by service', async () => {
    const { interval, period } = scope;
    const results = await costs(scope, period, 'SERVICE');
    const byService = new Map<string, Group[]>();
    for (const { Groups = [] } of results) {
      for (const group of Groups) {
        const name = group.Keys?.[0] ?? '';
        byService.set(name, [...(byService.get(name) ?? []), group]);
      }
    }
    const isEstimated = results.some(({ Estimated }) => Estimated === true);
    return [...byService].map(([name, groups]) => {
      const amounts = (metric: string) => groups.map(({ Metrics = {} }) => Metrics[metric]);
      const usage = amounts('UsageQuantity');
      return {
        service: name,
        usage_types: 'Aggregated',
        period_granularity: interval,
        date_from: period.start,
        date_to: period.end,
        cost: total(amounts('UnblendedCost')),
        effective_cost: effective(amounts),
        currency: amounts('UnblendedCost')[0]?.Unit ?? 'USD',
        utilization: total(usage),
        utilization_unit: usage[0]?.Unit,
        is_estimated: isEstimated,
      };
    });
  });
}

async function costs(scope: Scope, { start, end }: Period, groupBy?: 'SERVICE'): Promise<ResultByTime[]> {
  const client = scope.clients.of(CostExplorerClient, scope.region);
  const results: ResultByTime[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: start, End: end },
        Granularity: granularityOf(scope.interval),
        Metrics: METRICS,
        Filter: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [scope.accountId] } },
        ...(groupBy === undefined ? {} : { GroupBy: [{ Type: 'DIMENSION' as const, Key: groupBy }] }),
        ...(token === undefined ? {} : { NextPageToken: token }),
      }),
    );
    results.push(...(page.ResultsByTime ?? []));
    token = page.NextPageToken;
  } while (token !== undefined);
  return results;
}

/** Of the days or months that are in the period; null when none was answered. */
function totalOf(results: readonly ResultByTime[], { start, end }: Period) {
  const inside = results.filter(({ TimePeriod: { Start = '' } = {} }) => Start >= start && Start < end);
  if (inside.length === 0) return null;
  const amounts = (metric: string) => inside.map(({ Total = {} }) => Total[metric]);
  return {
    unblended: total(amounts('UnblendedCost')),
    effective: effective(amounts),
    currency: amounts('UnblendedCost')[0]?.Unit,
    isEstimated: inside.some(({ Estimated }) => Estimated === true),
  };
}

function effective(amounts: (metric: string) => (MetricValue | undefined)[]): string {
  const net = amounts('NetAmortizedCost');
  return total(net.every((amount) => amount?.Amount !== undefined) ? net : amounts('AmortizedCost'));
}

function total(amounts: readonly (MetricValue | undefined)[]): string {
  return sumOf(amounts.map((amount) => amount?.Amount ?? '0'));
}

/** What the rest of the month, and the next, will cost. There is none for an account that is young. */
async function forecast(scope: Scope): Promise<Row[]> {
  const start = addDays(scope.today, 1);
  const month = periodOf('MONTHLY', start);
  const next = periodOf('MONTHLY', month.end);
  const client = scope.clients.of(CostExplorerClient, scope.region);
  try {
    const { ForecastResultsByTime = [] } = await client.send(
      new GetCostForecastCommand({
        TimePeriod: { Start: start, End: next.end },
        Metric: 'UNBLENDED_COST',
        Granularity: 'MONTHLY',
        PredictionIntervalLevel: CONFIDENCE,
        Filter: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [scope.accountId] } },
      }),
    );
    return ForecastResultsByTime.map((one) => ({
      period: { start: one.TimePeriod?.Start, end: one.TimePeriod?.End },
      metric: 'UNBLENDED_COST',
      amount: one.MeanValue,
      prediction_interval_lower_bound: one.PredictionIntervalLowerBound,
      prediction_interval_upper_bound: one.PredictionIntervalUpperBound,
      confidence_level: CONFIDENCE,
      made_on: scope.today,
    }));
  } catch (error) {
    scope.warn(error, 'cost-explorer:GetCostForecast');
    return [];
  }
}

async function anomalies(scope: Scope): Promise<Row> {
  const client = scope.clients.of(CostExplorerClient, scope.region);
  const found: Anomaly[] = [];
  try {
    let token: string | undefined;
    do {
      const page = await client.send(
        new GetAnomaliesCommand({
          DateInterval: { StartDate: addDays(scope.today, -ANOMALY_DAYS), EndDate: scope.today },
          ...(token === undefined ? {} : { NextPageToken: token }),
        }),
      );
      found.push(...(page.Anomalies ?? []));
      token = page.NextPageToken;
    } while (token !== undefined);
  } catch (error) {
    scope.warn(error, 'cost-explorer:GetAnomalies');
    return {};
  }
  return {
    anomalies_detected: found.length,
    anomalies: found.map((one) => ({
      anomaly_id: one.AnomalyId,
      monitor_arn: one.MonitorArn,
      dimension_value: one.DimensionValue,
      start_date: one.AnomalyStartDate?.slice(0, 10),
      end_date: one.AnomalyEndDate?.slice(0, 10),
      max_impact: amountOf(one.Impact?.MaxImpact),
      total_impact: amountOf(one.Impact?.TotalImpact),
      total_expected: amountOf(one.Impact?.TotalExpectedSpend),
      total_actual: amountOf(one.Impact?.TotalActualSpend),
      root_causes: one.RootCauses,
      feedback: one.Feedback,
    })),
  };
}

function amountOf(amount: number | undefined): string | null {
  return amount === undefined ? null : String(amount);
}
