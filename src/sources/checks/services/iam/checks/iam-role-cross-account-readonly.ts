import { defineCheck, failIf } from '../../../catalogue.ts';
import { TRUSTED_ACCOUNTS } from '../../../iam-policy/foreign.ts';
import { isAwsPolicy } from '../policies.ts';
import { isServiceLinked, strangersTrusted } from '../trust.ts';

export const iamRoleCrossAccountReadonly = defineCheck({
  id: 'iam-role-cross-account-readonly',
  title: 'ReadOnlyAccess is not lent to other accounts',
  service: 'iam',
  depth: 'standard',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::Role',
  failsWhen:
    'The AWS policy ReadOnlyAccess is attached to a role whose trust policy lets in * or an account other than its own and the trusted ones. Service-linked roles get no verdict.',
  remediation: 'Lend SecurityAudit or a narrower policy instead: ReadOnlyAccess reads data too.',
  command: 'aws iam detach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess',
  parameters: TRUSTED_ACCOUNTS,
  on: 'iam:GetAccountAuthorizationDetails',
  judge(role, { accountId, parameters }) {
    if (role.kind !== 'role' || isServiceLinked(role)) return null;
    const known = { accountId, trusted: parameters.trusted_account_ids };
    const reads = role.attached.some((arn) => isAwsPolicy(arn, 'ReadOnlyAccess'));
    const accounts = strangersTrusted(role.trustPolicy, known);
    return failIf(reads && accounts.length > 0, { reads, accounts });
  },
});
