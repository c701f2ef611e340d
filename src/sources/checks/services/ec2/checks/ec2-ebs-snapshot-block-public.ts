import { defineCheck } from '../../../catalogue.ts';

export const ec2EbsSnapshotBlockPublic = defineCheck({
  id: 'ec2-ebs-snapshot-block-public',
  title: 'Public sharing of snapshots is blocked',
  service: 'ec2',
  depth: 'standard',
  level: 'high',
  category: 'public',
  resourceType: 'AWS::EC2::SnapshotBlockPublicAccess',
  failsWhen:
    'GetSnapshotBlockPublicAccessState is not block-all-sharing (block-new-sharing leaves what was shared before).',
  remediation: 'Block all public sharing of snapshots in the region.',
  command: 'aws ec2 enable-snapshot-block-public-access --region REGION --state block-all-sharing',
  on: 'ec2:GetSnapshotBlockPublicAccessState',
  failsIf: { path: 'state', op: 'is-not', value: 'block-all-sharing' },
});
