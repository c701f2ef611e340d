import type { DBSnapshotAttribute, Parameter } from '@aws-sdk/client-rds';
import { askedOnce } from '../../../../collect/asked-once.ts';
import { allOf, arnOf, detailCall, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { taggedBy } from '../../tagged-by.ts';
import { TLS_PARAMETERS, tlsParameterOf } from './engines.ts';

export interface DbInstance {
  id: string;
  name: string;
  /** `postgres`, `aurora-mysql`. */
  engine: string;
  engineVersion: string;
  /** Null for one that belongs to no cluster. */
  cluster: string | null;
  isReplica: boolean;
  publiclyAccessible: boolean;
  encrypted: boolean;
  backupDays: number;
  /** Null until it has an endpoint. */
  port: number | null;
  groupIds: readonly string[];
  subnetIds: readonly string[];
  vpcId: string | null;
  multiAz: boolean;
  minorUpgrades: boolean;
  deletionProtection: boolean;
  iamAuthentication: boolean;
  /** Logs that go to CloudWatch. */
  logExports: readonly string[];
  /** Seconds; 0 where it is off. */
  monitoringInterval: number;
  monitoringLog: string | null;
  administrator: string;
  parameterGroup: string | null;
  /** Identifier of the authority that its certificate is from. */
  certificateAuthority: string | null;
  /** ISO 8601. */
  certificateValidTill: string | null;
  /** Null for engines without the choice. */
  lifecycleSupport: string | null;
  copiesTags: boolean;
}

export interface DbCluster {
  id: string;
  name: string;
  engine: string;
  engineVersion: string;
  encrypted: boolean;
  multiAz: boolean;
  minorUpgrades: boolean;
  deletionProtection: boolean;
  iamAuthentication: boolean;
  administrator: string;
  parameterGroup: string | null;
}

export interface DbSnapshot {
  id: string;
  name: string;
  ofCluster: boolean;
  manual: boolean;
  encrypted: boolean;
}

/** An authority that certificates of databases are from. */
export interface CertificateAuthority {
  id: string;
  name: string;
  /** ISO 8601. */
  validTill: string | null;
}

export interface EventSubscription {
  id: string;
  name: string;
  enabled: boolean;
  /** `db-instance`, `db-cluster`; null for all kinds. */
  sourceType: string | null;
  /** Names of databases; none for all. */
  sources: readonly string[];
  /** None for all. */
  categories: readonly string[];
}

/** Values by the names of parameters. */
export type TlsParameters = Readonly<Record<string, string>>;

async function rds({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-rds');
  return { ...sdk, client: clients.of(sdk.RDSClient, region) };
}

/** Engines that RDS lists, but that are services of their own. */
const OTHERS = new Set(['docdb', 'neptune']);

export const rdsCalls = {
  'rds:DescribeDBInstances': listCall<DbInstance>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeDBInstances } = await rds(caller);
      const instances = await allOf(paginateDescribeDBInstances({ client }, {}), (page) => page.DBInstances);
      return instances
        .filter(({ Engine = '' }) => !OTHERS.has(Engine))
        .map((instance) => ({
          id: instance.DBInstanceArn ?? '',
          name: instance.DBInstanceIdentifier ?? '',
          ...taggedBy(instance.TagList),
          engine: instance.Engine ?? '',
          engineVersion: instance.EngineVersion ?? '',
          cluster: instance.DBClusterIdentifier ?? null,
          isReplica: instance.ReadReplicaSourceDBInstanceIdentifier !== undefined,
          publiclyAccessible: instance.PubliclyAccessible ?? false,
          encrypted: instance.StorageEncrypted ?? false,
          backupDays: instance.BackupRetentionPeriod ?? 0,
          port: instance.Endpoint?.Port ?? null,
          groupIds: (instance.VpcSecurityGroups ?? []).map((group) => group.VpcSecurityGroupId ?? ''),
          subnetIds: (instance.DBSubnetGroup?.Subnets ?? []).map((subnet) => subnet.SubnetIdentifier ?? ''),
          vpcId: instance.DBSubnetGroup?.VpcId ?? null,
          multiAz: instance.MultiAZ ?? false,
          minorUpgrades: instance.AutoMinorVersionUpgrade ?? false,
          deletionProtection: instance.DeletionProtection ?? false,
          iamAuthentication: instance.IAMDatabaseAuthenticationEnabled ?? false,
          logExports: instance.EnabledCloudwatchLogsExports ?? [],
          monitoringInterval: instance.MonitoringInterval ?? 0,
          monitoringLog: instance.EnhancedMonitoringResourceArn ?? null,
          administrator: instance.MasterUsername ?? '',
          parameterGroup: instance.DBParameterGroups?.[0]?.DBParameterGroupName ?? null,
          certificateAuthority: instance.CACertificateIdentifier ?? null,
          certificateValidTill: instance.CertificateDetails?.ValidTill?.toISOString() ?? null,
          lifecycleSupport: instance.EngineLifecycleSupport ?? null,
          copiesTags: instance.CopyTagsToSnapshot ?? false,
        }));
    },
  }),

  'rds:DescribeDBClusters': listCall<DbCluster>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeDBClusters } = await rds(caller);
      const clusters = await allOf(paginateDescribeDBClusters({ client }, {}), (page) => page.DBClusters);
      return clusters
        .filter(({ Engine = '' }) => !OTHERS.has(Engine))
        .map((cluster) => ({
          id: cluster.DBClusterArn ?? '',
          name: cluster.DBClusterIdentifier ?? '',
          ...taggedBy(cluster.TagList),
          engine: cluster.Engine ?? '',
          engineVersion: cluster.EngineVersion ?? '',
          encrypted: cluster.StorageEncrypted ?? false,
          multiAz: cluster.MultiAZ ?? false,
          minorUpgrades: cluster.AutoMinorVersionUpgrade ?? false,
          deletionProtection: cluster.DeletionProtection ?? false,
          iamAuthentication: cluster.IAMDatabaseAuthenticationEnabled ?? false,
          administrator: cluster.MasterUsername ?? '',
          parameterGroup: cluster.DBClusterParameterGroup ?? null,
        }));
    },
  }),

  'rds:DescribeDBSnapshots': listCall<DbSnapshot>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeDBSnapshots } = await rds(caller);
      const snapshots = await allOf(paginateDescribeDBSnapshots({ client }, {}), (page) => page.DBSnapshots);
      return snapshots.map((snapshot) => ({
        id: snapshot.DBSnapshotArn ?? '',
        name: snapshot.DBSnapshotIdentifier ?? '',
        ...taggedBy(snapshot.TagList),
        ofCluster: false,
        manual: snapshot.SnapshotType === 'manual',
        encrypted: snapshot.Encrypted ?? false,
      }));
    },
  }),

  'rds:DescribeDBSnapshotAttributes': detailCall<DbSnapshot, { isPublic: boolean }>({
    of: 'rds:DescribeDBSnapshots',
    wanted: ({ manual }) => manual,
    async get(caller, { name }) {
      const { client, DescribeDBSnapshotAttributesCommand } = await rds(caller);
      const { DBSnapshotAttributesResult } = await client.send(
        new DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: name }),
      );
      return { isPublic: isShared(DBSnapshotAttributesResult?.DBSnapshotAttributes) };
    },
  }),

  'rds:DescribeDBClusterSnapshots': listCall<DbSnapshot>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeDBClusterSnapshots } = await rds(caller);
      const pages = paginateDescribeDBClusterSnapshots({ client }, {});
      const snapshots = await allOf(pages, (page) => page.DBClusterSnapshots);
      return snapshots
        .filter(({ Engine = '' }) => !OTHERS.has(Engine))
        .map((snapshot) => ({
          id: snapshot.DBClusterSnapshotArn ?? '',
          name: snapshot.DBClusterSnapshotIdentifier ?? '',
          ...taggedBy(snapshot.TagList),
          ofCluster: true,
          manual: snapshot.SnapshotType === 'manual',
          encrypted: snapshot.StorageEncrypted ?? false,
        }));
    },
  }),

  'rds:DescribeDBClusterSnapshotAttributes': detailCall<DbSnapshot, { isPublic: boolean }>({
    of: 'rds:DescribeDBClusterSnapshots',
    wanted: ({ manual }) => manual,
    async get(caller, { name }) {
      const { client, DescribeDBClusterSnapshotAttributesCommand } = await rds(caller);
      const { DBClusterSnapshotAttributesResult } = await client.send(
        new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier: name }),
      );
      return { isPublic: isShared(DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes) };
    },
  }),

  'rds:DescribeDBParameters': detailCall<DbInstance, TlsParameters>({
    of: 'rds:DescribeDBInstances',
    wanted: ({ cluster, engine, parameterGroup }) =>
      cluster === null && parameterGroup !== null && tlsParameterOf(engine) !== null,
    get: (caller, { parameterGroup }) => parametersOf(caller, parameterGroup ?? ''),
  }),

  'rds:DescribeDBClusterParameters': detailCall<DbCluster, TlsParameters>({
    of: 'rds:DescribeDBClusters',
    wanted: ({ engine, parameterGroup }) => parameterGroup !== null && tlsParameterOf(engine) !== null,
    get: (caller, { parameterGroup }) => clusterParametersOf(caller, parameterGroup ?? ''),
  }),

  'rds:DescribeDBEngineVersions': detailCall<DbInstance, { isOffered: boolean }>({
    of: 'rds:DescribeDBInstances',
    get: (caller, { engine, engineVersion }) => isOffered(caller, `${engine} ${engineVersion}`),
  }),

  'rds:DescribeCertificates': listCall<CertificateAuthority>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeCertificates } = await rds(caller);
      const certificates = await allOf(
        paginateDescribeCertificates({ client }, {}),
        (page) => page.Certificates,
      );
      return certificates.map(({ CertificateIdentifier = '', ...certificate }) => ({
        id: certificate.CertificateArn ?? arnOf(caller, 'rds', `cert:${CertificateIdentifier}`),
        name: CertificateIdentifier,
        validTill: certificate.ValidTill?.toISOString() ?? null,
      }));
    },
  }),

  'rds:DescribeEventSubscriptions': listCall<EventSubscription>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeEventSubscriptions } = await rds(caller);
      const pages = paginateDescribeEventSubscriptions({ client }, {});
      const subscriptions = await allOf(pages, (page) => page.EventSubscriptionsList);
      return subscriptions.map(({ CustSubscriptionId = '', ...subscription }) => ({
        id: subscription.EventSubscriptionArn ?? arnOf(caller, 'rds', `es:${CustSubscriptionId}`),
        name: CustSubscriptionId,
        enabled: subscription.Enabled ?? false,
        sourceType: subscription.SourceType ?? null,
        sources: subscription.SourceIdsList ?? [],
        categories: subscription.EventCategoriesList ?? [],
      }));
    },
  }),
};

/** Databases share their groups. On AWS a group in use is there, by its name a default one too. */
const parametersOf = askedOnce(async (caller, DBParameterGroupName): Promise<TlsParameters | null> => {
  const { client, paginateDescribeDBParameters } = await rds(caller);
  const pages = paginateDescribeDBParameters({ client }, { DBParameterGroupName, Filters });
  return unlessNotConfigured(NO_GROUP, async () =>
    tlsParametersIn(await allOf(pages, (page) => page.Parameters)),
  );
});

const clusterParametersOf = askedOnce(
  async (caller, DBClusterParameterGroupName): Promise<TlsParameters | null> => {
    const { client, paginateDescribeDBClusterParameters } = await rds(caller);
    const pages = paginateDescribeDBClusterParameters({ client }, { DBClusterParameterGroupName, Filters });
    return unlessNotConfigured(NO_GROUP, async () =>
      tlsParametersIn(await allOf(pages, (page) => page.Parameters)),
    );
  },
);

const isOffered = askedOnce(async (caller, name) => {
  const [Engine, EngineVersion] = name.split(' ');
  const { client, DescribeDBEngineVersionsCommand } = await rds(caller);
  // Without asking for all, those that AWS has withdrawn are not listed.
  const { DBEngineVersions = [] } = await client.send(
    new DescribeDBEngineVersionsCommand({ Engine, EngineVersion }),
  );
  return { isOffered: DBEngineVersions.some((one) => one.EngineVersion === EngineVersion) };
});

const Filters = [{ Name: 'parameter-name', Values: [...TLS_PARAMETERS] }];
const NO_GROUP = ['DBParameterGroupNotFound', 'DBParameterGroupNotFoundFault'];

function tlsParametersIn(parameters: readonly Parameter[]): TlsParameters {
  return Object.fromEntries(
    parameters.flatMap(({ ParameterName = '', ParameterValue }) =>
      TLS_PARAMETERS.includes(ParameterName) && ParameterValue !== undefined
        ? [[ParameterName, ParameterValue]]
        : [],
    ),
  );
}

function isShared(attributes: readonly DBSnapshotAttribute[] = []): boolean {
  return attributes.some(
    ({ AttributeName, AttributeValues = [] }) =>
      AttributeName === 'restore' && AttributeValues.includes('all'),
  );
}
