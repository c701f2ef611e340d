import { defineCheck, failIf } from '../../../catalogue.ts';
import { administratorPolicies } from '../full-admin.ts';
import { membersOf } from '../members.ts';

export const iamGroupAdministrator = defineCheck({
  id: 'iam-group-administrator',
  title: 'No group grants administrator rights',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Group',
  failsWhen:
    'A policy attached to or written into the group is AdministratorAccess or allows every action on every resource; also when the group is empty (said in the details).',
  remediation: "Detach the policy; grant the rights that the group's work needs.",
  command:
    'aws iam detach-group-policy --group-name GROUP --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
  on: 'iam:GetAccountAuthorizationDetails',
  judge(group, { list }) {
    if (group.kind !== 'group') return null;
    const all = list('iam:GetAccountAuthorizationDetails');
    const policies = administratorPolicies(group, all);
    return failIf(policies.length > 0, { policies, isEmpty: membersOf(group, all).length === 0 });
  },
});
