import { defineCheck, fail, pass } from '../../../catalogue.ts';

export const iamUserInitialAccessKey = defineCheck({
  id: 'iam-user-initial-access-key',
  title: 'No key made with the console user is left unused',
  service: 'iam',
  depth: 'deep',
  level: 'low',
  category: 'access',
  resourceType: 'AWS::IAM::User',
  failsWhen:
    'The user has a console password and an active key that was never used. One verdict per such key, so that two keys are two events. A user without such a key passes.',
  remediation: 'Delete the key; make one when it is needed.',
  command: 'aws iam delete-access-key --user-name USER --access-key-id KEY',
  on: 'iam:GetCredentialReport',
  judge({ isRoot, passwordEnabled, keys }) {
    if (isRoot) return null;
    const unused = passwordEnabled ? keys.filter((key) => key.active && key.lastUsed === null) : [];
    if (unused.length === 0) return pass();
    return unused.map(({ number, lastRotated }) => ({
      ...fail({ lastRotated }),
      subKey: `access-key-${number}`,
    }));
  },
});
