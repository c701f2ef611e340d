import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmSgChange = defineAlarmCheck({
  id: 'cw-alarm-sg-change',
  title: 'Security group changes raise an alarm',
  failsWhen:
    'The chain is missing for Authorize and Revoke of SecurityGroupIngress and Egress, CreateSecurityGroup, DeleteSecurityGroup.',
  events: eventsNamed([
    'AuthorizeSecurityGroupIngress',
    'AuthorizeSecurityGroupEgress',
    'RevokeSecurityGroupIngress',
    'RevokeSecurityGroupEgress',
    'CreateSecurityGroup',
    'DeleteSecurityGroup',
  ]),
});
