import { defineCheck } from '../../../catalogue.ts';

export const efsAccessPointRoot = defineCheck({
  id: 'efs-access-point-root',
  title: 'Access points pin a root directory',
  service: 'efs',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::EFS::AccessPoint',
  failsWhen: 'RootDirectory.Path of the access point is / (also when absent).',
  remediation: 'Make an access point with a root directory (it cannot be changed).',
  command: 'aws efs create-access-point --file-system-id FS --root-directory Path=/app',
  on: 'efs:DescribeAccessPoints',
  failsIf: { path: 'rootDirectory', op: 'is', value: '/' },
});
