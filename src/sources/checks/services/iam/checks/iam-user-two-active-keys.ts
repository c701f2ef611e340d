import { defineCheck, failIf } from '../../../catalogue.ts';

export const iamUserTwoActiveKeys = defineCheck({
  id: 'iam-user-two-active-keys',
  title: 'No user has two active access keys',
  service: 'iam',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::IAM::User',
  failsWhen: 'access_key_1_active and access_key_2_active are both true.',
  remediation: 'Deactivate the key that is used less.',
  command: 'aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive',
  on: 'iam:GetCredentialReport',
  judge({ isRoot, keys }) {
    return isRoot ? null : failIf(keys.filter((key) => key.active).length > 1);
  },
});
