import {
  ComputeOptimizerClient,
  GetEBSVolumeRecommendationsCommand,
  GetEC2InstanceRecommendationsCommand,
  GetLambdaFunctionRecommendationsCommand,
} from '@aws-sdk/client-compute-optimizer';
import {
  CostExplorerClient,
  GetReservationPurchaseRecommendationCommand,
  GetSavingsPlansPurchaseRecommendationCommand,
  GetSavingsPlansUtilizationDetailsCommand,
} from '@aws-sdk/client-cost-explorer';
import { DescribeReservedInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeSavingsPlansCommand, SavingsplansClient } from '@aws-sdk/client-savingsplans';
import type { SavingsPlan } from '@aws-sdk/client-savingsplans';
import { collector } from './section.ts';
import type { Row, Scope, Section } from './section.ts';

/** Reserved instances and savings plans: what they were used for, day by day. */
export const riSpSavings: Section = {
  name: 'ri_sp_savings',
  kind: 'period',
  shape: 'list',
  parts: {
    '': collector({
      calls: [
        'cost-explorer:GetSavingsPlansUtilizationDetails',
        'savingsplans:DescribeSavingsPlans',
        'ec2:DescribeReservedInstances',
      ],
      where: 'account',
      // No plan was ever bought.
      notEnabled: ['DataUnavailableException'],
      async collect(scope) {
        const plans = await savingsPlans(scope);
        return [...(plans.size === 0 ? [] : await planRows(scope, plans)), ...(await reservations(scope))];
      },
    }),
  },
};

async function savingsPlans(scope: Scope): Promise<Map<string, SavingsPlan>> {
  const client = scope.clients.of(SavingsplansClient, scope.region);
  const { savingsPlans: plans = [] } = await client.send(new DescribeSavingsPlansCommand({}));
  return new Map(plans.map((plan) => [plan.savingsPlanArn ?? '', plan]));
}

async function planRows(scope: Scope, plans: ReadonlyMap<string, SavingsPlan>): Promise<Row[]> {
  const { clients, region, period } = scope;
  const client = clients.of(CostExplorerClient, region);
  const { SavingsPlansUtilizationDetails: details = [] } = await client.send(
    new GetSavingsPlansUtilizationDetailsCommand({ TimePeriod: { Start: period.start, End: period.end } }),
  );
  return details.map((one) => {
    const plan = plans.get(one.SavingsPlanArn ?? '');
    return {
      date_from: period.start,
      date_to: period.end,
      reservation_type: 'SAVINGS_PLAN',
      subscription_id: plan?.savingsPlanId ?? one.SavingsPlanArn?.split('/').at(-1),
      offering_id: plan?.offeringId,
      savings_plan_arn: one.SavingsPlanArn,
      service: 'AWS Savings Plans',
      instance_type: plan?.savingsPlanType,
      product_types: plan?.productTypes,
      offering_type: plan?.paymentOption,
      region: plan?.region ?? null,
      utilization_percentage: one.Utilization?.UtilizationPercentage,
      on_demand_cost: one.Savings?.OnDemandCostEquivalent,
      reservation_cost: one.AmortizedCommitment?.TotalAmortizedCommitment,
      net_savings: one.Savings?.NetSavings,
      unused_commitment: one.Utilization?.UnusedCommitment,
      commitment: one.Utilization?.TotalCommitment,
      upfront_cost: plan?.upfrontPaymentAmount,
      recurring_cost: plan?.recurringPaymentAmount,
      recurring_frequency: 'Hourly',
      currency: plan?.currency,
      start_date: plan?.start,
      end_date: plan?.end,
      returnable_until: plan?.returnableUntil,
      duration_seconds: plan?.termDurationInSeconds,
      state: plan?.state,
      description: plan?.description,
    };
  });
}

async function reservations(scope: Scope): Promise<Row[]> {
  const rows: Row[] = [];
  for (const region of scope.regions) {
    try {
      const client = scope.clients.of(EC2Client, region);
      const { ReservedInstances = [] } = await client.send(new DescribeReservedInstancesCommand({}));
      rows.push(
        ...ReservedInstances.map((one) => ({
          date_from: scope.period.start,
          date_to: scope.period.end,
          reservation_type: 'RESERVED_INSTANCE',
          subscription_id: one.ReservedInstancesId,
          service: 'Amazon Elastic Compute Cloud - Compute',
          instance_type: one.InstanceType,
          instance_count: one.InstanceCount,
          instance_tenancy: one.InstanceTenancy,
          offering_class: one.OfferingClass,
          offering_type: one.OfferingType,
          region,
          upfront_cost: one.FixedPrice === undefined ? null : String(one.FixedPrice),
          usage_price: one.UsagePrice === undefined ? null : String(one.UsagePrice),
          currency: one.CurrencyCode,
          start_date: one.Start,
          end_date: one.End,
          duration_seconds: one.Duration,
          state: one.State,
        })),
      );
    } catch (error) {
      scope.warn(error, 'ec2:DescribeReservedInstances');
    }
  }
  return rows;
}

/** What AWS would have one buy. */
export const riSpRecommendations: Section = {
  name: 'ri_sp_recommendations',
  kind: 'snapshot',
  shape: 'list',
  parts: {
    '': collector({
      calls: [
        'cost-explorer:GetSavingsPlansPurchaseRecommendation',
        'cost-explorer:GetReservationPurchaseRecommendation',
      ],
      where: 'account',
      notEnabled: ['DataUnavailableException'],
      async collect(scope) {
        const client = scope.clients.of(CostExplorerClient, scope.region);
        const terms = {
          TermInYears: 'ONE_YEAR',
          PaymentOption: 'NO_UPFRONT',
          LookbackPeriodInDays: 'THIRTY_DAYS',
        } as const;
        const common = {
          term: terms.TermInYears,
          payment_option: terms.PaymentOption,
          lookback: terms.LookbackPeriodInDays,
        };
        const { SavingsPlansPurchaseRecommendation: plans } = await client.send(
          new GetSavingsPlansPurchaseRecommendationCommand({ SavingsPlansType: 'COMPUTE_SP', ...terms }),
        );
        const { Recommendations: reserved = [] } = await client.send(
          new GetReservationPurchaseRecommendationCommand({
            Service: 'Amazon Elastic Compute Cloud - Compute',
            ...terms,
          }),
        );
        return [
          ...(plans?.SavingsPlansPurchaseRecommendationDetails ?? []).map((one, at) => ({
            ...common,
            kind: 'SP',
            service: 'COMPUTE_SP',
            detail_key: one.SavingsPlansDetails?.OfferingId ?? `COMPUTE_SP-${at + 1}`,
            estimated_monthly_savings: one.EstimatedMonthlySavingsAmount,
            estimated_savings_percentage: one.EstimatedSavingsPercentage,
            upfront_cost: one.UpfrontCost,
            hourly_commitment: one.HourlyCommitmentToPurchase,
          })),
          ...reserved
            .flatMap(({ RecommendationDetails = [] }) => RecommendationDetails)
            .map((one, at) => ({
              ...common,
              kind: 'RI',
              service: 'EC2',
              detail_key: one.InstanceDetails?.EC2InstanceDetails?.InstanceType ?? `EC2-${at + 1}`,
              estimated_monthly_savings: one.EstimatedMonthlySavingsAmount,
              estimated_savings_percentage: one.EstimatedMonthlySavingsPercentage,
              upfront_cost: one.UpfrontCost,
              recommended_count: one.RecommendedNumberOfInstancesToPurchase,
            })),
        ];
      },
    }),
  },
};

/** What is larger, or smaller, than it need be. */
export const computeOptimizer: Section = {
  name: 'compute_optimizer',
  kind: 'snapshot',
  shape: 'list',
  parts: {
    '': collector({
      calls: [
        'compute-optimizer:GetEC2InstanceRecommendations',
        'compute-optimizer:GetEBSVolumeRecommendations',
        'compute-optimizer:GetLambdaFunctionRecommendations',
      ],
      where: 'region',
      notEnabled: ['OptInRequiredException'],
      collect: optimizerRows,
    }),
  },
};

interface Page<Item> {
  items: readonly Item[] | undefined;
  next: string | undefined;
}

async function pages<Item>(read: (token: { nextToken?: string }) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  let token: string | undefined;
  do {
    const { items = [], next } = await read(token === undefined ? {} : { nextToken: token });
    all.push(...items);
    token = next;
  } while (token !== undefined && token !== '');
  return all;
}

async function optimizerRows({ clients, region, accountId }: Scope): Promise<Row[]> {
  const client = clients.of(ComputeOptimizerClient, region);
  const instances = await pages(async (token) => {
    const page = await client.send(new GetEC2InstanceRecommendationsCommand(token));
    return { items: page.instanceRecommendations, next: page.nextToken };
  });
  const volumes = await pages(async (token) => {
    const page = await client.send(new GetEBSVolumeRecommendationsCommand(token));
    return { items: page.volumeRecommendations, next: page.nextToken };
  });
  const functions = await pages(async (token) => {
    const page = await client.send(new GetLambdaFunctionRecommendationsCommand(token));
    return { items: page.lambdaFunctionRecommendations, next: page.nextToken };
  });
  const common = { account_id: accountId, region };
  return [
    ...instances.map((one) => {
      const [best] = one.recommendationOptions ?? [];
      const metric = (name: string, statistic: string) =>
        one.utilizationMetrics?.find((used) => used.name === name && used.statistic === statistic)?.value;
      return {
        ...common,
        resource_type: 'EC2',
        resource_arn: one.instanceArn,
        resource_name: one.instanceName,
        finding: one.finding,
        finding_reasons: one.findingReasonCodes,
        current_instance_type: one.currentInstanceType,
        recommended_instance_type: best?.instanceType,
        ...savings(best?.savingsOpportunity),
        performance_risk: best?.performanceRisk,
        cpu_utilization_max: metric('Cpu', 'Maximum'),
        memory_utilization_avg: metric('Memory', 'Average'),
        migration_effort: best?.migrationEffort,
        lookback_days: one.lookBackPeriodInDays,
        last_refresh: one.lastRefreshTimestamp,
      };
    }),
    ...volumes.map((one) => {
      const [best] = one.volumeRecommendationOptions ?? [];
      return {
        ...common,
        resource_type: 'EBS',
        resource_arn: one.volumeArn,
        finding: one.finding,
        current_volume_type: one.currentConfiguration?.volumeType,
        current_volume_size: one.currentConfiguration?.volumeSize,
        recommended_volume_type: best?.configuration?.volumeType,
        recommended_volume_size: best?.configuration?.volumeSize,
        ...savings(best?.savingsOpportunity),
        performance_risk: best?.performanceRisk,
        lookback_days: one.lookBackPeriodInDays,
        last_refresh: one.lastRefreshTimestamp,
      };
    }),
    ...functions.map((one) => {
      const [best] = one.memorySizeRecommendationOptions ?? [];
      return {
        ...common,
        resource_type: 'LAMBDA',
        resource_arn: one.functionArn,
        finding: one.finding,
        finding_reasons: one.findingReasonCodes,
        current_memory_size: one.currentMemorySize,
        recommended_memory_size: best?.memorySize,
        ...savings(best?.savingsOpportunity),
        lookback_days: one.lookbackPeriodInDays,
        last_refresh: one.lastRefreshTimestamp,
      };
    }),
  ];
}

function savings(
  opportunity:
    | {
        savingsOpportunityPercentage?: number | undefined;
        estimatedMonthlySavings?: { value?: number | undefined; currency?: string | undefined } | undefined;
      }
    | undefined,
): Row {
  const monthly = opportunity?.estimatedMonthlySavings;
  return {
    savings_opportunity_percentage: opportunity?.savingsOpportunityPercentage,
    estimated_monthly_savings_usd: monthly?.value === undefined ? null : String(monthly.value),
    savings_currency: monthly?.currency,
  };
}
