import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import {
  allOf,
  allPages,
  allPartsOf,
  arnOf,
  detailCall,
  listCall,
  readOnce,
  unlessNotConfigured,
} from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { secretsInText } from '../../secrets.ts';

export interface Alarm {
  id: string;
  name: string;
  region: string;
  actionsEnabled: boolean;
  /** ARNs of what is done when it fires. */
  actions: readonly string[];
  /** What it watches: `Namespace/Name`; nothing where it watches other alarms. */
  metrics: readonly string[];
}

export interface MetricFilter {
  id: string;
  name: string;
  region: string;
  logGroupArn: string;
  pattern: string;
  /** What it counts into: `Namespace/Name`. */
  metrics: readonly string[];
}

/** A topic that an alarm of the account tells. */
export interface AlarmTopic {
  id: string;
  confirmedSubscribers: number;
}

export interface LogGroup {
  id: string;
  name: string;
  /** Null where logs are kept for ever. */
  retentionDays: number | null;
  keyArn: string | null;
  /** `STANDARD`, or one whose events cannot be read by themselves. */
  groupClass: string;
}

export interface LogResourcePolicy {
  id: string;
  name: string;
  document: string;
}

export interface LogSample {
  events: number;
  secrets: readonly { stream: string; time: string; kind: string }[];
}

/** Of each log group: a sample, for there may be terabytes. */
const SAMPLED_EVENTS = 50;
/** A page may be empty although there are events further on. */
const SAMPLED_PAGES = 5;
/** The earliest time from which AWS gives the newest events first. */
const EARLIEST = Date.UTC(2024, 0, 1);

async function cloudwatch({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-cloudwatch');
  return { ...sdk, client: clients.of(sdk.CloudWatchClient, region) };
}

async function logs({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-cloudwatch-logs');
  return { ...sdk, client: clients.of(sdk.CloudWatchLogsClient, region) };
}

const alarmsIn = readOnce(async (caller): Promise<Alarm[]> => {
  const { client, paginateDescribeAlarms } = await cloudwatch(caller);
  const pages = paginateDescribeAlarms({ client }, { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] });
  return allOf(pages, ({ MetricAlarms = [], CompositeAlarms = [] }) =>
    [...MetricAlarms, ...CompositeAlarms].map((alarm) => ({
      id: alarm.AlarmArn ?? '',
      name: alarm.AlarmName ?? '',
      region: caller.region,
      actionsEnabled: alarm.ActionsEnabled ?? true,
      actions: alarm.AlarmActions ?? [],
      metrics: metricsOf(alarm),
    })),
  );
});

export const cloudwatchCalls = {
  'cloudwatch:DescribeAlarms': listCall<Alarm>({ where: 'region', list: alarmsIn }),

  'sns:ListSubscriptionsByTopic': listCall<AlarmTopic>({
    where: 'region',
    sends: ['cloudwatch:DescribeAlarms', 'sns:ListSubscriptionsByTopic'],
    permissions: ['cloudwatch:DescribeAlarms', 'sns:ListSubscriptionsByTopic'],
    async list(caller) {
      const topics = (await alarmsIn(caller))
        // No log makes a metric in a namespace of AWS.
        .filter(({ metrics }) => metrics.some((metric) => !metric.startsWith('AWS/')))
        .flatMap(({ actions }) => actions.filter((action) => isOwnTopic(action, caller.accountId)));
      return allPartsOf([...new Set(topics)], async (topic) => [
        { id: topic, confirmedSubscribers: await confirmedSubscribers(caller, topic) },
      ]);
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
        ({ logGroupName, filterName = '', filterPattern = '', metricTransformations = [] }) => {
          const logGroupArn = arnOf(caller, 'logs', `log-group:${logGroupName}`);
          return {
            id: `${logGroupArn}:metric-filter:${filterName}`,
            name: filterName,
            region: caller.region,
            logGroupArn,
            pattern: filterPattern,
            metrics: metricTransformations.map(
              ({ metricNamespace, metricName }) => `${metricNamespace}/${metricName}`,
            ),
          };
        },
      );
    },
  }),

  'cloudwatch-logs:DescribeLogGroups': listCall<LogGroup>({
    where: 'region',
    permissions: ['logs:DescribeLogGroups'],
    async list(caller) {
      const { client, paginateDescribeLogGroups } = await logs(caller);
      const groups = await allOf(paginateDescribeLogGroups({ client }, {}), (page) => page.logGroups);
      return groups.map(({ logGroupName = '', retentionInDays, kmsKeyId, logGroupClass }) => ({
        id: arnOf(caller, 'logs', `log-group:${logGroupName}`),
        name: logGroupName,
        retentionDays: retentionInDays ?? null,
        keyArn: kmsKeyId ?? null,
        groupClass: logGroupClass ?? 'STANDARD',
      }));
    },
  }),

  'cloudwatch-logs:FilterLogEvents': detailCall<LogGroup, LogSample>({
    of: 'cloudwatch-logs:DescribeLogGroups',
    permissions: ['logs:FilterLogEvents'],
    wanted: ({ groupClass }) => groupClass === 'STANDARD',
    async get(caller, { name }) {
      const { client, FilterLogEventsCommand } = await logs(caller);
      let events = 0;
      let nextToken: string | undefined;
      const secrets: { stream: string; time: string; kind: string }[] = [];
      for (let page = 0; page < SAMPLED_PAGES && events < SAMPLED_EVENTS; page += 1) {
        const answer = await client.send(
          new FilterLogEventsCommand({
            logGroupName: name,
            startTime: EARLIEST,
            startFromHead: false,
            limit: SAMPLED_EVENTS - events,
            nextToken,
          }),
        );
        for (const { message = '', logStreamName = '', timestamp = 0 } of answer.events ?? []) {
          events += 1;
          const time = new Date(timestamp).toISOString();
          secrets.push(...secretsInText(message).map(({ kind }) => ({ stream: logStreamName, time, kind })));
        }
        nextToken = answer.nextToken;
        if (nextToken === undefined) break;
      }
      return { events, secrets };
    },
  }),

  'cloudwatch-logs:DescribeResourcePolicies': listCall<LogResourcePolicy>({
    where: 'region',
    permissions: ['logs:DescribeResourcePolicies'],
    async list(caller) {
      const { client, DescribeResourcePoliciesCommand } = await logs(caller);
      const policies = await allPages(async (nextToken) => {
        const answer = await client.send(new DescribeResourcePoliciesCommand({ nextToken }));
        return { items: answer.resourcePolicies, next: answer.nextToken };
      });
      return policies.map(({ policyName = '', policyDocument = '' }) => ({
        id: arnOf(caller, 'logs', `resource-policy:${policyName}`),
        name: policyName,
        document: policyDocument,
      }));
    },
  }),
};

function metricsOf(alarm: MetricAlarm | CompositeAlarm): string[] {
  if ('AlarmRule' in alarm) return [];
  const { Namespace, MetricName, Metrics = [] } = alarm as MetricAlarm;
  return [{ Namespace, MetricName }, ...Metrics.map(({ MetricStat }) => MetricStat?.Metric)].flatMap(
    (metric) => (metric?.MetricName === undefined ? [] : [`${metric.Namespace}/${metric.MetricName}`]),
  );
}

/** Whether an ARN is that of a topic of the account. */
export function isOwnTopic(arn: string, accountId: string): boolean {
  const [, , service, , account] = arn.split(':');
  return service === 'sns' && account === accountId;
}

async function confirmedSubscribers(caller: Caller, topic: string): Promise<number> {
  const { paginateListSubscriptionsByTopic, SNSClient } = await import('@aws-sdk/client-sns');
  const client = caller.clients.of(SNSClient, caller.region);
  // An alarm may name a topic that is gone.
  const subscriptions = await unlessNotConfigured(['NotFoundException', 'NotFound'], () =>
    allOf(paginateListSubscriptionsByTopic({ client }, { TopicArn: topic }), (page) => page.Subscriptions),
  );
  return (subscriptions ?? []).filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith('arn:'))
    .length;
}
