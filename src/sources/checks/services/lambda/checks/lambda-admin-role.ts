import { defineCheck, failIf, unknown } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { Authorization } from '../../iam/collect.ts';
import { administratorPolicies } from '../../iam/full-admin.ts';

const rolesByArn = grouped((one: Authorization) => (one.kind === 'role' ? one.id : null));

export const lambdaAdminRole = defineCheck({
  id: 'lambda-admin-role',
  title: 'Execution role is not an administrator',
  service: 'lambda',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::Lambda::Function',
  failsWhen:
    "The execution role carries administrator rights, attached or inline (as iam-role-administrator). A role that is not in the account's list is unknown.",
  remediation: 'Give the function a role with what it uses.',
  command: 'aws lambda update-function-configuration --function-name FUNCTION --role ROLE_ARN',
  on: 'lambda:ListFunctions',
  needs: ['iam:GetAccountAuthorizationDetails'],
  judge({ roleArn }, { list }) {
    const identities = list('iam:GetAccountAuthorizationDetails');
    const [role] = rolesByArn(identities, roleArn);
    if (role?.kind !== 'role') return unknown(`failed: ${roleArn} is not among the roles of the account`);
    const policies = administratorPolicies(role, identities);
    return failIf(policies.length > 0, { role: roleArn, policies });
  },
});
