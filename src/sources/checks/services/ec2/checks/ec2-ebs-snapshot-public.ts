import { defineCheck, failIf } from '../../../catalogue.ts';

export const ec2EbsSnapshotPublic = defineCheck({
  id: 'ec2-ebs-snapshot-public',
  title: 'Snapshots are private',
  service: 'ec2',
  depth: 'quick',
  level: 'critical',
  category: 'public',
  resourceType: 'AWS::EC2::Snapshot',
  failsWhen: 'createVolumePermission of an own snapshot contains the group all.',
  remediation: 'Make it private and take its content as leaked.',
  command:
    'aws ec2 modify-snapshot-attribute --snapshot-id SNAPSHOT --attribute createVolumePermission --operation-type remove --group-names all',
  on: 'ec2:DescribeSnapshots',
  needs: ['ec2:DescribeSnapshotAttribute'],
  judge: (_, { detail }) => failIf(detail('ec2:DescribeSnapshotAttribute')?.isPublic ?? false),
});
