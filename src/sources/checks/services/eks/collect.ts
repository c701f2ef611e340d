import { allOf, arnOf, detailCall, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface ListedCluster {
  id: string;
  name: string;
}

export interface Cluster {
  version: string;
  endpointIsPublic: boolean;
  endpointIsPrivate: boolean;
  /** From where the public endpoint answers. */
  publicRanges: readonly string[];
  encryptsSecrets: boolean;
  /** Logs that are on. */
  logs: readonly string[];
  /** The cluster's own group, and further ones. */
  groupIds: readonly string[];
  /** Null where the answer does not say. */
  deletionProtection: boolean | null;
}

async function eks({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-eks');
  return { ...sdk, client: clients.of(sdk.EKSClient, region) };
}

export const eksCalls = {
  'eks:ListClusters': listCall<ListedCluster>({
    where: 'region',
    async list(caller) {
      const { client, paginateListClusters } = await eks(caller);
      const names = await allOf(paginateListClusters({ client }, {}), (page) => page.clusters);
      return names.map((name) => ({ id: arnOf(caller, 'eks', `cluster/${name}`), name }));
    },
  }),

  'eks:DescribeCluster': detailCall<ListedCluster, Cluster>({
    of: 'eks:ListClusters',
    async get(caller, { name }) {
      const { client, DescribeClusterCommand } = await eks(caller);
      const { cluster = {} } = await client.send(new DescribeClusterCommand({ name }));
      const network = cluster.resourcesVpcConfig ?? {};
      const isPublic = network.endpointPublicAccess ?? true;
      return {
        version: cluster.version ?? '',
        endpointIsPublic: isPublic,
        endpointIsPrivate: network.endpointPrivateAccess ?? false,
        publicRanges: network.publicAccessCidrs ?? (isPublic ? ['0.0.0.0/0'] : []),
        encryptsSecrets: (cluster.encryptionConfig ?? []).some(({ resources = [] }) =>
          resources.includes('secrets'),
        ),
        logs: (cluster.logging?.clusterLogging ?? []).flatMap(({ enabled, types = [] }) =>
          enabled === true ? types : [],
        ),
        groupIds: [network.clusterSecurityGroupId ?? '', ...(network.securityGroupIds ?? [])].filter(
          (id) => id !== '',
        ),
        deletionProtection: cluster.deletionProtection ?? null,
      };
    },
  }),
};
