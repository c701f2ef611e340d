import { defineCheck, failIf } from '../../../catalogue.ts';
import { administratorPolicies } from '../full-admin.ts';
import { isServiceLinked } from '../trust.ts';

export const iamRoleAdministrator = defineCheck({
  id: 'iam-role-administrator',
  title: 'No role carries AdministratorAccess',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Role',
  failsWhen:
    "AdministratorAccess or an equal policy is attached to the role. Service-linked roles and the organisation's and SSO's reserved roles (AWSReservedSSO_…, OrganizationAccountAccessRole) are named in the details, service-linked ones get no verdict.",
  remediation: 'Replace the policy by one made of what the role used (Access Analyzer policy generation).',
  command:
    'aws iam detach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/AdministratorAccess',
  on: 'iam:GetAccountAuthorizationDetails',
  judge(role, { list }) {
    if (role.kind !== 'role' || isServiceLinked(role)) return null;
    const policies = administratorPolicies(role, list('iam:GetAccountAuthorizationDetails'));
    const isReserved = /^(?:AWSReservedSSO_|OrganizationAccountAccessRole$)/.test(role.name);
    return failIf(policies.length > 0, { policies, isReserved });
  },
});
