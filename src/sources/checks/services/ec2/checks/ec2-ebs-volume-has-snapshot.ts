import { defineCheck, failIf } from '../../../catalogue.ts';
import { grouped } from '../../../grouped.ts';
import type { Snapshot } from '../collect.ts';

const snapshotsOf = grouped(({ volumeId, state }: Snapshot) => (state === 'completed' ? volumeId : null));

export const ec2EbsVolumeHasSnapshot = defineCheck({
  id: 'ec2-ebs-volume-has-snapshot',
  title: 'Volumes have snapshots',
  service: 'ec2',
  depth: 'deep',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::EC2::Volume',
  failsWhen: "No own snapshot with state completed has the volume's id. AWS Backup's snapshots count.",
  remediation: 'Snapshot it, best by a schedule.',
  command: 'aws ec2 create-snapshot --volume-id VOLUME',
  on: 'ec2:DescribeVolumes',
  needs: ['ec2:DescribeSnapshots'],
  judge({ volumeId }, { list }) {
    const snapshots = snapshotsOf(list('ec2:DescribeSnapshots'), volumeId).length;
    return failIf(snapshots === 0, { snapshots });
  },
});
