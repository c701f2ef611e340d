import type { Check } from '../../catalogue.ts';
import { elasticachePublicSubnet } from './checks/elasticache-public-subnet.ts';
import { elasticacheRedisAtRest } from './checks/elasticache-redis-at-rest.ts';
import { elasticacheRedisAuth } from './checks/elasticache-redis-auth.ts';
import { elasticacheRedisBackup } from './checks/elasticache-redis-backup.ts';
import { elasticacheRedisFailover } from './checks/elasticache-redis-failover.ts';
import { elasticacheRedisInTransit } from './checks/elasticache-redis-in-transit.ts';

export const elasticacheChecks: readonly Check[] = [
  elasticachePublicSubnet,
  elasticacheRedisAtRest,
  elasticacheRedisAuth,
  elasticacheRedisBackup,
  elasticacheRedisFailover,
  elasticacheRedisInTransit,
];
