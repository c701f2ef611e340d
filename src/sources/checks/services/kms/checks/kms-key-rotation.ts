import { defineCheck, failIf } from '../../../catalogue.ts';

export const kmsKeyRotation = defineCheck({
  id: 'kms-key-rotation',
  title: 'Customer keys rotate',
  service: 'kms',
  depth: 'quick',
  level: 'high',
  category: 'rest',
  resourceType: 'AWS::KMS::Key',
  failsWhen:
    'A customer-managed, enabled, symmetric encryption key with key material of KMS (Origin AWS_KMS) has rotation off. Asymmetric, HMAC, imported and external keys, disabled ones and AWS managed ones get no verdict.',
  remediation: 'Turn on yearly rotation.',
  command: 'aws kms enable-key-rotation --key-id KEY',
  on: 'kms:ListKeys',
  needs: ['kms:DescribeKey', 'kms:GetKeyRotationStatus'],
  judge(_, { detail }) {
    const key = detail('kms:DescribeKey');
    if (key === null || !key.customerManaged || !key.rotatable || key.state !== 'Enabled') return null;
    return failIf(detail('kms:GetKeyRotationStatus')?.rotates !== true);
  },
});
