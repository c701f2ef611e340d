import { defineCheck } from '../../../catalogue.ts';

export const ec2EbsVolumeEncrypted = defineCheck({
  id: 'ec2-ebs-volume-encrypted',
  title: 'Volumes are encrypted',
  service: 'ec2',
  depth: 'quick',
  level: 'high',
  category: 'rest',
  resourceType: 'AWS::EC2::Volume',
  failsWhen: 'Encrypted is false, attached or not.',
  remediation:
    'Snapshot the volume, copy the snapshot with a key, restore and swap: a volume cannot be encrypted in place.',
  command: 'aws ec2 copy-snapshot --source-region REGION --source-snapshot-id SNAPSHOT --encrypted',
  on: 'ec2:DescribeVolumes',
  failsIf: { path: 'encrypted', op: 'is', value: false },
});
