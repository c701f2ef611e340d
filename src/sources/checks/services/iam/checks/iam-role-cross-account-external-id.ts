import { defineCheck, failIf } from '../../../catalogue.ts';
import { TRUSTED_ACCOUNTS } from '../../../iam-policy/foreign.ts';
import { asksForMore, isServiceLinked, strangersTrusted } from '../trust.ts';

export const iamRoleCrossAccountExternalId = defineCheck({
  id: 'iam-role-cross-account-external-id',
  title: 'Cross-account roles ask for an external id or MFA',
  service: 'iam',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::Role',
  failsWhen:
    'The trust policy lets in another account (its root, a user or role) that is not in trusted_account_ids, and the statement asks neither for sts:ExternalId nor for aws:MultiFactorAuthPresent true. Organisation conditions (aws:PrincipalOrgID) pass.',
  remediation: 'Ask for sts:ExternalId (services) or MFA (people) in the trust policy.',
  command: 'aws iam update-assume-role-policy --role-name ROLE --policy-document file://trust.json',
  parameters: TRUSTED_ACCOUNTS,
  on: 'iam:GetAccountAuthorizationDetails',
  judge(role, { accountId, parameters }) {
    if (role.kind !== 'role' || isServiceLinked(role)) return null;
    const known = { accountId, trusted: parameters.trusted_account_ids };
    const accounts = strangersTrusted(role.trustPolicy, known, (statement) => !asksForMore(statement));
    return failIf(accounts.length > 0, { accounts });
  },
});
