import { defineCheck } from '../../catalogue.ts';
import type { Check } from '../../catalogue.ts';
import { CHAIN_CALLS, judgeAlarm } from './alarm-chain.ts';
import type { AlarmedEvents } from './alarmed-events.ts';

/** A check that certain events reach somebody. */
export function defineAlarmCheck({
  id,
  title,
  failsWhen,
  events,
}: {
  id: `cw-alarm-${string}`;
  title: string;
  failsWhen: string;
  events: AlarmedEvents;
}): Check {
  const name = id.slice('cw-alarm-'.length);
  return defineCheck({
    id,
    title,
    service: 'cloudwatch',
    depth: 'standard',
    level: 'medium',
    category: 'detection',
    resourceType: 'AWS::CloudWatch::Alarm',
    failsWhen,
    remediation:
      'Send the trail to a log group, add a metric filter for these events, an alarm on its metric and a topic with a subscriber.',
    command: `aws logs put-metric-filter --log-group-name GROUP --filter-name ${name} --filter-pattern file://pattern.txt --metric-transformations metricName=${name},metricNamespace=Security,metricValue=1`,
    on: 'account',
    needs: CHAIN_CALLS,
    judge: (_, view) => judgeAlarm(view, events),
  });
}
