import { defineCheck, failIf } from '../../../catalogue.ts';
import { judgeCustomerOrInline } from '../policies.ts';

export const iamPolicyNotaction = defineCheck({
  id: 'iam-policy-notaction',
  title: 'No policy allows through NotAction',
  service: 'iam',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen:
    'A customer or inline policy has a statement with Effect Allow and NotAction. NotAction under Deny passes.',
  remediation: 'Write the allowed actions out.',
  command:
    'aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json --set-as-default',
  on: 'iam:GetAccountAuthorizationDetails',
  judge: (subject) =>
    judgeCustomerOrInline(subject, (statements) =>
      failIf(statements.some(({ effect, notActions }) => effect === 'Allow' && notActions !== null)),
    ),
});
