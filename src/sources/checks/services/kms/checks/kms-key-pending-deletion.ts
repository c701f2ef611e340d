import { defineCheck, failIf } from '../../../catalogue.ts';

export const kmsKeyPendingDeletion = defineCheck({
  id: 'kms-key-pending-deletion',
  title: 'No key is waiting for deletion',
  service: 'kms',
  depth: 'standard',
  level: 'high',
  category: 'availability',
  resourceType: 'AWS::KMS::Key',
  failsWhen: 'KeyState of a customer key is PendingDeletion (or PendingReplicaDeletion).',
  remediation: 'Cancel the deletion unless it is meant: data under the key is lost with it.',
  command: 'aws kms cancel-key-deletion --key-id KEY',
  on: 'kms:ListKeys',
  needs: ['kms:DescribeKey'],
  judge(_, { detail }) {
    const key = detail('kms:DescribeKey');
    if (key === null || !key.customerManaged) return null;
    return failIf(/^Pending(?:Replica)?Deletion$/.test(key.state), { state: key.state });
  },
});
