import { defineCheck, failIf } from '../../../catalogue.ts';
import { administratorPolicies } from '../full-admin.ts';

export const iamUserAdministrator = defineCheck({
  id: 'iam-user-administrator',
  title: 'No user carries administrator rights directly',
  service: 'iam',
  depth: 'quick',
  level: 'critical',
  category: 'access',
  resourceType: 'AWS::IAM::User',
  failsWhen:
    'A policy attached to the user, or an inline policy of the user, is AdministratorAccess or allows every action on every resource. Rights through groups belong to iam-group-administrator.',
  remediation: 'Detach the policy and let administrators assume a role with MFA.',
  command:
    'aws iam detach-user-policy --user-name USER --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
  on: 'iam:GetAccountAuthorizationDetails',
  judge(user, { list }) {
    if (user.kind !== 'user') return null;
    const policies = administratorPolicies(user, list('iam:GetAccountAuthorizationDetails'));
    return failIf(policies.length > 0, { policies });
  },
});
