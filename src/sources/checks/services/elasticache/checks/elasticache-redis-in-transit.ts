import { defineCheck, failIf } from '../../../catalogue.ts';

export const elasticacheRedisInTransit = defineCheck({
  id: 'elasticache-redis-in-transit',
  title: 'Cache uses TLS',
  service: 'elasticache',
  depth: 'quick',
  level: 'medium',
  category: 'transit',
  resourceType: 'AWS::ElastiCache::ReplicationGroup',
  failsWhen: 'TransitEncryptionEnabled is false (mode preferred fails, required passes).',
  remediation: 'Turn TLS on, first preferred, then required.',
  command:
    'aws elasticache modify-replication-group --replication-group-id GROUP --transit-encryption-enabled --transit-encryption-mode preferred --apply-immediately',
  on: 'elasticache:DescribeReplicationGroups',
  judge({ encryptedInTransit, transitMode }) {
    return failIf(!encryptedInTransit || transitMode === 'preferred', { encryptedInTransit, transitMode });
  },
});
