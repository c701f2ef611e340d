import { defineCheck } from '../../../catalogue.ts';

export const rdsClusterEncrypted = defineCheck({
  id: 'rds-cluster-encrypted',
  title: 'Cluster storage is encrypted',
  service: 'rds',
  depth: 'quick',
  level: 'high',
  category: 'rest',
  resourceType: 'AWS::RDS::DBCluster',
  failsWhen: 'StorageEncrypted of the cluster is false.',
  remediation: 'Restore an encrypted cluster from a snapshot with a key and switch over.',
  command:
    'aws rds restore-db-cluster-from-snapshot --db-cluster-identifier NEW --snapshot-identifier SNAPSHOT --engine ENGINE --kms-key-id KEY',
  on: 'rds:DescribeDBClusters',
  failsIf: { path: 'encrypted', op: 'is', value: false },
});
