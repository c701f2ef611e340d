import { defineCheck, failIf } from '../../../catalogue.ts';

export const iamUserStaticKeysForHumans = defineCheck({
  id: 'iam-user-static-keys-for-humans',
  title: 'Users who sign in do not also use long-lived keys',
  service: 'iam',
  depth: 'deep',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::User',
  failsWhen:
    'password_enabled is true and at least one access key is active: a person signs in and holds long-lived keys too. (That a key was used only for IAM and STS is not looked at.)',
  remediation: 'Sign in through IAM Identity Center and delete the keys.',
  command: 'aws iam delete-access-key --user-name USER --access-key-id KEY',
  on: 'iam:GetCredentialReport',
  judge({ isRoot, passwordEnabled, keys }) {
    return isRoot ? null : failIf(passwordEnabled && keys.some((key) => key.active));
  },
});
