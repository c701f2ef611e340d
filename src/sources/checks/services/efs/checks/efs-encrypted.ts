import { defineCheck } from '../../../catalogue.ts';

export const efsEncrypted = defineCheck({
  id: 'efs-encrypted',
  title: 'File system is encrypted',
  service: 'efs',
  depth: 'quick',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::EFS::FileSystem',
  failsWhen: 'Encrypted of the file system is false.',
  remediation: 'Make an encrypted file system and copy the data (it cannot be changed).',
  command: 'aws efs create-file-system --encrypted --kms-key-id KEY',
  on: 'efs:DescribeFileSystems',
  failsIf: { path: 'encrypted', op: 'is', value: false },
});
