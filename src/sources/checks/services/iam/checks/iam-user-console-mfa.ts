import { defineCheck, failIf } from '../../../catalogue.ts';

export const iamUserConsoleMfa = defineCheck({
  id: 'iam-user-console-mfa',
  title: 'Every console user has MFA',
  service: 'iam',
  depth: 'quick',
  level: 'high',
  category: 'access',
  resourceType: 'AWS::IAM::User',
  failsWhen:
    "password_enabled is true and mfa_active is false in the user's row of the credential report. A user without console password passes; root is judged by its own checks.",
  remediation:
    'Have the user register MFA, refuse everything else until then by policy, or move people to IAM Identity Center.',
  command: 'aws iam delete-login-profile --user-name USER',
  on: 'iam:GetCredentialReport',
  judge({ isRoot, passwordEnabled, mfaActive }) {
    return isRoot ? null : failIf(passwordEnabled && !mfaActive, { passwordEnabled, mfaActive });
  },
});
