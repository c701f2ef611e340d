import { defineCheck, failIf } from '../../../catalogue.ts';
import { statementsAllowing } from '../../../iam-policy/access.ts';
import type { Statement } from '../../../iam-policy/document.ts';
import { judgeCustomerOrInline } from '../policies.ts';

export const iamPolicyKmsWildcard = defineCheck({
  id: 'iam-policy-kms-wildcard',
  title: 'No policy grants KMS rights on all keys',
  service: 'iam',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::Policy',
  failsWhen:
    'A customer policy (attached or not) or an inline policy allows *, kms:*, kms:Decrypt or kms:ReEncryptFrom (or a pattern that holds one of them, such as kms:De*) on resource * or on every key of an account, without a condition on key, alias or calling service.',
  remediation: 'Name the keys, or limit by kms:ViaService or an alias.',
  command:
    'aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json --set-as-default',
  on: 'iam:GetAccountAuthorizationDetails',
  judge: (subject) =>
    judgeCustomerOrInline(subject, (statements) => {
      const actions = ['kms:Decrypt', 'kms:ReEncryptFrom'].filter((action) =>
        statementsAllowing(statements, action).some((statement) => !namesKeys(statement)),
      );
      return failIf(actions.length > 0, { actions });
    }),
});

/** Conditions that name keys, or the service that may use them. */
function namesKeys({ conditions }: Statement): boolean {
  return conditions.some(
    ({ key }) =>
      /^kms:(?:viaservice|resourcealiases|requestalias)$/.test(key) ||
      /^aws:(?:calledvia|resourcetag\/)/.test(key),
  );
}
