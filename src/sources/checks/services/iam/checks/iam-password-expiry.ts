import { defineCheck, failIf } from '../../../catalogue.ts';

export const iamPasswordExpiry = defineCheck({
  id: 'iam-password-expiry',
  title: 'Passwords expire within 90 days',
  service: 'iam',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::PasswordPolicy',
  failsWhen:
    'Passwords never expire (ExpirePasswords false, MaxPasswordAge missing or 0), expire later than max_days, or there is no password policy.',
  remediation: 'Let passwords expire within 90 days (give all settings).',
  command: 'aws iam update-account-password-policy --minimum-password-length 14 --max-password-age 90',
  parameters: { max_days: 90 },
  on: 'iam:GetAccountPasswordPolicy',
  judge({ maximumAgeDays }, { parameters }) {
    return failIf(maximumAgeDays === 0 || maximumAgeDays > parameters.max_days, { maximumAgeDays });
  },
});
