import { defineCheck } from '../../../catalogue.ts';

export const elasticacheRedisBackup = defineCheck({
  id: 'elasticache-redis-backup',
  title: 'Cache is backed up',
  service: 'elasticache',
  depth: 'standard',
  level: 'high',
  category: 'backup',
  resourceType: 'AWS::ElastiCache::ReplicationGroup',
  failsWhen: 'SnapshotRetentionLimit is below min_days; 0 means that there are no backups.',
  remediation: 'Keep daily snapshots for a week or more.',
  command:
    'aws elasticache modify-replication-group --replication-group-id GROUP --snapshot-retention-limit 7 --apply-immediately',
  parameters: { min_days: 7 },
  on: 'elasticache:DescribeReplicationGroups',
  failsIf: { path: 'backupDays', op: 'below', parameter: 'min_days' },
});
