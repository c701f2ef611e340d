import { defineCheck } from '../../../catalogue.ts';
import { CHAIN_CALLS, judgeAlarm } from '../alarm-chain.ts';
import { eventsNamed } from '../alarmed-events.ts';

const EVENTS = eventsNamed([
  'PutGroupPolicy',
  'DeleteGroupPolicy',
  'PutRolePolicy',
  'DeleteRolePolicy',
  'PutUserPolicy',
  'DeleteUserPolicy',
  'CreatePolicy',
  'DeletePolicy',
  'CreatePolicyVersion',
  'DeletePolicyVersion',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'AttachUserPolicy',
  'DetachUserPolicy',
  'AttachGroupPolicy',
  'DetachGroupPolicy',
]);

export const cwAlarmIamChange = defineCheck({
  id: 'cw-alarm-iam-change',
  title: 'IAM policy changes raise an alarm',
  service: 'cloudwatch',
  depth: 'standard',
  level: 'medium',
  category: 'detection',
  resourceType: 'AWS::CloudWatch::Alarm',
  failsWhen:
    'The chain is missing for the policy events: Put, Delete of Group-, Role- and UserPolicy, Create- and DeletePolicy, Create- and DeletePolicyVersion, Attach and Detach of Role-, User- and GroupPolicy. All must be in the filter.',
  remediation:
    'Send the trail to a log group, add a metric filter for these events, an alarm on its metric and a topic with a subscriber.',
  command:
    'aws logs put-metric-filter --log-group-name GROUP --filter-name iam-change --filter-pattern file://pattern.txt --metric-transformations metricName=iam-change,metricNamespace=Security,metricValue=1',
  on: 'account',
  needs: CHAIN_CALLS,
  judge: (_, view) => judgeAlarm(view, EVENTS),
});
