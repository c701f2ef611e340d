import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmIamChange = defineAlarmCheck({
  id: 'cw-alarm-iam-change',
  title: 'IAM policy changes raise an alarm',
  failsWhen:
    'The chain is missing for the policy events: Put, Delete of Group-, Role- and UserPolicy, Create- and DeletePolicy, Create- and DeletePolicyVersion, Attach and Detach of Role-, User- and GroupPolicy. All must be in the filter.',
  events: eventsNamed([
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
  ]),
});
