import type {
  CertificateAuthority,
  DbCluster,
  DbInstance,
  DbSnapshot,
  EventSubscription,
} from '../../../../src/sources/checks/services/rds/collect.ts';
import { daysAgo } from '../support.ts';
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
  engine: 'postgres',
  engineVersion: '14.9',
  vpcId: 'vpc-1',
  multiAz: true,
  minorUpgrades: true,
  deletionProtection: true,
  iamAuthentication: true,
  logExports: ['postgresql'],
  monitoringInterval: 60,
  monitoringLog: 'arn:aws:logs:eu-west-1:111111111111:log-group:RDSOSMetrics',
  administrator: 'keeper',
  parameterGroup: 'own',
  certificateAuthority: 'rds-ca-rsa2048-g1',
  certificateValidTill: null,
  lifecycleSupport: null,
  copiesTags: true,
  ...more,
});
const cluster = (more: Partial<DbCluster> = {}): DbCluster => ({
  id: 'cluster',
  name: 'ledger',
  engine: 'aurora-postgresql',
  engineVersion: '16.4',
  encrypted: true,
  multiAz: true,
  minorUpgrades: true,
  deletionProtection: true,
  iamAuthentication: true,
  administrator: 'keeper',
  parameterGroup: 'own',
  ...more,
});
const database = (what: string, more: Partial<DbInstance>, ...says: string[]): Case => ({
  what,
  answers: { 'rds:DescribeDBInstances': [instance(more)] },
  says,
});
const clustered = (what: string, more: Partial<DbCluster>, ...says: string[]): Case => ({
  what,
  answers: { 'rds:DescribeDBClusters': [cluster(more)] },
  says,
});
const member = (
  what: string,
  more: Partial<DbInstance>,
  ofCluster: Partial<DbCluster> | null,
  ...says: string[]
): Case => ({
  what,
  answers: {
    'rds:DescribeDBInstances': [instance({ cluster: 'ledger', engine: 'aurora-postgresql', ...more })],
    'rds:DescribeDBClusters': ofCluster === null ? [] : [cluster(ofCluster)],
  },
  says,
});
/** By the instance where it stands alone, else by its cluster. */
const wholeCases = (property: 'multiAz' | 'deletionProtection'): Case[] => [
  database('on', {}, 'pass'),
  database('off', { [property]: false }, 'fail'),
  member('on for its cluster', { [property]: false }, {}, 'pass'),
  member('off for its cluster', {}, { [property]: false }, 'fail'),
  member('of a cluster that is not listed', {}, null, 'unknown'),
];
const tls = (
  what: string,
  more: Partial<DbInstance>,
  value: Record<string, string>,
  ...says: string[]
): Case => ({
  what,
  answers: {
    'rds:DescribeDBInstances': [instance(more)],
    'rds:DescribeDBParameters': { db: value },
  },
  says,
});
const clusterTls = (
  what: string,
  more: Partial<DbCluster>,
  value: Record<string, string>,
  says: string,
): Case => ({
  what,
  answers: {
    'rds:DescribeDBInstances': [instance({ cluster: 'ledger' })],
    'rds:DescribeDBClusters': [cluster(more)],
    'rds:DescribeDBClusterParameters': { cluster: value },
  },
  says: [says],
});
const validFor = (
  what: string,
  more: Partial<DbInstance>,
  authorities: Partial<CertificateAuthority>[],
  says: string,
): Case => ({
  what,
  answers: {
    'rds:DescribeDBInstances': [instance(more)],
    'rds:DescribeCertificates': authorities.map((one) => ({
      id: 'ca',
      name: 'rds-ca-rsa2048-g1',
      validTill: null,
      ...one,
    })),
  },
  says: [says],
});
const events = (
  what: string,
  says: string[],
  subscriptions: Partial<EventSubscription>[],
  clusters: DbCluster[] = [],
): Case => ({
  what,
  answers: {
    'rds:DescribeDBInstances': says.length === 0 ? [] : [instance()],
    'rds:DescribeDBClusters': clusters,
    'rds:DescribeEventSubscriptions': subscriptions.map((one, index) => ({
      id: `es-${index}`,
      name: `es-${index}`,
      enabled: true,
      sourceType: 'db-instance',
      sources: [],
      categories: [],
      ...one,
    })),
  },
  says,
});
const OPEN = [{ protocol: 'tcp', fromPort: 5432, toPort: 5432, ranges: ['0.0.0.0/0'], groups: [] }];
const reached = (what: string, more: Partial<DbInstance>, ingress: typeof OPEN, ...says: string[]): Case => ({
  what,
  answers: { 'rds:DescribeDBInstances': [instance(more)], ...network(ingress) },
  says,
});
const snapshot = (id: string, more: Partial<DbSnapshot>): DbSnapshot => ({
  id,
  name: id,
  ofCluster: false,
  manual: true,
  encrypted: true,
  ...more,
});
const snapshots = (what: string, manual: boolean, isPublic: boolean, ...says: string[]): Case => ({
  what,
  answers: {
    'rds:DescribeDBSnapshots': [snapshot('a', { manual })],
    'rds:DescribeDBSnapshotAttributes': { a: { isPublic } },
    'rds:DescribeDBClusterSnapshots': [snapshot('b', { ofCluster: true, manual })],
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
  'rds-cluster-encrypted': [
    clustered('encrypted', {}, 'pass'),
    clustered('not', { encrypted: false }, 'fail'),
  ],
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
  'rds-snapshot-encrypted': [
    {
      what: 'one of two',
      answers: {
        'rds:DescribeDBSnapshots': [snapshot('a', { encrypted: false, manual: false })],
        'rds:DescribeDBClusterSnapshots': [snapshot('b', { ofCluster: true })],
      },
      says: ['fail', 'pass'],
    },
  ],
  'rds-instance-multi-az': wholeCases('multiAz'),
  'rds-cluster-multi-az': [clustered('yes', {}, 'pass'), clustered('no', { multiAz: false }, 'fail')],
  'rds-instance-minor-upgrades': [
    database('yes', {}, 'pass'),
    database('no', { minorUpgrades: false }, 'fail'),
  ],
  'rds-cluster-minor-upgrades': [
    clustered('yes', { engine: 'mysql' }, 'pass'),
    clustered('no', { engine: 'mysql', minorUpgrades: false }, 'fail'),
    clustered('Aurora', { minorUpgrades: false }),
  ],
  'rds-instance-deletion-protection': wholeCases('deletionProtection'),
  'rds-cluster-deletion-protection': [
    clustered('on', {}, 'pass'),
    clustered('off', { deletionProtection: false }, 'fail'),
  ],
  'rds-instance-iam-auth': [
    database('on', {}, 'pass'),
    database('off', { engine: 'mariadb', iamAuthentication: false }, 'fail'),
    database('an engine without', { engine: 'oracle-ee', iamAuthentication: false }),
  ],
  'rds-cluster-iam-auth': [
    clustered('on', {}, 'pass'),
    clustered('off', { engine: 'mysql', iamAuthentication: false }, 'fail'),
    clustered('an engine without', { engine: 'other', iamAuthentication: false }),
  ],
  'rds-instance-log-export': [database('some', {}, 'pass'), database('none', { logExports: [] }, 'fail')],
  'rds-instance-enhanced-monitoring': [
    database('on', {}, 'pass'),
    database('off', { monitoringInterval: 0 }, 'fail'),
    database('nowhere', { monitoringLog: null }, 'fail'),
  ],
  'rds-instance-default-admin': [
    database('of its own', {}, 'pass'),
    database('as everywhere', { administrator: 'Postgres' }, 'fail'),
    database('not told', { administrator: '' }, 'unknown'),
    member('of a cluster', { administrator: 'keeper' }, { administrator: 'admin' }, 'fail', 'fail'),
    member('of a good cluster', { administrator: 'admin' }, {}, 'pass', 'pass'),
  ],
  'rds-instance-default-port': [
    database('the default', {}, 'fail'),
    database('another', { port: 5433 }, 'pass'),
    database('of Aurora', { engine: 'aurora-mysql', port: 3306 }, 'fail'),
    database('of Oracle', { engine: 'oracle-se2', port: 1521 }, 'fail'),
    database('of SQL Server', { engine: 'sqlserver-ex', port: 1433 }, 'fail'),
    database('of Db2', { engine: 'db2-se', port: 50_000 }, 'fail'),
    database('of another engine', { engine: 'mariadb', port: 5432 }, 'pass'),
    database('being made', { port: null }),
  ],
  'rds-instance-tls-forced': [
    tls('forced', {}, { 'rds.force_ssl': '1' }, 'pass'),
    tls('not', {}, { 'rds.force_ssl': '0' }, 'fail'),
    tls('not told', {}, {}, 'fail'),
    tls('not told, of a new one', { engineVersion: '15.4' }, {}, 'pass'),
    tls('not, of a new one', { engineVersion: '16.1' }, { 'rds.force_ssl': '0' }, 'fail'),
    tls('MySQL', { engine: 'mysql' }, { require_secure_transport: 'ON' }, 'pass'),
    tls('MySQL, not told', { engine: 'mysql', engineVersion: '8.0.35' }, { 'rds.force_ssl': '1' }, 'fail'),
    tls('SQL Server', { engine: 'sqlserver-se' }, { 'rds.force_ssl': '1' }, 'pass'),
    tls('Oracle', { engine: 'oracle-ee' }, {}),
    clusterTls('Aurora', {}, { 'rds.force_ssl': '1' }, 'pass'),
    clusterTls('Aurora, not told', {}, {}, 'fail'),
    clusterTls('Aurora, not told, of a new one', { engineVersion: '17.4' }, {}, 'pass'),
  ],
  'rds-instance-ca-expiry': [
    validFor('long', {}, [{ validTill: daysAgo(-90) }], 'pass'),
    validFor('not for long', {}, [{ validTill: daysAgo(-89) }], 'fail'),
    validFor('no more', {}, [{ validTill: daysAgo(3) }], 'fail'),
    validFor('of its own', { certificateValidTill: daysAgo(-10) }, [{ name: 'other' }], 'fail'),
    validFor(
      'long, of its own not',
      { certificateValidTill: daysAgo(-10) },
      [{ validTill: daysAgo(-999) }],
      'pass',
    ),
    validFor('nothing known', {}, [], 'unknown'),
  ],
  'rds-instance-engine-deprecated': [true, false, null].map((isOffered) => ({
    what: String(isOffered),
    answers: {
      'rds:DescribeDBInstances': [instance()],
      'rds:DescribeDBEngineVersions': { db: isOffered === null ? null : { isOffered } },
    },
    says: [isOffered === true ? 'pass' : 'fail'],
  })),
  'rds-instance-extended-support': [
    database('off', { lifecycleSupport: 'open-source-rds-extended-support-disabled' }, 'pass'),
    database('on', { lifecycleSupport: 'open-source-rds-extended-support' }, 'fail'),
    database('an engine without', {}),
  ],
  'rds-instance-copy-tags': [
    database('yes', {}, 'pass'),
    database('no', { copiesTags: false }, 'fail'),
    database('Aurora', { engine: 'aurora-mysql', copiesTags: false }),
  ],
  'rds-instance-in-vpc': [database('yes', {}, 'pass'), database('no', { vpcId: null }, 'fail')],
  'rds-instance-backup-plan': ['db', 'other', ''].map((id) => ({
    what: id,
    answers: {
      'rds:DescribeDBInstances': [instance(id === '' ? { engine: 'aurora-mysql' } : {})],
      'backup:ListProtectedResources': [{ id }],
    },
    says: id === '' ? [] : [id === 'db' ? 'pass' : 'fail'],
  })),
  'rds-event-subscription-critical': [
    events('everything', ['pass'], [{ sourceType: null }]),
    events('instances', ['pass'], [{}]),
    events('what matters', ['pass'], [{ categories: ['failure', 'maintenance', 'configuration change'] }]),
    events(
      'by two',
      ['pass'],
      [{ categories: ['failure'] }, { categories: ['maintenance', 'configuration change'] }],
    ),
    events('failures', ['fail'], [{ categories: ['failure'] }]),
    events('off', ['fail'], [{ enabled: false }]),
    events('of another', ['fail'], [{ sources: ['other'] }]),
    events('of this one', ['pass'], [{ sources: ['orders'] }]),
    events('not of the cluster', ['fail'], [{}], [cluster()]),
    events(
      'of both',
      ['pass'],
      [{}, { sourceType: 'db-cluster', categories: ['maintenance', 'failure'] }],
      [cluster()],
    ),
    events('no database', [], []),
  ],
};
