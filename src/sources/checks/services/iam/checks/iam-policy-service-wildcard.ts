import { defineCheck, failIf } from '../../../catalogue.ts';
import { coversEveryResource } from '../../../iam-policy/access.ts';
import { judgeCustomerPolicy } from '../policies.ts';

export const iamPolicyServiceWildcard = defineCheck({
  id: 'iam-policy-service-wildcard',
  title: 'Customer policies avoid service-wide wildcards',
  service: 'iam',
  depth: 'deep',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen:
    'A customer policy allows service:* for at least one service on resource *; * alone belongs to iam-policy-full-admin and passes here. AWS managed policies get no verdict.',
  remediation: 'Name actions and resources.',
  command:
    'aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json --set-as-default',
  on: 'iam:GetAccountAuthorizationDetails',
  judge: (policy) =>
    judgeCustomerPolicy(policy, (statements) => {
      const actions = statements
        .filter((one) => one.effect === 'Allow' && coversEveryResource(one))
        .flatMap((one) => one.actions ?? [])
        .filter((action) => /^[a-z0-9-]+:\*+$/.test(action));
      return failIf(actions.length > 0, { actions });
    }),
});
