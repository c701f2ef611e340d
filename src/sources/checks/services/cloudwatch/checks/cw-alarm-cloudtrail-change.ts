import { defineCheck } from '../../../catalogue.ts';
import { CHAIN_CALLS, judgeAlarm } from '../alarm-chain.ts';
import { eventsNamed } from '../alarmed-events.ts';

const EVENTS = eventsNamed(['CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging']);

export const cwAlarmCloudtrailChange = defineCheck({
  id: 'cw-alarm-cloudtrail-change',
  title: 'CloudTrail changes raise an alarm',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::CloudWatch::Alarm',
  failsWhen: 'The chain is missing for CreateTrail, UpdateTrail, DeleteTrail, StartLogging, StopLogging.',
  remediation:
    'Send the trail to a log group, add a metric filter for these events, an alarm on its metric and a topic with a subscriber.',
  command:
    'aws logs put-metric-filter --log-group-name GROUP --filter-name cloudtrail-change --filter-pattern file://pattern.txt --metric-transformations metricName=cloudtrail-change,metricNamespace=Security,metricValue=1',
  on: 'account',
  needs: CHAIN_CALLS,
  judge: (_, view) => judgeAlarm(view, EVENTS),
});
