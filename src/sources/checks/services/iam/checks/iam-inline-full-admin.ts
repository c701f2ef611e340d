import { defineCheck, failIf } from '../../../catalogue.ts';
import { fullAdminStatements } from '../../../iam-policy/access.ts';
import { judgeInlinePolicies } from '../policies.ts';

export const iamInlineFullAdmin = defineCheck({
  id: 'iam-inline-full-admin',
  title: 'No inline policy allows every action on everything',
  service: 'iam',
  depth: 'quick',
  level: 'critical',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen:
    'An inline policy of a user, group or role has an Allow for every action on every resource, judged as in iam-policy-full-admin. One verdict per inline policy.',
  remediation: 'Delete the inline policy after attaching a narrower managed one.',
  command: 'aws iam delete-role-policy --role-name ROLE --policy-name POLICY',
  on: 'iam:GetAccountAuthorizationDetails',
  judge: (identity) =>
    judgeInlinePolicies(identity, (statements) => failIf(fullAdminStatements(statements).length > 0)),
});
