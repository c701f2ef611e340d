import { allOf, arnOf, detailCall, listCall } from '../../../collect/call.ts';
import type { Caller } from '../../../collect/call.ts';

export interface LogGroup {
  id: string;
  name: string;
  /** `STANDARD`, `INFREQUENT_ACCESS` or `DELIVERY`. */
  logClass: string;
}

export interface MetricFilter {
  id: string;
  name: string;
  group: string;
  pattern: string;
  metrics: readonly { namespace: string; name: string }[];
}

export interface SubscriptionFilter {
  name: string;
  pattern: string;
  destinationArn: string;
}

async function logs({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-cloudwatch-logs');
  return { ...sdk, client: clients.of(sdk.CloudWatchLogsClient, region) };
}

export const logsCalls = {
  'cloudwatch-logs:DescribeLogGroups': listCall<LogGroup>({
    where: 'region',
    permissions: ['logs:DescribeLogGroups'],
    async list(caller) {
      const { client, paginateDescribeLogGroups } = await logs(caller);
      const groups = await allOf(paginateDescribeLogGroups({ client }, {}), (page) => page.logGroups);
      return groups.map(({ logGroupName = '', logGroupClass = 'STANDARD' }) => ({
        id: arnOf(caller, 'logs', `log-group:${logGroupName}`),
        name: logGroupName,
        logClass: logGroupClass,
      }));
    },
  }),

  'cloudwatch-logs:DescribeMetricFilters': listCall<MetricFilter>({
    where: 'region',
    permissions: ['logs:DescribeMetricFilters'],
    async list(caller) {
      const { client, paginateDescribeMetricFilters } = await logs(caller);
      const filters = await allOf(
        paginateDescribeMetricFilters({ client }, {}),
        (page) => page.metricFilters,
      );
      return filters.map(
        ({ filterName = '', logGroupName = '', filterPattern = '', metricTransformations = [] }) => ({
          id: arnOf(caller, 'logs', `log-group:${logGroupName}:metric-filter:${filterName}`),
          name: filterName,
          group: logGroupName,
          pattern: filterPattern,
          metrics: metricTransformations.map(({ metricNamespace = '', metricName = '' }) => ({
            namespace: metricNamespace,
            name: metricName,
          })),
        }),
      );
    },
  }),

  'cloudwatch-logs:DescribeSubscriptionFilters': detailCall<LogGroup, SubscriptionFilter[]>({
    of: 'cloudwatch-logs:DescribeLogGroups',
    permissions: ['logs:DescribeSubscriptionFilters'],
    async get(caller, { name }) {
      const { client, DescribeSubscriptionFiltersCommand } = await logs(caller);
      // A group has two at most: one page.
      const { subscriptionFilters = [] } = await client.send(
        new DescribeSubscriptionFiltersCommand({ logGroupName: name }),
      );
      if (subscriptionFilters.length === 0) return null;
      return subscriptionFilters.map(({ filterName = '', filterPattern = '', destinationArn = '' }) => ({
        name: filterName,
        pattern: filterPattern,
        destinationArn,
      }));
    },
  }),
};
