import { allOf, arnOf, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface ReplicationGroup {
  id: string;
  name: string;
  encryptedAtRest: boolean;
  encryptedInTransit: boolean;
  /** `required`, or `preferred` where clients may do without. */
  transitMode: string | null;
  hasToken: boolean;
  userGroups: readonly string[];
  backupDays: number;
  automaticFailover: string;
  multiZone: string;
}

export interface CacheCluster {
  id: string;
  name: string;
  subnetGroup: string | null;
}

export interface CacheSubnetGroup {
  id: string;
  name: string;
  subnetIds: readonly string[];
}

async function elasticache({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-elasticache');
  return { ...sdk, client: clients.of(sdk.ElastiCacheClient, region) };
}

export const elasticacheCalls = {
  'elasticache:DescribeReplicationGroups': listCall<ReplicationGroup>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeReplicationGroups } = await elasticache(caller);
      const pages = paginateDescribeReplicationGroups({ client }, {});
      const groups = await allOf(pages, (page) => page.ReplicationGroups);
      return groups.map(({ ReplicationGroupId: name = '', ...group }) => ({
        id: group.ARN ?? arnOf(caller, 'elasticache', `replicationgroup:${name}`),
        name,
        encryptedAtRest: group.AtRestEncryptionEnabled ?? false,
        encryptedInTransit: group.TransitEncryptionEnabled ?? false,
        transitMode: group.TransitEncryptionMode ?? null,
        hasToken: group.AuthTokenEnabled ?? false,
        userGroups: group.UserGroupIds ?? [],
        backupDays: group.SnapshotRetentionLimit ?? 0,
        automaticFailover: group.AutomaticFailover ?? 'disabled',
        multiZone: group.MultiAZ ?? 'disabled',
      }));
    },
  }),

  'elasticache:DescribeCacheClusters': listCall<CacheCluster>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeCacheClusters } = await elasticache(caller);
      const clusters = await allOf(
        paginateDescribeCacheClusters({ client }, {}),
        (page) => page.CacheClusters,
      );
      return clusters.map(({ ARN, CacheClusterId: name = '', CacheSubnetGroupName }) => ({
        id: ARN ?? arnOf(caller, 'elasticache', `cluster:${name}`),
        name,
        subnetGroup: CacheSubnetGroupName || null,
      }));
    },
  }),

  'elasticache:DescribeCacheSubnetGroups': listCall<CacheSubnetGroup>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeCacheSubnetGroups } = await elasticache(caller);
      const pages = paginateDescribeCacheSubnetGroups({ client }, {});
      const groups = await allOf(pages, (page) => page.CacheSubnetGroups);
      return groups.map(({ ARN, CacheSubnetGroupName: name = '', Subnets = [] }) => ({
        id: ARN ?? arnOf(caller, 'elasticache', `subnetgroup:${name}`),
        name,
        subnetIds: Subnets.map(({ SubnetIdentifier = '' }) => SubnetIdentifier),
      }));
    },
  }),
};
