import { defineCheck, failIf } from '../../../catalogue.ts';

export const rdsInstanceBackups = defineCheck({
  id: 'rds-instance-backups',
  title: 'Automatic backups are kept',
  service: 'rds',
  depth: 'quick',
  level: 'medium',
  category: 'backup',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen:
    'BackupRetentionPeriod is below min_days. Read replicas get no verdict unless check_replicas is set; Aurora members follow their cluster.',
  remediation: 'Keep backups for a week or more.',
  command: 'aws rds modify-db-instance --db-instance-identifier INSTANCE --backup-retention-period 7',
  parameters: { min_days: 1 },
  on: 'rds:DescribeDBInstances',
  judge({ cluster, isReplica, backupDays }, { parameters }) {
    return cluster !== null || isReplica ? null : failIf(backupDays < parameters.min_days, { backupDays });
  },
});
