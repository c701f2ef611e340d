import { defineCheck } from '../../../catalogue.ts';
import { CHAIN_CALLS, judgeAlarm } from '../alarm-chain.ts';
import type { AlarmedEvents } from '../alarmed-events.ts';

const EVENTS: AlarmedEvents = {
  events: [{ eventName: 'ConsoleLogin', 'additionalEventData.MFAUsed': 'No' }],
  conditions: [
    { field: 'eventName', operator: '=', value: 'ConsoleLogin' },
    { field: 'additionalEventData.MFAUsed', operator: '!=', value: 'Yes' },
  ],
};

export const cwAlarmConsoleNoMfa = defineCheck({
  id: 'cw-alarm-console-no-mfa',
  title: 'Sign-in without MFA raises an alarm',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::CloudWatch::Alarm',
  failsWhen:
    'The chain trail, log group, filter, alarm, action (as in cw-alarm-unauthorized-api) is missing for eventName ConsoleLogin with additionalEventData.MFAUsed other than Yes.',
  remediation:
    'Send the trail to a log group, add a metric filter for these events, an alarm on its metric and a topic with a subscriber.',
  command:
    'aws logs put-metric-filter --log-group-name GROUP --filter-name console-no-mfa --filter-pattern file://pattern.txt --metric-transformations metricName=console-no-mfa,metricNamespace=Security,metricValue=1',
  on: 'account',
  needs: CHAIN_CALLS,
  judge: (_, view) => judgeAlarm(view, EVENTS),
});
