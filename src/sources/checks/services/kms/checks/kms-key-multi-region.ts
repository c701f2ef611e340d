import { defineCheck, failIf } from '../../../catalogue.ts';

export const kmsKeyMultiRegion = defineCheck({
  id: 'kms-key-multi-region',
  title: 'Keys stay in one region',
  service: 'kms',
  depth: 'deep',
  level: 'low',
  category: 'residency',
  resourceType: 'AWS::KMS::Key',
  failsWhen: 'MultiRegion of an enabled customer key is true. Other keys get no verdict.',
  remediation: 'Use keys of one region unless data must move.',
  on: 'kms:ListKeys',
  needs: ['kms:DescribeKey'],
  judge(_, { detail }) {
    const key = detail('kms:DescribeKey');
    if (key === null || !key.customerManaged || key.state !== 'Enabled') return null;
    return failIf(key.multiRegion);
  },
});
