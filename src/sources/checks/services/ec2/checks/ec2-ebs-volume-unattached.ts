import { defineCheck } from '../../../catalogue.ts';

export const ec2EbsVolumeUnattached = defineCheck({
  id: 'ec2-ebs-volume-unattached',
  title: 'Unattached volumes are removed',
  service: 'ec2',
  depth: 'deep',
  level: 'low',
  category: 'governance',
  resourceType: 'AWS::EC2::Volume',
  failsWhen: 'State is available.',
  remediation: 'Snapshot and delete it.',
  command: 'aws ec2 delete-volume --volume-id VOLUME',
  on: 'ec2:DescribeVolumes',
  failsIf: { path: 'state', op: 'is', value: 'available' },
});
