import { arnOf, listCall } from '../../../collect/call.ts';
import type { Caller } from '../../../collect/call.ts';

export interface Alarm {
  id: string;
  name: string;
  kind: 'metric' | 'composite';
  actionsEnabled: boolean;
  actions: readonly string[];
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  state: string;
  /** ISO 8601; null where it was never set. */
  stateSince: string | null;
  /** What it looks at; several of a calculation. */
  metrics: readonly { namespace: string; name: string }[];
  missingData: string;
  /** Of a composite alarm. */
  rule: string | null;
}

async function cloudwatch({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-cloudwatch');
  return { ...sdk, client: clients.of(sdk.CloudWatchClient, region) };
}

export const cloudwatchCalls = {
  'cloudwatch:DescribeAlarms': listCall<Alarm>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeAlarms } = await cloudwatch(caller);
      const pages = paginateDescribeAlarms({ client }, { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] });
      const all: Alarm[] = [];
      for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
        for (const alarm of MetricAlarms) {
          const single = { namespace: alarm.Namespace ?? '', name: alarm.MetricName ?? '' };
          const calculated = (alarm.Metrics ?? []).flatMap(({ MetricStat }) =>
            MetricStat?.Metric === undefined
              ? []
              : [{ namespace: MetricStat.Metric.Namespace ?? '', name: MetricStat.Metric.MetricName ?? '' }],
          );
          all.push({
            ...alarmOf(caller, alarm),
            kind: 'metric',
            metrics: calculated.length > 0 ? calculated : [single],
            missingData: alarm.TreatMissingData ?? 'missing',
            rule: null,
          });
        }
        for (const alarm of CompositeAlarms) {
          const own = {
            kind: 'composite',
            metrics: [],
            missingData: 'missing',
            rule: alarm.AlarmRule ?? '',
          } as const;
          all.push({ ...alarmOf(caller, alarm), ...own });
        }
      }
      return all;
    },
  }),
};

function alarmOf(
  caller: Caller,
  alarm: {
    AlarmArn?: string | undefined;
    AlarmName?: string | undefined;
    ActionsEnabled?: boolean | undefined;
    AlarmActions?: string[] | undefined;
    StateValue?: string | undefined;
    StateUpdatedTimestamp?: Date | undefined;
  },
) {
  return {
    id: alarm.AlarmArn ?? arnOf(caller, 'cloudwatch', `alarm:${alarm.AlarmName ?? ''}`),
    name: alarm.AlarmName ?? '',
    actionsEnabled: alarm.ActionsEnabled ?? true,
    actions: alarm.AlarmActions ?? [],
    state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
    stateSince: alarm.StateUpdatedTimestamp?.toISOString() ?? null,
  };
}
