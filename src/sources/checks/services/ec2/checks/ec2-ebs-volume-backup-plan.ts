import { defineCheck, failIf } from '../../../catalogue.ts';
import { isProtected } from '../../backup/protected.ts';

export const ec2EbsVolumeBackupPlan = defineCheck({
  id: 'ec2-ebs-volume-backup-plan',
  title: 'Volumes are covered by a backup plan',
  service: 'ec2',
  depth: 'deep',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::EC2::Volume',
  failsWhen: "The volume's ARN is not among AWS Backup's protected resources. The call failed: unknown.",
  remediation: 'Select the volume in a backup plan (by tag).',
  command:
    'aws backup create-backup-selection --backup-plan-id PLAN --backup-selection file://selection.json',
  on: 'ec2:DescribeVolumes',
  needs: ['backup:ListProtectedResources'],
  judge: ({ id }, { list }) => failIf(!isProtected(id, list('backup:ListProtectedResources'))),
});
