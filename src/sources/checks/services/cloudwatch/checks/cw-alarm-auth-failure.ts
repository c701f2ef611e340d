import { defineCheck } from '../../../catalogue.ts';
import { CHAIN_CALLS, judgeAlarm } from '../alarm-chain.ts';
import type { AlarmedEvents } from '../alarmed-events.ts';

const EVENTS: AlarmedEvents = {
  events: [{ eventName: 'ConsoleLogin', errorMessage: 'Failed authentication' }],
  conditions: [
    { field: 'eventName', operator: '=', value: 'ConsoleLogin' },
    { field: 'errorMessage', operator: '=', value: 'Failed authentication' },
  ],
};

export const cwAlarmAuthFailure = defineCheck({
  id: 'cw-alarm-auth-failure',
  title: 'Failed sign-ins raise an alarm',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::CloudWatch::Alarm',
  failsWhen: 'The chain is missing for eventName ConsoleLogin with errorMessage Failed authentication.',
  remediation:
    'Send the trail to a log group, add a metric filter for these events, an alarm on its metric and a topic with a subscriber.',
  command:
    'aws logs put-metric-filter --log-group-name GROUP --filter-name auth-failure --filter-pattern file://pattern.txt --metric-transformations metricName=auth-failure,metricNamespace=Security,metricValue=1',
  on: 'account',
  needs: CHAIN_CALLS,
  judge: (_, view) => judgeAlarm(view, EVENTS),
});
