import type { ReplicationGroup } from '../../../../src/sources/checks/services/elasticache/collect.ts';
import type { Case, Cases } from './case.ts';
import { routeTable, subnet } from './network.ts';

const group = (what: string, more: Partial<ReplicationGroup>, says: string): Case => ({
  what,
  answers: {
    'elasticache:DescribeReplicationGroups': [
      {
        id: 'g',
        name: 'sessions',
        encryptedAtRest: false,
        encryptedInTransit: false,
        transitMode: null,
        hasToken: false,
        userGroups: [],
        backupDays: 0,
        automaticFailover: 'disabled',
        multiZone: 'disabled',
        ...more,
      },
    ],
  },
  says: [says],
});
const cluster = (what: string, subnetGroup: string | null, gateway: string, ...says: string[]): Case => ({
  what,
  answers: {
    'ec2:DescribeSubnets': [subnet()],
    'ec2:DescribeRouteTables': [routeTable({ defaultGateways: [gateway] })],
    'elasticache:DescribeCacheClusters': [{ id: 'c', name: 'sessions', subnetGroup }],
    'elasticache:DescribeCacheSubnetGroups': [{ id: 's', name: 'main', subnetIds: ['subnet-1'] }],
  },
  says,
});

export const elasticacheCases: Cases = {
  'elasticache-redis-at-rest': [group('no', {}, 'fail'), group('yes', { encryptedAtRest: true }, 'pass')],
  'elasticache-redis-in-transit': [
    group('no', {}, 'fail'),
    group('preferred', { encryptedInTransit: true, transitMode: 'preferred' }, 'fail'),
    group('required', { encryptedInTransit: true, transitMode: 'required' }, 'pass'),
    group('of an engine without modes', { encryptedInTransit: true }, 'pass'),
  ],
  'elasticache-redis-auth': [
    group('nothing', {}, 'fail'),
    group('a token', { hasToken: true }, 'pass'),
    group('users', { userGroups: ['u'] }, 'pass'),
  ],
  'elasticache-redis-backup': [
    group('none', {}, 'fail'),
    group('a day', { backupDays: 1 }, 'fail'),
    group('a week', { backupDays: 7 }, 'pass'),
  ],
  'elasticache-redis-failover': [
    group('no', {}, 'fail'),
    group('in one zone', { automaticFailover: 'enabled' }, 'fail'),
    group('in several', { automaticFailover: 'enabled', multiZone: 'enabled' }, 'pass'),
  ],
  'elasticache-public-subnet': [
    cluster('private', 'main', 'nat-1', 'pass'),
    cluster('public', 'main', 'igw-1', 'fail'),
    cluster('no group', null, 'igw-1'),
    cluster('a group that is gone', 'old', 'igw-1', 'unknown'),
  ],
};
