import { defineCheck, fail, failIf } from '../../../catalogue.ts';
import { isAnyone } from '../../../iam-policy/access.ts';
import { parsePolicy } from '../../../iam-policy/document.ts';
import type { Statement } from '../../../iam-policy/document.ts';
import { accountOf, foreignAccounts, TRUSTED_ACCOUNTS } from '../../../iam-policy/foreign.ts';

export const secretPolicyNarrow = defineCheck({
  id: 'secret-policy-narrow',
  title: 'Resource policy names its principals',
  service: 'secretsmanager',
  depth: 'deep',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::SecretsManager::Secret',
  failsWhen:
    "There is no resource policy; or it allows another account, *, the account's root without condition, NotAction or secretsmanager:*; or it lacks a Deny for everybody but named principals (aws:PrincipalArn, aws:PrincipalServiceName, aws:PrincipalOrgID).",
  remediation: 'Deny everybody but the named principals.',
  command:
    'aws secretsmanager put-resource-policy --secret-id SECRET --block-public-policy --resource-policy file://policy.json',
  parameters: TRUSTED_ACCOUNTS,
  on: 'secrets-manager:ListSecrets',
  needs: ['secrets-manager:GetResourcePolicy'],
  judge(_, { accountId, detail, parameters }) {
    const statements = parsePolicy(detail('secrets-manager:GetResourcePolicy') ?? '') ?? [];
    if (statements.length === 0) return fail({ hasPolicy: false });
    const accounts = foreignAccounts(statements, { accountId, trusted: parameters.trusted_account_ids });
    const isWide = statements.some((one) => allowsMuch(one, accountId));
    const deniesOthers = statements.some(deniesAllBut);
    return failIf(accounts.length > 0 || isWide || !deniesOthers, { accounts, isWide, deniesOthers });
  },
});

/** Every action, or the whole account without a condition. */
function allowsMuch({ effect, actions, principals, conditions }: Statement, accountId: string): boolean {
  if (effect !== 'Allow') return false;
  const isAll = actions === null || actions.some((action) => /^(?:\*+|secretsmanager:\*+)$/.test(action));
  const ofAccount = (principals ?? []).some(
    (principal) => accountOf(principal) === accountId && /^\d+$|:root$/.test(principal.value),
  );
  return isAll || (ofAccount && conditions.length === 0);
}

/** Whether nobody but those that are named gets further. */
function deniesAllBut({ effect, principals, conditions }: Statement): boolean {
  return (
    effect === 'Deny' &&
    (principals ?? []).some(isAnyone) &&
    conditions.some(
      ({ operator, key }) =>
        /^(?:string|arn)not(?:equals|like)/.test(operator) &&
        /^aws:principal(?:arn|servicename|orgid)$/.test(key),
    )
  );
}
