import { defineCheck } from '../../../catalogue.ts';

export const iamPasswordNumber = defineCheck({
  id: 'iam-password-number',
  title: 'Passwords need a digit',
  service: 'iam',
  depth: 'quick',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::IAM::PasswordPolicy',
  failsWhen: 'RequireNumbers is false, or there is no password policy.',
  remediation: 'Ask for digits (give all settings).',
  command: 'aws iam update-account-password-policy --minimum-password-length 14 --require-numbers',
  on: 'iam:GetAccountPasswordPolicy',
  failsIf: { path: 'requiresNumbers', op: 'is', value: false },
});
