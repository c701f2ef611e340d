import { daysSince } from '../../../ages.ts';
import { defineCheck, failIf, unknown } from '../../../catalogue.ts';

export const iamAccessKeyRotation = defineCheck({
  id: 'iam-access-key-rotation',
  title: 'Access keys are younger than 90 days',
  service: 'iam',
  depth: 'quick',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::AccessKey',
  failsWhen:
    'An active key was last rotated more than max_days ago. One verdict per active key; inactive keys and users without keys pass or have none.',
  remediation: 'Make a second key, move to it, deactivate and delete the old one.',
  command: 'aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive',
  parameters: { max_days: 90 },
  on: 'iam:GetCredentialReport',
  judge({ isRoot, keys }, { now, parameters }) {
    if (isRoot) return null;
    return keys
      .filter((key) => key.active)
      .map(({ number, lastRotated }) => {
        const days = lastRotated === null ? null : daysSince(lastRotated, now);
        const outcome =
          days === null
            ? unknown('failed: the credential report does not say when the key was rotated')
            : failIf(days > parameters.max_days, { lastRotated, days });
        return { ...outcome, subKey: `access-key-${number}` };
      });
  },
});
