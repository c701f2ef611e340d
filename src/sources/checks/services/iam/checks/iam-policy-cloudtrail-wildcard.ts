import { defineCheck, failIf } from '../../../catalogue.ts';
import { statementsAllowing } from '../../../iam-policy/access.ts';
import { judgeCustomerOrInline } from '../policies.ts';

export const iamPolicyCloudtrailWildcard = defineCheck({
  id: 'iam-policy-cloudtrail-wildcard',
  title: 'No policy grants full control of CloudTrail',
  service: 'iam',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen: 'A customer or inline policy allows cloudtrail:* (or *) on resource *.',
  remediation: 'Name the CloudTrail actions that are needed.',
  command:
    'aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json --set-as-default',
  on: 'iam:GetAccountAuthorizationDetails',
  judge: (subject) =>
    judgeCustomerOrInline(subject, (statements) =>
      failIf(statementsAllowing(statements, 'cloudtrail:*', (pattern) => /^\*+$/.test(pattern)).length > 0),
    ),
});
