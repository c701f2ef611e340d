import { defineCheck } from '../../../catalogue.ts';

export const iamPasswordUppercase = defineCheck({
  id: 'iam-password-uppercase',
  title: 'Passwords need an upper-case letter',
  service: 'iam',
  depth: 'quick',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::IAM::PasswordPolicy',
  failsWhen: 'RequireUppercaseCharacters is false, or there is no password policy.',
  remediation: 'Ask for upper-case letters (give all settings: the call replaces the policy).',
  command:
    'aws iam update-account-password-policy --minimum-password-length 14 --require-uppercase-characters',
  on: 'iam:GetAccountPasswordPolicy',
  failsIf: { path: 'requiresUppercase', op: 'is', value: false },
});
