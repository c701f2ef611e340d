import { defineCheck } from '../../../catalogue.ts';

export const iamPasswordReuse = defineCheck({
  id: 'iam-password-reuse',
  title: 'The last 24 passwords cannot be reused',
  service: 'iam',
  depth: 'quick',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::PasswordPolicy',
  failsWhen:
    'PasswordReusePrevention is missing or below min (24 is also the highest value AWS takes), or there is no password policy.',
  remediation: 'Remember 24 passwords (give all settings).',
  command:
    'aws iam update-account-password-policy --minimum-password-length 14 --password-reuse-prevention 24',
  parameters: { min: 24 },
  on: 'iam:GetAccountPasswordPolicy',
  failsIf: { path: 'remembered', op: 'below', parameter: 'min' },
});
