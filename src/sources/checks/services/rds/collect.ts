import type { DBSnapshotAttribute } from '@aws-sdk/client-rds';
import { allOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface DbInstance {
  id: string;
  name: string;
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
}

export interface DbCluster {
  id: string;
  name: string;
  encrypted: boolean;
}

export interface DbSnapshot {
  id: string;
  name: string;
  ofCluster: boolean;
  manual: boolean;
}

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
          cluster: instance.DBClusterIdentifier ?? null,
          isReplica: instance.ReadReplicaSourceDBInstanceIdentifier !== undefined,
          publiclyAccessible: instance.PubliclyAccessible ?? false,
          encrypted: instance.StorageEncrypted ?? false,
          backupDays: instance.BackupRetentionPeriod ?? 0,
          port: instance.Endpoint?.Port ?? null,
          groupIds: (instance.VpcSecurityGroups ?? []).map((group) => group.VpcSecurityGroupId ?? ''),
          subnetIds: (instance.DBSubnetGroup?.Subnets ?? []).map((subnet) => subnet.SubnetIdentifier ?? ''),
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
          encrypted: cluster.StorageEncrypted ?? false,
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
        ofCluster: false,
        manual: snapshot.SnapshotType === 'manual',
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
          ofCluster: true,
          manual: snapshot.SnapshotType === 'manual',
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
};

function isShared(attributes: readonly DBSnapshotAttribute[] = []): boolean {
  return attributes.some(
    ({ AttributeName, AttributeValues = [] }) =>
      AttributeName === 'restore' && AttributeValues.includes('all'),
  );
}
