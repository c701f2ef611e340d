import { defineCheck } from '../../../catalogue.ts';

export const rdsSnapshotEncrypted = defineCheck({
  id: 'rds-snapshot-encrypted',
  title: 'Snapshots are encrypted',
  service: 'rds',
  depth: 'standard',
  level: 'high',
  category: 'rest',
  resourceType: 'AWS::RDS::DBSnapshot',
  failsWhen: 'Encrypted (StorageEncrypted for clusters) of a snapshot is false, manual or automatic.',
  remediation: 'Copy it with a key and delete the plain one.',
  command:
    'aws rds copy-db-snapshot --source-db-snapshot-identifier SNAPSHOT --target-db-snapshot-identifier NEW --kms-key-id KEY',
  on: ['rds:DescribeDBSnapshots', 'rds:DescribeDBClusterSnapshots'],
  failsIf: { path: 'encrypted', op: 'is', value: false },
});
