import { defineCheck } from '../../../catalogue.ts';

export const ec2EbsDefaultEncryption = defineCheck({
  id: 'ec2-ebs-default-encryption',
  title: 'Volumes are encrypted by default in the region',
  service: 'ec2',
  depth: 'quick',
  level: 'high',
  category: 'rest',
  resourceType: 'AWS::EC2::EbsDefaults',
  failsWhen: 'EbsEncryptionByDefault is false in the region, also when the region has no volume.',
  remediation: 'Turn on encryption by default in the region.',
  command: 'aws ec2 enable-ebs-encryption-by-default --region REGION',
  on: 'ec2:GetEbsEncryptionByDefault',
  failsIf: { path: 'encrypted', op: 'is', value: false },
});
