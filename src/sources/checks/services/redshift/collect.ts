import { askedOnce } from '../../../../collect/asked-once.ts';
import { allOf, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';
import { taggedBy } from '../../tagged-by.ts';

export interface Cluster {
  id: string;
  name: string;
  encrypted: boolean;
  publiclyAccessible: boolean;
  /** Null until it has an endpoint. */
  port: number | null;
  groupIds: readonly string[];
  subnetGroup: string | null;
  parameterGroup: string | null;
  snapshotDays: number;
  allowsUpgrades: boolean;
  routesInVpc: boolean;
  administrator: string;
}

async function redshift({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-redshift');
  return { ...sdk, client: clients.of(sdk.RedshiftClient, region) };
}

const parametersOf = askedOnce(async (caller, ParameterGroupName) => {
  const { client, paginateDescribeClusterParameters } = await redshift(caller);
  const pages = paginateDescribeClusterParameters({ client }, { ParameterGroupName });
  const parameters = await allOf(pages, (page) => page.Parameters);
  const found = parameters.find(({ ParameterName }) => ParameterName === 'require_ssl');
  return { requiresTls: found?.ParameterValue === 'true' };
});

const subnetsOf = askedOnce(async (caller, ClusterSubnetGroupName) => {
  const { client, paginateDescribeClusterSubnetGroups } = await redshift(caller);
  const pages = paginateDescribeClusterSubnetGroups({ client }, { ClusterSubnetGroupName });
  const groups = await allOf(pages, (page) => page.ClusterSubnetGroups);
  return groups.flatMap(({ Subnets = [] }) => Subnets).map(({ SubnetIdentifier = '' }) => SubnetIdentifier);
});

export const redshiftCalls = {
  'redshift:DescribeClusters': listCall<Cluster>({
    where: 'region',
    async list(caller) {
      const { client, paginateDescribeClusters } = await redshift(caller);
      const clusters = await allOf(paginateDescribeClusters({ client }, {}), (page) => page.Clusters);
      return clusters.map((cluster) => ({
        id: arnOf(caller, 'redshift', `cluster:${cluster.ClusterIdentifier}`),
        name: cluster.ClusterIdentifier ?? '',
        ...taggedBy(cluster.Tags),
        encrypted: cluster.Encrypted ?? false,
        publiclyAccessible: cluster.PubliclyAccessible ?? false,
        port: cluster.Endpoint?.Port ?? null,
        groupIds: (cluster.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId),
        subnetGroup: cluster.ClusterSubnetGroupName ?? null,
        parameterGroup: cluster.ClusterParameterGroups?.[0]?.ParameterGroupName ?? null,
        snapshotDays: cluster.AutomatedSnapshotRetentionPeriod ?? 0,
        allowsUpgrades: cluster.AllowVersionUpgrade ?? false,
        routesInVpc: cluster.EnhancedVpcRouting ?? false,
        administrator: cluster.MasterUsername ?? '',
      }));
    },
  }),

  'redshift:DescribeClusterParameters': detailCall<Cluster, { requiresTls: boolean }>({
    of: 'redshift:DescribeClusters',
    wanted: ({ parameterGroup }) => parameterGroup !== null,
    get: (caller, { parameterGroup }) => parametersOf(caller, parameterGroup ?? ''),
  }),

  'redshift:DescribeLoggingStatus': detailCall<Cluster, { logs: boolean }>({
    of: 'redshift:DescribeClusters',
    async get(caller, { name }) {
      const { client, DescribeLoggingStatusCommand } = await redshift(caller);
      const { LoggingEnabled } = await client.send(
        new DescribeLoggingStatusCommand({ ClusterIdentifier: name }),
      );
      return { logs: LoggingEnabled ?? false };
    },
  }),

  /** Subnets, of those that ask to be reached from outside. */
  'redshift:DescribeClusterSubnetGroups': detailCall<Cluster, readonly string[]>({
    of: 'redshift:DescribeClusters',
    wanted: ({ publiclyAccessible, subnetGroup }) => publiclyAccessible && subnetGroup !== null,
    get: (caller, { subnetGroup }) => subnetsOf(caller, subnetGroup ?? ''),
  }),
};
