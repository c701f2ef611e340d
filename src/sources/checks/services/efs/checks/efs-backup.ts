import { defineCheck, failIf } from '../../../catalogue.ts';

export const efsBackup = defineCheck({
  id: 'efs-backup',
  title: 'Backups are on',
  service: 'efs',
  depth: 'standard',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::EFS::FileSystem',
  failsWhen: "The backup policy's Status is DISABLED or DISABLING, or PolicyNotFound.",
  remediation: 'Turn automatic backups on.',
  command: 'aws efs put-backup-policy --file-system-id FS --backup-policy Status=ENABLED',
  on: 'efs:DescribeFileSystems',
  needs: ['efs:DescribeBackupPolicy'],
  judge(_, { detail }) {
    const status = detail('efs:DescribeBackupPolicy');
    return failIf(status !== 'ENABLED' && status !== 'ENABLING', { status });
  },
});
