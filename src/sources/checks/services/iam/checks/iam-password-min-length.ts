import { defineCheck } from '../../../catalogue.ts';

export const iamPasswordMinLength = defineCheck({
  id: 'iam-password-min-length',
  title: 'Passwords need at least 14 characters',
  service: 'iam',
  depth: 'quick',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::PasswordPolicy',
  failsWhen:
    "MinimumPasswordLength is below min, or the account has no password policy (AWS's own default asks for 8).",
  remediation: 'Set the policy to 14 or more; the call replaces the whole policy, so give all settings.',
  command:
    'aws iam update-account-password-policy --minimum-password-length 14 --require-symbols --require-numbers --require-uppercase-characters --require-lowercase-characters --password-reuse-prevention 24 --max-password-age 90',
  parameters: { min: 14 },
  on: 'iam:GetAccountPasswordPolicy',
  failsIf: { path: 'minimumLength', op: 'below', parameter: 'min' },
});
