import { defineCheck, failIf } from '../../../catalogue.ts';

export const elasticacheRedisFailover = defineCheck({
  id: 'elasticache-redis-failover',
  title: 'Cache fails over by itself',
  service: 'elasticache',
  depth: 'deep',
  level: 'medium',
  category: 'availability',
  resourceType: 'AWS::ElastiCache::ReplicationGroup',
  failsWhen: 'AutomaticFailover is not enabled, or MultiAZ is not enabled.',
  remediation: 'Turn failover and Multi-AZ on.',
  command:
    'aws elasticache modify-replication-group --replication-group-id GROUP --automatic-failover-enabled --multi-az-enabled --apply-immediately',
  on: 'elasticache:DescribeReplicationGroups',
  judge({ automaticFailover, multiZone }) {
    return failIf(automaticFailover !== 'enabled' || multiZone !== 'enabled', {
      automaticFailover,
      multiZone,
    });
  },
});
