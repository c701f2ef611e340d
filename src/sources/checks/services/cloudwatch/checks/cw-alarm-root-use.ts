import { defineCheck } from '../../../catalogue.ts';
import { CHAIN_CALLS, judgeAlarm } from '../alarm-chain.ts';
import type { AlarmedEvents } from '../alarmed-events.ts';

const EVENTS: AlarmedEvents = {
  events: [{ 'userIdentity.type': 'Root', 'userIdentity.invokedBy': null, eventType: 'AwsApiCall' }],
  conditions: [
    { field: 'userIdentity.type', operator: '=', value: 'Root' },
    { field: 'userIdentity.invokedBy', operator: 'NOT EXISTS', value: '' },
    { field: 'eventType', operator: '!=', value: 'AwsServiceEvent' },
  ],
};

export const cwAlarmRootUse = defineCheck({
  id: 'cw-alarm-root-use',
  title: 'Use of root raises an alarm',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::CloudWatch::Alarm',
  failsWhen:
    'The chain is missing for userIdentity.type Root, invokedBy not existing, eventType other than AwsServiceEvent.',
  remediation:
    'Send the trail to a log group, add a metric filter for these events, an alarm on its metric and a topic with a subscriber.',
  command:
    'aws logs put-metric-filter --log-group-name GROUP --filter-name root-use --filter-pattern file://pattern.txt --metric-transformations metricName=root-use,metricNamespace=Security,metricValue=1',
  on: 'account',
  needs: CHAIN_CALLS,
  judge: (_, view) => judgeAlarm(view, EVENTS),
});
