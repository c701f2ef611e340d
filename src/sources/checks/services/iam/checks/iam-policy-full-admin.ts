import { defineCheck, failIf } from '../../../catalogue.ts';
import { fullAdminStatements } from '../../../iam-policy/access.ts';
import { judgeCustomerPolicy } from '../policies.ts';

export const iamPolicyFullAdmin = defineCheck({
  id: 'iam-policy-full-admin',
  title: 'No customer policy allows every action on everything',
  service: 'iam',
  depth: 'quick',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen:
    'A policy of the customer, attached or not, has an Allow for every action (*, *:*, or NotAction that leaves no service out as a whole) on every resource (*), and no unconditional Deny that takes all of it back (a Deny of single actions does not). Conditions narrow it only when they name principals or networks.',
  remediation:
    'Delete the policy, or write a version with the needed actions and resources and make it the default.',
  command:
    'aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json --set-as-default',
  on: 'iam:GetAccountAuthorizationDetails',
  judge: (policy) =>
    judgeCustomerPolicy(policy, (statements) => failIf(fullAdminStatements(statements).length > 0)),
});
