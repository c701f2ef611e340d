import { defineCheck } from '../../../catalogue.ts';
import { CHAIN_CALLS, judgeAlarm } from '../alarm-chain.ts';
import type { AlarmedEvents } from '../alarmed-events.ts';

const EVENTS: AlarmedEvents = {
  events: [{ errorCode: 'Client.UnauthorizedOperation' }, { errorCode: 'AccessDeniedException' }],
  conditions: [
    { field: 'errorCode', operator: '=', value: '*UnauthorizedOperation' },
    { field: 'errorCode', operator: '=', value: 'AccessDenied*' },
  ],
};

export const cwAlarmUnauthorizedApi = defineCheck({
  id: 'cw-alarm-unauthorized-api',
  title: 'Refused API calls raise an alarm',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::CloudWatch::Alarm',
  failsWhen:
    "No unbroken chain exists: a logging multi-region trail, its log group, a metric filter on errorCode *UnauthorizedOperation or AccessDenied*, an alarm on the filter's metric, and an enabled alarm action (an SNS topic of the account needs a confirmed subscriber). The missing link is named; the filter is parsed, not compared as text: order, spaces, quotes, further alternatives and further conditions do not matter, but every event and condition that the check names must be there. (What the trail records is judged by cloudtrail-multi-region.)",
  remediation:
    'Send the trail to a log group, add a metric filter for these events, an alarm on its metric and a topic with a subscriber.',
  command:
    'aws logs put-metric-filter --log-group-name GROUP --filter-name unauthorized-api --filter-pattern file://pattern.txt --metric-transformations metricName=unauthorized-api,metricNamespace=Security,metricValue=1',
  on: 'account',
  needs: CHAIN_CALLS,
  judge: (_, view) => judgeAlarm(view, EVENTS),
});
