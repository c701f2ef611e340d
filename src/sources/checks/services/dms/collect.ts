import { allOf, listCall } from '../../../../collect/call.ts';

export interface ReplicationInstance {
  id: string;
  name: string;
  publiclyAccessible: boolean;
  groupIds: readonly string[];
}

export const dmsCalls = {
  'database-migration-service:DescribeReplicationInstances': listCall<ReplicationInstance>({
    where: 'region',
    permissions: ['dms:DescribeReplicationInstances'],
    async list({ clients, region }) {
      const sdk = await import('@aws-sdk/client-database-migration-service');
      const client = clients.of(sdk.DatabaseMigrationServiceClient, region);
      const pages = sdk.paginateDescribeReplicationInstances({ client }, {});
      const instances = await allOf(pages, (page) => page.ReplicationInstances);
      return instances.map((one) => ({
        id: one.ReplicationInstanceArn ?? '',
        name: one.ReplicationInstanceIdentifier ?? '',
        publiclyAccessible: one.PubliclyAccessible ?? false,
        groupIds: (one.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId = '' }) => VpcSecurityGroupId),
      }));
    },
  }),
};
