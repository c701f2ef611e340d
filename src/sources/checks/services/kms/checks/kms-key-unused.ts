import { defineCheck, failIf } from '../../../catalogue.ts';

export const kmsKeyUnused = defineCheck({
  id: 'kms-key-unused',
  title: 'Keys are enabled or removed',
  service: 'kms',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::KMS::Key',
  failsWhen:
    'KeyState of a customer key is Disabled, PendingImport or Unavailable. Enabled and PendingDeletion pass.',
  remediation: 'Enable the key or schedule its deletion.',
  command: 'aws kms schedule-key-deletion --key-id KEY --pending-window-in-days 30',
  on: 'kms:ListKeys',
  needs: ['kms:DescribeKey'],
  judge(_, { detail }) {
    const key = detail('kms:DescribeKey');
    if (key === null || !key.customerManaged) return null;
    return failIf(['Disabled', 'PendingImport', 'Unavailable'].includes(key.state), { state: key.state });
  },
});
