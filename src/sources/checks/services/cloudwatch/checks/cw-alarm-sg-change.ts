import { defineCheck } from '../../../catalogue.ts';
import { CHAIN_CALLS, judgeAlarm } from '../alarm-chain.ts';
import { eventsNamed } from '../alarmed-events.ts';

const EVENTS = eventsNamed([
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
  'RevokeSecurityGroupIngress',
  'RevokeSecurityGroupEgress',
  'CreateSecurityGroup',
  'DeleteSecurityGroup',
]);

export const cwAlarmSgChange = defineCheck({
  id: 'cw-alarm-sg-change',
  title: 'Security group changes raise an alarm',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::CloudWatch::Alarm',
  failsWhen:
    'The chain is missing for Authorize and Revoke of SecurityGroupIngress and Egress, CreateSecurityGroup, DeleteSecurityGroup.',
  remediation:
    'Send the trail to a log group, add a metric filter for these events, an alarm on its metric and a topic with a subscriber.',
  command:
    'aws logs put-metric-filter --log-group-name GROUP --filter-name sg-change --filter-pattern file://pattern.txt --metric-transformations metricName=sg-change,metricNamespace=Security,metricValue=1',
  on: 'account',
  needs: CHAIN_CALLS,
  judge: (_, view) => judgeAlarm(view, EVENTS),
});
