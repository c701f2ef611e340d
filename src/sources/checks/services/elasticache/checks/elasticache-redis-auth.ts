import { defineCheck, failIf } from '../../../catalogue.ts';

export const elasticacheRedisAuth = defineCheck({
  id: 'elasticache-redis-auth',
  title: 'Cache asks for authentication',
  service: 'elasticache',
  depth: 'standard',
  level: 'medium',
  category: 'access',
  resourceType: 'AWS::ElastiCache::ReplicationGroup',
  failsWhen: 'The group has neither AuthTokenEnabled nor, from engine 6 on, a user group.',
  remediation: 'Use a user group (engine 6 and up) or a token.',
  command:
    'aws elasticache modify-replication-group --replication-group-id GROUP --user-group-ids-to-add USERS --apply-immediately',
  on: 'elasticache:DescribeReplicationGroups',
  judge({ hasToken, userGroups }) {
    // Only engines from 6 on have user groups.
    return failIf(!hasToken && userGroups.length === 0, { hasToken, userGroups });
  },
});
