import { defineCheck, failIf } from '../../../catalogue.ts';
import { canSignIn, rootIn } from '../root.ts';

export const iamRootMfa = defineCheck({
  id: 'iam-root-mfa',
  title: 'Root user has MFA',
  service: 'iam',
  depth: 'quick',
  level: 'critical',
  category: 'access',
  resourceType: 'AWS::IAM::Root',
  failsWhen:
    'AccountMFAEnabled is 0 in the account summary. When root credentials were removed centrally (no password and no key in the root row) there is no verdict, for nobody can sign in as root.',
  remediation:
    'Register MFA for root in the console (Security credentials), or remove root credentials of member accounts centrally.',
  on: 'iam:GetAccountSummary',
  needs: ['iam:GetCredentialReport'],
  judge({ rootMfaEnabled, rootAccessKeys }, { list }) {
    const root = rootIn(list('iam:GetCredentialReport'));
    if (!rootMfaEnabled && rootAccessKeys === 0 && !canSignIn(root)) return null;
    return failIf(!rootMfaEnabled);
  },
});
