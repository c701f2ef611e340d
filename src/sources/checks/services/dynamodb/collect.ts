import {
  allOf,
  allPages,
  arnOf,
  detailCall,
  listCall,
  unlessNotConfigured,
} from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface DynamoTable {
  id: string;
  name: string;
}

export interface DynamoTableDescription {
  /** `KMS`; null where AWS encrypts with a key of its own. */
  encryption: string | null;
  deletionProtected: boolean;
  provisioned: boolean;
}

export interface ScalableTarget {
  id: string;
  /** `table/orders`. */
  resourceId: string;
  /** `dynamodb:table:ReadCapacityUnits`. */
  dimension: string;
}

export interface DaxCluster {
  id: string;
  name: string;
  encrypted: boolean;
  endpointEncryption: string;
}

async function dynamodb({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-dynamodb');
  return { ...sdk, client: clients.of(sdk.DynamoDBClient, region) };
}

export const dynamodbCalls = {
  'dynamodb:ListTables': listCall<DynamoTable>({
    where: 'region',
    async list(caller) {
      const { client, paginateListTables } = await dynamodb(caller);
      const names = await allOf(paginateListTables({ client }, {}), (page) => page.TableNames);
      return names.map((name) => ({ id: arnOf(caller, 'dynamodb', `table/${name}`), name }));
    },
  }),

  'dynamodb:DescribeTable': detailCall<DynamoTable, DynamoTableDescription>({
    of: 'dynamodb:ListTables',
    async get(caller, { name }) {
      const { client, DescribeTableCommand } = await dynamodb(caller);
      const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
      return {
        encryption: Table?.SSEDescription?.SSEType ?? null,
        deletionProtected: Table?.DeletionProtectionEnabled ?? false,
        // AWS says nothing of tables that have always had fixed capacity.
        provisioned: (Table?.BillingModeSummary?.BillingMode ?? 'PROVISIONED') === 'PROVISIONED',
      };
    },
  }),

  'dynamodb:DescribeContinuousBackups': detailCall<DynamoTable, { pointInTimeRecovery: string }>({
    of: 'dynamodb:ListTables',
    async get(caller, { name }) {
      const { client, DescribeContinuousBackupsCommand } = await dynamodb(caller);
      const answer = await client.send(new DescribeContinuousBackupsCommand({ TableName: name }));
      const recovery = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
      return { pointInTimeRecovery: recovery?.PointInTimeRecoveryStatus ?? 'DISABLED' };
    },
  }),

  'dynamodb:GetResourcePolicy': detailCall<DynamoTable, string>({
    of: 'dynamodb:ListTables',
    async get(caller, { id }) {
      const { client, GetResourcePolicyCommand } = await dynamodb(caller);
      return unlessNotConfigured(['PolicyNotFoundException'], async () => {
        const { Policy = '' } = await client.send(new GetResourcePolicyCommand({ ResourceArn: id }));
        return Policy;
      });
    },
  }),

  'application-auto-scaling:DescribeScalableTargets': listCall<ScalableTarget>({
    where: 'region',
    permissions: ['application-autoscaling:DescribeScalableTargets'],
    async list(caller) {
      const sdk = await import('@aws-sdk/client-application-auto-scaling');
      const client = caller.clients.of(sdk.ApplicationAutoScalingClient, caller.region);
      const pages = sdk.paginateDescribeScalableTargets({ client }, { ServiceNamespace: 'dynamodb' });
      const targets = await allOf(pages, (page) => page.ScalableTargets);
      return targets.map(({ ResourceId = '', ScalableDimension = '' as string }) => ({
        id: arnOf(caller, 'application-autoscaling', `scalable-target/${ResourceId}/${ScalableDimension}`),
        resourceId: ResourceId,
        dimension: ScalableDimension,
      }));
    },
  }),

  'dax:DescribeClusters': listCall<DaxCluster>({
    where: 'region',
    async list(caller) {
      const { DAXClient, DescribeClustersCommand } = await import('@aws-sdk/client-dax');
      const client = caller.clients.of(DAXClient, caller.region);
      const clusters = await allPages(async (NextToken) => {
        const page = await client.send(new DescribeClustersCommand({ NextToken }));
        return { items: page.Clusters, next: page.NextToken };
      });
      return clusters.map((cluster) => ({
        id: cluster.ClusterArn ?? '',
        name: cluster.ClusterName ?? '',
        encrypted: cluster.SSEDescription?.Status === 'ENABLED',
        endpointEncryption: cluster.ClusterEndpointEncryptionType ?? 'NONE',
      }));
    },
  }),
};
