import { mapWatched } from '../../../coverage/mapping/native.ts';
import { parseFilterPattern } from '../../../coverage/patterns/filter-pattern.ts';
import { watchedByFilter } from '../../../coverage/patterns/watched.ts';
import type { Watched } from '../../../coverage/patterns/watched.ts';
import { serviceOfLogGroup } from '../../../coverage/services.ts';
import { VedetteError } from '../../../errors.ts';
import type { Detection, HealthReason } from '../../../model/coverage.ts';
import type { Account, Found } from '../account.ts';
import { broken, healthOf, unknown } from '../reasons.ts';
import { reasonsOfAlarm } from './alarms.ts';
import { reasonsOfFunction } from './chain.ts';
import { reasonsOfTrails } from './trails.ts';

/** Metric filters with the alarms on their metrics. */
export function logAlarmDetections(account: Account): Detection[] {
  return account.regions.flatMap((region) =>
    (account.list('cloudwatch-logs:DescribeMetricFilters', region) ?? []).map((filter): Detection => {
      const { id, name, group, pattern } = filter.item;
      const shared = { id, kind: 'log-alarm', name, region, isPosture: false } as const;
      const watched = watchedBy(pattern);
      if ('unreadable' in watched) return { ...shared, ...watched.unreadable, sees: [region] };
      const { feed, sees } = feedOf(account, region, group, watched);
      const reasons = [...feed, ...reasonsOfAlarms(account, region, filter)];
      return { ...shared, sees, health: healthOf(reasons), reasons, ...withGroup(watched, group) };
    }),
  );
}

/** Subscription filters that look for something and hand it to a function; one that passes everything on looks for nothing. */
export function subscriptionDetections(account: Account): Detection[] {
  return account.regions.flatMap((region) =>
    (account.list('cloudwatch-logs:DescribeLogGroups', region) ?? []).flatMap((group) =>
      (group.detail('cloudwatch-logs:DescribeSubscriptionFilters') ?? []).map((filter): Detection => {
        const { name: groupName } = group.item;
        const shared = {
          id: `${group.item.id}:subscription-filter:${filter.name}`,
          kind: 'log-subscription',
          name: filter.name,
          region,
          isPosture: false,
        } as const;
        const watched = watchedBy(filter.pattern);
        if ('unreadable' in watched) return { ...shared, ...watched.unreadable, sees: [region] };
        const { feed, sees } = feedOf(account, region, groupName, watched);
        const reasons = [
          ...feed,
          ...reasonsOfDestination(account, region, filter.destinationArn, group.item.id),
        ];
        return { ...shared, sees, health: healthOf(reasons), reasons, ...withGroup(watched, groupName) };
      }),
    ),
  );
}

function withGroup(watched: Watched, group: string): Pick<Detection, 'techniques' | 'targetServices'> {
  const mapped = mapWatched('aws', watched);
  const service = serviceOfLogGroup(group);
  if (service === null) return mapped;
  return { ...mapped, targetServices: [...new Set([...mapped.targetServices, service])].toSorted() };
}

function watchedBy(
  pattern: string,
): Watched | { unreadable: Pick<Detection, 'health' | 'reasons' | 'targetServices' | 'techniques'> } {
  try {
    return watchedByFilter(parseFilterPattern(pattern));
  } catch (error) {
    if (!(error instanceof VedetteError)) throw error;
    const reasons = [broken('pattern-unreadable', `logs: ${error.message}`)];
    return { unreadable: { health: 'broken', reasons, targetServices: [], techniques: [] } };
  }
}

/** Whether what is watched comes into the log group, and of which regions it comes. */
function feedOf(
  account: Account,
  region: string,
  group: string,
  watched: Watched,
): { feed: HealthReason[]; sees: readonly string[] | null } {
  const groups = account.list('cloudwatch-logs:DescribeLogGroups', region);
  const feed: HealthReason[] = [];
  if (groups === null) feed.push(unknown('logs:DescribeLogGroups'));
  const found = groups?.find(({ item }) => item.name === group);
  if (groups !== null && found === undefined) {
    feed.push(broken('log-group-gone', `logs:DescribeLogGroups: no ${group}`));
  }
  if (found !== undefined && found.item.logClass !== 'STANDARD') {
    feed.push(
      broken('log-class-without-filters', `logs:DescribeLogGroups: logGroupClass ${found.item.logClass}`),
    );
  }
  // Who writes into the group is known of CloudTrail only.
  if (watched.events.length === 0) return { feed, sees: [region] };
  const feeding: Found<'cloudtrail:DescribeTrails'>[] = [];
  let isKnown = false;
  for (const one of account.regions) {
    const trails = account.list('cloudtrail:DescribeTrails', one);
    isKnown ||= trails !== null;
    for (const trail of trails ?? []) {
      if (feeds(trail, region, group) && !feeding.some(({ item }) => item.id === trail.item.id))
        feeding.push(trail);
    }
  }
  if (feeding.length === 0) {
    feed.push(
      isKnown
        ? broken('log-group-unfed', `cloudtrail:DescribeTrails: no trail with the log group ${group}`)
        : unknown('cloudtrail:DescribeTrails'),
    );
    return { feed, sees: [region] };
  }
  const named = watched.events.filter(({ source }) => !source.startsWith('*'));
  feed.push(...reasonsOfTrails(feeding, named));
  const error = feeding.map((trail) => trail.detail('cloudtrail:GetTrailStatus')?.logsError ?? null);
  if (error.every((one) => one !== null)) {
    feed.push(
      broken(
        'log-delivery-error',
        `cloudtrail:GetTrailStatus: LatestCloudWatchLogsDeliveryError ${error[0]}`,
      ),
    );
  }
  const everywhere = feeding.some(({ item }) => item.multiRegion);
  return { feed, sees: everywhere ? null : feeding.map(({ item }) => item.homeRegion) };
}

function feeds({ item }: Found<'cloudtrail:DescribeTrails'>, region: string, group: string): boolean {
  const [, , , there, , , name] = (item.logGroupArn ?? '').split(':');
  return there === region && name === group;
}

/** One working alarm on one of the metrics is enough. */
function reasonsOfAlarms(
  account: Account,
  region: string,
  { item }: Found<'cloudwatch-logs:DescribeMetricFilters'>,
): HealthReason[] {
  const alarms = account.list('cloudwatch:DescribeAlarms', region);
  if (alarms === null) return [unknown('cloudwatch:DescribeAlarms')];
  const own = alarms.filter(({ item: alarm }) =>
    alarm.metrics.some((metric) =>
      item.metrics.some(({ namespace, name }) => metric.namespace === namespace && metric.name === name),
    ),
  );
  if (own.length === 0) {
    const metrics = item.metrics.map(({ namespace, name }) => `${namespace} ${name}`).join(', ');
    return [broken('no-alarm', `cloudwatch:DescribeAlarms: none on ${metrics}`)];
  }
  const each = own.map((alarm) => reasonsOfAlarm(account, region, alarm));
  return (
    each.find((reasons) => healthOf(reasons) === 'healthy') ??
    each.find((reasons) => healthOf(reasons) === 'unknown') ??
    each[0] ??
    []
  );
}

function reasonsOfDestination(
  account: Account,
  region: string,
  arn: string,
  groupArn: string,
): HealthReason[] {
  if (!arn.includes(':lambda:')) return [];
  const teller = { service: 'logs.amazonaws.com', sourceArn: `${groupArn}:*`, region };
  const regional = { ...teller, service: `logs.${region}.amazonaws.com` };
  const reasons = reasonsOfFunction(account, teller, { arn, region });
  if (healthOf(reasons) !== 'broken') return reasons;
  // Older permissions name the service of the region.
  return healthOf(reasonsOfFunction(account, regional, { arn, region })) === 'healthy' ? [] : reasons;
}
