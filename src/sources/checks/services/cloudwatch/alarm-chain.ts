import { fail, pass, unknown } from '../../catalogue.ts';
import type { Outcome, View } from '../../catalogue.ts';
import { catchesAll } from './alarmed-events.ts';
import type { AlarmedEvents } from './alarmed-events.ts';
import { isOwnTopic } from './collect.ts';

/** What is needed to tell whether an event reaches somebody. */
export const CHAIN_CALLS = [
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetTrailStatus',
  'cloudwatch-logs:DescribeMetricFilters',
  'cloudwatch:DescribeAlarms',
  'sns:ListSubscriptionsByTopic',
] as const;

type ChainView = Pick<View<(typeof CHAIN_CALLS)[number]>, 'accountId' | 'regions' | 'list' | 'detailOf'>;

/** Passes when the events go all the way: from a trail to a log group, a filter, an alarm, an action, and a subscriber. */
export function judgeAlarm(view: ChainView, events: AlarmedEvents): Outcome {
  const trails = view
    .list('cloudtrail:DescribeTrails')
    .map((trail) => ({ ...trail, status: view.detailOf('cloudtrail:GetTrailStatus', trail.id) }))
    .filter(({ multiRegion, status }) => multiRegion && status?.logging === true);
  const groups = trails.flatMap(({ logGroupArn }) => logGroupArn?.replace(/:\*$/, '') ?? []);
  const filters = view
    .list('cloudwatch-logs:DescribeMetricFilters')
    .filter(({ logGroupArn, pattern }) => groups.includes(logGroupArn) && catchesAll(pattern, events));
  const alarms = view
    .list('cloudwatch:DescribeAlarms')
    .filter(({ region, metrics }) =>
      filters.some(
        (filter) => filter.region === region && filter.metrics.some((one) => metrics.includes(one)),
      ),
    );
  const acting = alarms.filter(({ actionsEnabled, actions }) => actionsEnabled && actions.length > 0);
  const topics = view.list('sns:ListSubscriptionsByTopic');
  const isHeard = (action: string): boolean =>
    !isOwnTopic(action, view.accountId) ||
    topics.some(({ id, confirmedSubscribers }) => id === action && confirmedSubscribers > 0);
  const heard = acting.filter(({ actions }) => actions.some(isHeard));
  if (heard.length > 0) return pass({ alarms: heard.map(({ id }) => id) });
  const hidden = groups.find((group) => !isInReach(group, view));
  if (hidden !== undefined) {
    return unknown(
      `failed: the log group ${hidden} is of another account, or in a region that was not asked`,
    );
  }
  const links = [
    ['a trail of all regions that logs', trails],
    ['a log group of the trail', groups],
    ['a metric filter for the events', filters],
    ['an alarm on the metric', alarms],
    ['an action of the alarm', acting],
    ['a confirmed subscriber of the topic', heard],
  ] as const;
  return fail({ missing: links.find(([, found]) => found.length === 0)?.[0] });
}

function isInReach(logGroupArn: string, { accountId, regions }: ChainView): boolean {
  const [, , , region = '', account] = logGroupArn.split(':');
  return account === accountId && regions.includes(region);
}
