import { defineCheck } from '../../../catalogue.ts';

export const iamPasswordSymbol = defineCheck({
  id: 'iam-password-symbol',
  title: 'Passwords need a symbol',
  service: 'iam',
  depth: 'quick',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::IAM::PasswordPolicy',
  failsWhen: 'RequireSymbols is false, or there is no password policy.',
  remediation: 'Ask for symbols (give all settings).',
  command: 'aws iam update-account-password-policy --minimum-password-length 14 --require-symbols',
  on: 'iam:GetAccountPasswordPolicy',
  failsIf: { path: 'requiresSymbols', op: 'is', value: false },
});
