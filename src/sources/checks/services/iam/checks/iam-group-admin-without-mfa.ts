import { defineCheck, fail, pass, unknown } from '../../../catalogue.ts';
import { administratorPolicies } from '../full-admin.ts';
import { membersOf } from '../members.ts';

export const iamGroupAdminWithoutMfa = defineCheck({
  id: 'iam-group-admin-without-mfa',
  title: 'Members of administrator groups have MFA',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Group',
  failsWhen:
    'The group grants administrator rights as in iam-group-administrator and at least one member has mfa_active false. Groups that grant none, or are empty, pass.',
  remediation: 'Make the members register MFA, or take them out of the group.',
  command: 'aws iam remove-user-from-group --group-name GROUP --user-name USER',
  on: 'iam:GetAccountAuthorizationDetails',
  needs: ['iam:GetCredentialReport'],
  judge(group, { list }) {
    if (group.kind !== 'group') return null;
    const all = list('iam:GetAccountAuthorizationDetails');
    if (administratorPolicies(group, all).length === 0) return pass();
    const members = membersOf(group, all);
    const rows = list('iam:GetCredentialReport').filter(({ id }) => members.includes(id));
    const without = rows.filter(({ mfaActive }) => !mfaActive).map(({ name }) => name);
    if (without.length > 0) return fail({ without });
    // A user of today may not be in the report yet.
    if (rows.length < members.length)
      return unknown('failed: the credential report lacks a member of the group');
    return pass();
  },
});
