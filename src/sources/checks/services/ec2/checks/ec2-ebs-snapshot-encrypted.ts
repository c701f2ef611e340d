import { defineCheck } from '../../../catalogue.ts';

export const ec2EbsSnapshotEncrypted = defineCheck({
  id: 'ec2-ebs-snapshot-encrypted',
  title: 'Snapshots are encrypted',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'rest',
  resourceType: 'AWS::EC2::Snapshot',
  failsWhen: 'A snapshot owned by the account has Encrypted false.',
  remediation: 'Copy it with a key and delete the plain one.',
  command: 'aws ec2 copy-snapshot --source-region REGION --source-snapshot-id SNAPSHOT --encrypted',
  on: 'ec2:DescribeSnapshots',
  failsIf: { path: 'encrypted', op: 'is', value: false },
});
