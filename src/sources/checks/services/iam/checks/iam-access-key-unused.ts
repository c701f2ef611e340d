import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf, unknown } from '../../../catalogue.ts';

export const iamAccessKeyUnused = defineCheck({
  id: 'iam-access-key-unused',
  title: 'No active access key lies unused for 45 days',
  service: 'iam',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::AccessKey',
  failsWhen:
    'An active key was last used more than max_days ago, or was never used and is older than max_days.',
  remediation: 'Deactivate the key, delete it after a while.',
  command: 'aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive',
  parameters: { max_days: 45 },
  on: 'iam:GetCredentialReport',
  judge({ isRoot, keys }, { now, parameters }) {
    if (isRoot) return null;
    return keys
      .filter((key) => key.active)
      .map(({ number, lastRotated, lastUsed }) => {
        const since = lastUsed ?? lastRotated;
        const outcome =
          since === null
            ? unknown('failed: the credential report does not say when the key was made')
            : failIf(daysSince(since, now) > parameters.max_days, { lastUsed, lastRotated });
        return { ...outcome, subKey: `access-key-${number}` };
      });
  },
});
