import type { DbInstance } from '../../../../src/sources/checks/services/rds/collect.ts';
import type { Case, Cases } from './case.ts';
import { network } from './ec2.ts';

const instance = (more: Partial<DbInstance> = {}): DbInstance => ({
  id: 'db',
  name: 'orders',
  cluster: null,
  isReplica: false,
  publiclyAccessible: true,
  encrypted: true,
  backupDays: 7,
  port: 5432,
  groupIds: ['sg-1'],
  subnetIds: ['subnet-1'],
  ...more,
});
const database = (what: string, more: Partial<DbInstance>, ...says: string[]): Case => ({
  what,
  answers: { 'rds:DescribeDBInstances': [instance(more)] },
  says,
});
const OPEN = [{ protocol: 'tcp', fromPort: 5432, toPort: 5432, ranges: ['0.0.0.0/0'], groups: [] }];
const reached = (what: string, more: Partial<DbInstance>, ingress: typeof OPEN, ...says: string[]): Case => ({
  what,
  answers: { 'rds:DescribeDBInstances': [instance(more)], ...network(ingress) },
  says,
});
const snapshots = (what: string, manual: boolean, isPublic: boolean, ...says: string[]): Case => ({
  what,
  answers: {
    'rds:DescribeDBSnapshots': [{ id: 'a', name: 'a', ofCluster: false, manual }],
    'rds:DescribeDBSnapshotAttributes': { a: { isPublic } },
    'rds:DescribeDBClusterSnapshots': [{ id: 'b', name: 'b', ofCluster: true, manual }],
    'rds:DescribeDBClusterSnapshotAttributes': { b: { isPublic: false } },
  },
  says,
});

export const rdsCases: Cases = {
  'rds-instance-public': [
    reached('reached', {}, OPEN, 'fail'),
    reached('closed by its group', {}, [], 'pass'),
    reached('not accessible', { publiclyAccessible: false }, OPEN, 'pass'),
    reached('being made', { port: null }, OPEN),
  ],
  'rds-instance-encrypted': [
    database('encrypted', {}, 'pass'),
    database('not', { encrypted: false }, 'fail'),
    database('a member', { encrypted: false, cluster: 'c' }),
  ],
  'rds-cluster-encrypted': [true, false].map((encrypted) => ({
    what: String(encrypted),
    answers: { 'rds:DescribeDBClusters': [{ id: 'c', name: 'c', encrypted }] },
    says: [encrypted ? 'pass' : 'fail'],
  })),
  'rds-snapshot-public': [
    snapshots('public', true, true, 'fail', 'pass'),
    snapshots('own', true, false, 'pass', 'pass'),
    snapshots('automatic', false, false),
  ],
  'rds-instance-backups': [
    database('a week', {}, 'pass'),
    database('none', { backupDays: 0 }, 'fail'),
    database('a replica', { backupDays: 0, isReplica: true }),
  ],
};
