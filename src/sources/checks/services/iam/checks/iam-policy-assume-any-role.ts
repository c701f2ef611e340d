import { defineCheck, failIf } from '../../../catalogue.ts';
import { isAtLarge, statementsAllowing } from '../../../iam-policy/access.ts';
import { judgeCustomerPolicy } from '../policies.ts';

export const iamPolicyAssumeAnyRole = defineCheck({
  id: 'iam-policy-assume-any-role',
  title: 'No policy allows sts:AssumeRole on every role',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen:
    'A customer policy allows sts:AssumeRole, sts:* or * on a resource with a wildcard as the account or as all of the role part (*, arn:aws:iam::*:role/…, …:role/*). A fixed role ARN, or a wildcard below a path of a fixed account (…:role/team/*), passes.',
  remediation: 'Name the roles that may be assumed as resources.',
  command:
    'aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json --set-as-default',
  on: 'iam:GetAccountAuthorizationDetails',
  judge: (policy) =>
    judgeCustomerPolicy(policy, (statements) => {
      const allowing = statementsAllowing(statements, 'sts:AssumeRole', isAnyRole);
      return failIf(allowing.length > 0, { resources: allowing.flatMap(({ resources }) => resources ?? []) });
    }),
});

/** Of all accounts, or all of one. */
function isAnyRole(pattern: string): boolean {
  return isAtLarge(pattern) || /[*?]/.test(pattern.split(':')[4] ?? '');
}
