import { defineCheck } from '../../../catalogue.ts';

export const elasticacheRedisAtRest = defineCheck({
  id: 'elasticache-redis-at-rest',
  title: 'Cache is encrypted at rest',
  service: 'elasticache',
  depth: 'quick',
  level: 'medium',
  category: 'rest',
  resourceType: 'AWS::ElastiCache::ReplicationGroup',
  failsWhen: 'AtRestEncryptionEnabled of the replication group is false.',
  remediation: 'Restore a backup into an encrypted group (it cannot be changed).',
  command:
    'aws elasticache create-replication-group --replication-group-id NEW --replication-group-description TEXT --snapshot-name SNAPSHOT --at-rest-encryption-enabled',
  on: 'elasticache:DescribeReplicationGroups',
  failsIf: { path: 'encryptedAtRest', op: 'is', value: false },
});
