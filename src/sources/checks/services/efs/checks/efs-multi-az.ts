import { defineCheck, failIf } from '../../../catalogue.ts';

export const efsMultiAz = defineCheck({
  id: 'efs-multi-az',
  title: 'File system spans zones',
  service: 'efs',
  depth: 'deep',
  level: 'low',
  category: 'availability',
  resourceType: 'AWS::EFS::FileSystem',
  failsWhen: 'The file system is One Zone (AvailabilityZoneId is set) or has at most one mount target.',
  remediation: 'Add mount targets in other zones, or move to a regional file system.',
  command: 'aws efs create-mount-target --file-system-id FS --subnet-id SUBNET',
  on: 'efs:DescribeFileSystems',
  judge({ zone, mountTargets }) {
    return failIf(zone !== null || mountTargets < 2, { zone, mountTargets });
  },
});
