import { defineCheck, failIf } from '../../../catalogue.ts';
import { rootIn } from '../root.ts';

export const iamRootAccessKeys = defineCheck({
  id: 'iam-root-access-keys',
  title: 'Root user holds no access keys',
  service: 'iam',
  depth: 'quick',
  level: 'critical',
  category: 'access',
  resourceType: 'AWS::IAM::Root',
  failsWhen:
    'The root user has at least one active access key (AccountAccessKeysPresent above 0, or access_key_1/2_active true in the root row of the credential report). One verdict per account; the root row may be absent, then the summary decides.',
  remediation: 'Sign in as root, delete its access keys, and give what used them a role.',
  on: 'iam:GetAccountSummary',
  needs: ['iam:GetCredentialReport'],
  judge({ rootAccessKeys }, { list }) {
    const root = rootIn(list('iam:GetCredentialReport'));
    const active = root?.keys.filter((key) => key.active).length ?? 0;
    return failIf(rootAccessKeys > 0 || active > 0, { accessKeys: Math.max(rootAccessKeys, active) });
  },
});
