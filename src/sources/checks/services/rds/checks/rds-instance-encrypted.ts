import { defineCheck, failIf } from '../../../catalogue.ts';

export const rdsInstanceEncrypted = defineCheck({
  id: 'rds-instance-encrypted',
  title: 'Instance storage is encrypted',
  service: 'rds',
  depth: 'quick',
  level: 'high',
  category: 'rest',
  resourceType: 'AWS::RDS::DBInstance',
  failsWhen: 'StorageEncrypted is false. Aurora members follow their cluster.',
  remediation: 'Copy a snapshot with a key, restore from it and switch over.',
  command:
    'aws rds copy-db-snapshot --source-db-snapshot-identifier SNAPSHOT --target-db-snapshot-identifier NEW --kms-key-id KEY',
  on: 'rds:DescribeDBInstances',
  judge({ cluster, encrypted }) {
    // A member is as encrypted as its cluster, which has a check of its own.
    return cluster === null ? failIf(!encrypted) : null;
  },
});
