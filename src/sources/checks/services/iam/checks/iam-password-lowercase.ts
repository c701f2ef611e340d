import { defineCheck } from '../../../catalogue.ts';

export const iamPasswordLowercase = defineCheck({
  id: 'iam-password-lowercase',
  title: 'Passwords need a lower-case letter',
  service: 'iam',
  depth: 'quick',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::IAM::PasswordPolicy',
  failsWhen: 'RequireLowercaseCharacters is false, or there is no password policy.',
  remediation: 'Ask for lower-case letters (give all settings).',
  command:
    'aws iam update-account-password-policy --minimum-password-length 14 --require-lowercase-characters',
  on: 'iam:GetAccountPasswordPolicy',
  failsIf: { path: 'requiresLowercase', op: 'is', value: false },
});
