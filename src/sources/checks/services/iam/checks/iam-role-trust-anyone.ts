import { defineCheck, failIf } from '../../../catalogue.ts';
import { isServiceLinked, statementsTrustingAnyone } from '../trust.ts';

export const iamRoleTrustAnyone = defineCheck({
  id: 'iam-role-trust-anyone',
  title: 'No role can be assumed by anyone',
  service: 'iam',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::IAM::Role',
  failsWhen:
    'The trust policy allows sts:AssumeRole (or WithSAML, WithWebIdentity) to principal * or AWS:* without a condition that names accounts, an organisation, ARNs or an external id. A condition on addresses, networks or MFA alone does not help.',
  remediation: 'Name the principals in the trust policy, or add a condition on organisation or account.',
  command: 'aws iam update-assume-role-policy --role-name ROLE --policy-document file://trust.json',
  on: 'iam:GetAccountAuthorizationDetails',
  judge(role) {
    if (role.kind !== 'role' || isServiceLinked(role)) return null;
    return failIf(statementsTrustingAnyone(role.trustPolicy).length > 0);
  },
});
