import { defineAlarmCheck } from '../alarm-check.ts';
import { eventsNamed } from '../alarmed-events.ts';

export const cwAlarmOrgChange = defineAlarmCheck({
  id: 'cw-alarm-org-change',
  title: 'Organisation changes raise an alarm',
  failsWhen:
    'The chain is missing for the change events of organizations.amazonaws.com (AcceptHandshake, AttachPolicy, CreateAccount, CreateOrganizationalUnit, CreatePolicy, DeclineHandshake, Delete of Organization, OrganizationalUnit and Policy, DetachPolicy, DisablePolicyType, EnablePolicyType, InviteAccountToOrganization, LeaveOrganization, MoveAccount, RemoveAccountFromOrganization, Update of OrganizationalUnit and Policy).',
  events: eventsNamed(
    [
      'AcceptHandshake',
      'AttachPolicy',
      'CreateAccount',
      'CreateOrganizationalUnit',
      'CreatePolicy',
      'DeclineHandshake',
      'DeleteOrganization',
      'DeleteOrganizationalUnit',
      'DeletePolicy',
      'DetachPolicy',
      'DisablePolicyType',
      'EnablePolicyType',
      'InviteAccountToOrganization',
      'LeaveOrganization',
      'MoveAccount',
      'RemoveAccountFromOrganization',
      'UpdateOrganizationalUnit',
      'UpdatePolicy',
    ],
    'organizations.amazonaws.com',
  ),
});
