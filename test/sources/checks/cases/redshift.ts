import type { GroupRule } from '../../../../src/sources/checks/services/ec2/collect.ts';
import type { Cluster } from '../../../../src/sources/checks/services/redshift/collect.ts';
import type { Answers } from '../support.ts';
import type { Case, Cases } from './case.ts';
import { network, rule } from './ec2.ts';

const cluster = (what: string, more: Partial<Cluster>, says: string, answers: Answers = {}): Case => ({
  what,
  answers: {
    'redshift:DescribeClusters': [
      {
        id: 'rs',
        name: 'numbers',
        encrypted: true,
        publiclyAccessible: true,
        port: 5439,
        groupIds: ['sg-1'],
        subnetGroup: 'all',
        parameterGroup: 'own',
        snapshotDays: 7,
        allowsUpgrades: true,
        routesInVpc: true,
        administrator: 'keeper',
        ...more,
      },
    ],
    ...answers,
  },
  says: [says],
});
const reached = (
  what: string,
  says: string,
  more: Partial<Cluster> = {},
  ingress: GroupRule[] = [rule('tcp', 5439)],
  gateway?: string,
): Case =>
  cluster(what, more, says, {
    'redshift:DescribeClusterSubnetGroups': { rs: ['subnet-1'] },
    ...network(ingress, gateway),
  });

export const redshiftCases: Cases = {
  'redshift-cluster-public': [
    reached('reached', 'fail'),
    reached('not accessible', 'pass', { publiclyAccessible: false }),
    reached('closed by its group', 'pass', {}, [rule('tcp', 443)]),
    reached('in a private subnet', 'pass', {}, undefined, 'nat-1'),
    reached('being made', 'pass', { port: null }),
  ],
  'redshift-cluster-encrypted': [
    cluster('encrypted', {}, 'pass'),
    cluster('not', { encrypted: false }, 'fail'),
  ],
  'redshift-cluster-tls': [true, false, null].map((requiresTls) =>
    cluster(String(requiresTls), {}, requiresTls === true ? 'pass' : 'fail', {
      'redshift:DescribeClusterParameters': { rs: requiresTls === null ? null : { requiresTls } },
    }),
  ),
  'redshift-cluster-audit-log': [true, false].map((logs) =>
    cluster(String(logs), {}, logs ? 'pass' : 'fail', { 'redshift:DescribeLoggingStatus': { rs: { logs } } }),
  ),
  'redshift-cluster-snapshots': [
    cluster('a day', { snapshotDays: 1 }, 'pass'),
    cluster('none', { snapshotDays: 0 }, 'fail'),
  ],
  'redshift-cluster-upgrades': [
    cluster('allowed', {}, 'pass'),
    cluster('not', { allowsUpgrades: false }, 'fail'),
  ],
  'redshift-cluster-vpc-routing': [
    cluster('in the VPC', {}, 'pass'),
    cluster('not', { routesInVpc: false }, 'fail'),
  ],
  'redshift-cluster-default-admin': [
    cluster('of its own', {}, 'pass'),
    cluster('as everywhere', { administrator: 'awsuser' }, 'fail'),
    cluster('not told', { administrator: '' }, 'unknown'),
  ],
};
