import { defineCheck } from '../../../catalogue.ts';

export const efsAccessPointUser = defineCheck({
  id: 'efs-access-point-user',
  title: 'Access points pin a user',
  service: 'efs',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::EFS::AccessPoint',
  failsWhen: 'The access point sets no PosixUser.',
  remediation: 'Make an access point with a POSIX user (it cannot be changed).',
  command: 'aws efs create-access-point --file-system-id FS --posix-user Uid=1000,Gid=1000',
  on: 'efs:DescribeAccessPoints',
  failsIf: { path: 'setsUser', op: 'is', value: false },
});
