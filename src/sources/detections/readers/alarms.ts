import type { DetectedTechnique, Detection, HealthReason } from '../../../model/coverage.ts';
import type { Account, Found } from '../account.ts';
import { broken, healthOf } from '../reasons.ts';
import { reasonsOfTargets } from './chain.ts';

type AlarmFound = Found<'cloudwatch:DescribeAlarms'>;

const DAYS_WITHOUT_DATA = 3;
const DAY_MS = 86_400_000;

/** Metrics of AWS itself that tell of an attack, and how sure. */
const METRICS: readonly { namespace: string; name: RegExp; id: string; score: number; services: string[] }[] =
  [
    { namespace: 'AWS/Billing', name: /^EstimatedCharges$/, id: 'T1496', score: 0.55, services: [] },
    { namespace: 'AWS/EC2', name: /^CPUUtilization$/, id: 'T1496.001', score: 0.4, services: ['EC2'] },
    { namespace: 'AWS/EC2', name: /^NetworkOut$/, id: 'T1048', score: 0.4, services: ['EC2'] },
    { namespace: 'AWS/SES', name: /^(?:Send|Reputation\.)/, id: 'T1496.004', score: 0.5, services: ['SES'] },
    {
      namespace: 'AWS/Lambda',
      name: /^(?:Invocations|ConcurrentExecutions)$/,
      id: 'T1496',
      score: 0.4,
      services: ['Lambda'],
    },
    { namespace: 'AWS/S3', name: /^BytesDownloaded$/, id: 'T1530', score: 0.4, services: ['S3'] },
    { namespace: 'AWS/DDoSProtection', name: /./, id: 'T1498', score: 0.6, services: [] },
    { namespace: 'AWS/WAFV2', name: /^BlockedRequests$/, id: 'T1190', score: 0.5, services: ['WAF'] },
  ];

/** Alarms on metrics of AWS that tell of an attack; those on metric filters belong to the filters. */
export function alarmDetections(account: Account): Detection[] {
  return account.regions.flatMap((region) =>
    (account.list('cloudwatch:DescribeAlarms', region) ?? []).flatMap((alarm): Detection[] => {
      const { id, name, metrics } = alarm.item;
      const signs = metrics.flatMap((metric) =>
        METRICS.filter((one) => one.namespace === metric.namespace && one.name.test(metric.name)),
      );
      if (signs.length === 0) return [];
      const reasons = reasonsOfAlarm(account, region, alarm);
      const techniques = signs.map(({ id: technique, score, services, namespace }): DetectedTechnique => ({
        id: technique,
        score,
        services,
        evidence: [`an alarm on ${namespace}`],
      }));
      return [
        {
          id,
          kind: 'alarm',
          name,
          region,
          health: healthOf(reasons),
          reasons,
          isPosture: false,
          sees: [region],
          targetServices: [...new Set(signs.flatMap(({ services }) => services))].toSorted(),
          techniques,
        },
      ];
    }),
  );
}

/** Why an alarm tells nobody. */
export function reasonsOfAlarm(account: Account, region: string, { item }: AlarmFound): HealthReason[] {
  const reasons: HealthReason[] = [];
  const { id, name, actions, actionsEnabled, state, stateSince, missingData } = item;
  // An alarm that is part of another may leave the telling to it.
  const whole = (account.list('cloudwatch:DescribeAlarms', region) ?? []).find(
    ({ item: other }) =>
      other.rule?.includes(`"${name}"`) === true || other.rule?.includes(`(${name})`) === true,
  );
  const own = actions.length > 0 || whole === undefined ? { id, actions, actionsEnabled } : whole.item;
  if (!own.actionsEnabled) {
    reasons.push(broken('alarm-actions-off', `cloudwatch:DescribeAlarms: ActionsEnabled false of ${name}`));
  } else if (own.actions.length === 0) {
    reasons.push(broken('no-alarm-action', `cloudwatch:DescribeAlarms: AlarmActions [] of ${name}`));
  } else {
    const teller = { service: 'cloudwatch.amazonaws.com', sourceArn: own.id, region };
    reasons.push(...reasonsOfTargets(account, teller, own.actions));
  }
  const since = Date.parse(account.head.startedAt) - Date.parse(stateSince ?? account.head.startedAt);
  if (state === 'INSUFFICIENT_DATA' && missingData !== 'notBreaching' && since > DAYS_WITHOUT_DATA * DAY_MS) {
    reasons.push(
      broken('alarm-without-data', `cloudwatch:DescribeAlarms: INSUFFICIENT_DATA since ${stateSince}`),
    );
  }
  return reasons;
}
