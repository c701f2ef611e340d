import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf, pass, unknown } from '../../../catalogue.ts';

export const iamConsolePasswordUnused = defineCheck({
  id: 'iam-console-password-unused',
  title: 'No console password lies unused for 45 days',
  service: 'iam',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::User',
  failsWhen:
    'The console password is enabled and was last used more than max_days ago, or was never used and was set more than max_days ago. password_last_used no_information means never.',
  remediation: 'Delete the console password, or the user.',
  command: 'aws iam delete-login-profile --user-name USER',
  parameters: { max_days: 45 },
  on: 'iam:GetCredentialReport',
  judge({ isRoot, passwordEnabled, passwordLastUsed, passwordLastChanged, createdAt }, { now, parameters }) {
    if (isRoot) return null;
    if (!passwordEnabled) return pass({ passwordEnabled });
    const since = passwordLastUsed ?? passwordLastChanged ?? createdAt;
    if (since === null)
      return unknown('failed: the credential report does not say when the password was set');
    return failIf(daysSince(since, now) > parameters.max_days, { passwordLastUsed, passwordLastChanged });
  },
});
