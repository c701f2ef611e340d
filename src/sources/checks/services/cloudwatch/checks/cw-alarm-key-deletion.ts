import { defineCheck } from '../../../catalogue.ts';
import { CHAIN_CALLS, judgeAlarm } from '../alarm-chain.ts';
import { eventsNamed } from '../alarmed-events.ts';

const EVENTS = eventsNamed(['DisableKey', 'ScheduleKeyDeletion'], 'kms.amazonaws.com');

export const cwAlarmKeyDeletion = defineCheck({
  id: 'cw-alarm-key-deletion',
  title: 'Disabling or deleting keys raises an alarm',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::CloudWatch::Alarm',
  failsWhen: 'The chain is missing for kms.amazonaws.com with DisableKey or ScheduleKeyDeletion.',
  remediation:
    'Send the trail to a log group, add a metric filter for these events, an alarm on its metric and a topic with a subscriber.',
  command:
    'aws logs put-metric-filter --log-group-name GROUP --filter-name key-deletion --filter-pattern file://pattern.txt --metric-transformations metricName=key-deletion,metricNamespace=Security,metricValue=1',
  on: 'account',
  needs: CHAIN_CALLS,
  judge: (_, view) => judgeAlarm(view, EVENTS),
});
