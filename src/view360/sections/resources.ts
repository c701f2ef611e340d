import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { DescribeTableCommand, DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import {
  EC2Client,
  paginateDescribeInstances,
  paginateDescribeSubnets,
  paginateDescribeVolumes,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import {
  ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import {
  GetEntitlementsCommand,
  MarketplaceEntitlementServiceClient,
} from '@aws-sdk/client-marketplace-entitlement-service';
import { paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { allOf } from '../../collect/call.ts';
import { granularityOf } from './cost.ts';
import { sumOf } from './money.ts';
import { collector } from './section.ts';
import type { Row, Scope, Section } from './section.ts';

/** What there is, service by service. */
export const serviceResources: Section = {
  name: 'service_resources',
  kind: 'snapshot',
  shape: 'list',
  parts: {
    '': collector({
      calls: [
        'ec2:DescribeInstances',
        'ec2:DescribeVolumes',
        'ec2:DescribeVpcs',
        'ec2:DescribeSubnets',
        'rds:DescribeDBInstances',
        'lambda:ListFunctions',
        'dynamodb:ListTables',
        'dynamodb:DescribeTable',
        'elastic-load-balancing-v2:DescribeLoadBalancers',
        's3:ListBuckets',
      ],
      where: 'region',
      async collect(scope) {
        const rows: Row[] = [];
        // One after the other: several at a time would only wait for the same limits.
        for (const read of [instances, volumes, networks, databases, functions, tables, balancers, buckets]) {
          rows.push(...(await read(scope)));
        }
        return rows;
      },
    }),
  },
};

export const resourceTags: Section = {
  name: 'resource_tags',
  kind: 'snapshot',
  shape: 'list',
  parts: {
    '': collector({
      calls: ['resource-groups-tagging-api:GetResources'],
      where: 'region',
      async collect({ clients, region }) {
        const client = clients.of(ResourceGroupsTaggingAPIClient, region);
        const found = await allOf(
          paginateGetResources({ client }, {}),
          (page) => page.ResourceTagMappingList,
        );
        return found.flatMap(({ ResourceARN, Tags = [] }) =>
          Tags.map(({ Key, Value }) => ({
            resource_arn: ResourceARN,
            tag_key: Key,
            tag_value: Value,
            region,
          })),
        );
      },
    }),
  },
};

/** What was bought in the marketplace, and what it costs. */
export const marketplace: Section = {
  name: 'marketplace',
  kind: 'period',
  shape: 'list',
  parts: {
    '': collector({
      calls: ['cost-explorer:GetCostAndUsage', 'marketplace-entitlement-service:GetEntitlements'],
      where: 'account',
      collect: marketplaceRows,
    }),
  },
};

async function marketplaceRows(scope: Scope): Promise<Row[]> {
  const { clients, region, period, accountId } = scope;
  const client = clients.of(CostExplorerClient, region);
  const { ResultsByTime = [] } = await client.send(
    new GetCostAndUsageCommand({
      TimePeriod: { Start: period.start, End: period.end },
      Granularity: granularityOf(scope.interval),
      Metrics: ['UnblendedCost'],
      Filter: {
        And: [
          { Dimensions: { Key: 'BILLING_ENTITY', Values: ['AWS Marketplace'] } },
          { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [accountId] } },
        ],
      },
      GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
    }),
  );
  const amounts = new Map<string, { amounts: string[]; currency: string | undefined }>();
  for (const { Groups = [] } of ResultsByTime) {
    for (const { Keys: [name = ''] = [], Metrics = {} } of Groups) {
      const known = amounts.get(name) ?? { amounts: [], currency: Metrics['UnblendedCost']?.Unit };
      known.amounts.push(Metrics['UnblendedCost']?.Amount ?? '0');
      amounts.set(name, known);
    }
  }
  const rows: Row[] = [];
  for (const [name, { amounts: parts, currency }] of amounts) {
    const entitlement = await entitlementOf(scope, name);
    rows.push({
      product_code: name,
      product_name: name,
      dimension: '',
      ...entitlement,
      cost_consumed: sumOf(parts),
      currency,
      period_start: period.start,
      period_end: period.end,
      status: 'ACTIVE',
    });
  }
  return rows;
}

/** Only who sells a product may see its entitlements; for others it costs, and that is all that is known. */
async function entitlementOf(scope: Scope, ProductCode: string): Promise<Row> {
  const client = scope.clients.of(MarketplaceEntitlementServiceClient, scope.region);
  try {
    const { Entitlements: [one] = [] } = await client.send(new GetEntitlementsCommand({ ProductCode }));
    if (one === undefined) return {};
    return {
      dimension: one.Dimension ?? '',
      customer_identifier: one.CustomerIdentifier,
      value: one.Value?.IntegerValue ?? one.Value?.StringValue,
      expiration_date: one.ExpirationDate,
    };
  } catch {
    return {};
  }
}

async function instances({ clients, region }: Scope): Promise<Row[]> {
  const client = clients.of(EC2Client, region);
  const found = await allOf(paginateDescribeInstances({ client }, {}), (page) => page.Reservations);
  return found
    .flatMap(({ Instances = [] }) => Instances)
    .map((one) => ({
      service_name: 'EC2',
      resource_type: 'Instance',
      resource_id: one.InstanceId,
      resource_name: one.Tags?.find(({ Key }) => Key === 'Name')?.Value,
      region,
      availability_zone: one.Placement?.AvailabilityZone,
      state: one.State?.Name,
      instance_type: one.InstanceType,
      vpc_id: one.VpcId,
      creation_date: one.LaunchTime,
      is_public: one.PublicIpAddress !== undefined,
    }));
}

async function volumes({ clients, region }: Scope): Promise<Row[]> {
  const client = clients.of(EC2Client, region);
  const found = await allOf(paginateDescribeVolumes({ client }, {}), (page) => page.Volumes);
  return found.map((one) => ({
    service_name: 'EC2',
    resource_type: 'Volume',
    resource_id: one.VolumeId,
    region,
    availability_zone: one.AvailabilityZone,
    state: one.State,
    size_gb: one.Size,
    volume_type: one.VolumeType,
    creation_date: one.CreateTime,
    is_encrypted: one.Encrypted,
  }));
}

async function networks({ clients, region }: Scope): Promise<Row[]> {
  const client = clients.of(EC2Client, region);
  const vpcs = await allOf(paginateDescribeVpcs({ client }, {}), (page) => page.Vpcs);
  const subnets = await allOf(paginateDescribeSubnets({ client }, {}), (page) => page.Subnets);
  return [
    ...vpcs.map((one) => ({
      service_name: 'VPC',
      resource_type: 'VPC',
      resource_id: one.VpcId,
      region,
      state: one.State,
      vpc_id: one.VpcId,
    })),
    ...subnets.map((one) => ({
      service_name: 'VPC',
      resource_type: 'Subnet',
      resource_id: one.SubnetId,
      region,
      availability_zone: one.AvailabilityZone,
      state: one.State,
      vpc_id: one.VpcId,
      available_ip_count: one.AvailableIpAddressCount,
      is_public: one.MapPublicIpOnLaunch,
    })),
  ];
}

async function databases({ clients, region }: Scope): Promise<Row[]> {
  const client = clients.of(RDSClient, region);
  const found = await allOf(paginateDescribeDBInstances({ client }, {}), (page) => page.DBInstances);
  return found.map((one) => ({
    service_name: 'RDS',
    resource_type: 'DBInstance',
    resource_id: one.DBInstanceArn,
    resource_name: one.DBInstanceIdentifier,
    region,
    availability_zone: one.AvailabilityZone,
    state: one.DBInstanceStatus,
    engine: one.Engine,
    instance_class: one.DBInstanceClass,
    multi_az: one.MultiAZ,
    size_gb: one.AllocatedStorage,
    creation_date: one.InstanceCreateTime,
    vpc_id: one.DBSubnetGroup?.VpcId,
    is_public: one.PubliclyAccessible,
    is_encrypted: one.StorageEncrypted,
  }));
}

async function functions({ clients, region }: Scope): Promise<Row[]> {
  const client = clients.of(LambdaClient, region);
  const found = await allOf(paginateListFunctions({ client }, {}), (page) => page.Functions);
  return found.map((one) => ({
    service_name: 'Lambda',
    resource_type: 'Function',
    resource_id: one.FunctionArn,
    resource_name: one.FunctionName,
    region,
    state: one.State,
    engine: one.Runtime,
    vpc_id: one.VpcConfig?.VpcId,
  }));
}

async function tables({ clients, region }: Scope): Promise<Row[]> {
  const client = clients.of(DynamoDBClient, region);
  const names = await allOf(paginateListTables({ client }, {}), (page) => page.TableNames);
  const rows: Row[] = [];
  for (const TableName of names) {
    const { Table: one } = await client.send(new DescribeTableCommand({ TableName }));
    rows.push({
      service_name: 'DynamoDB',
      resource_type: 'Table',
      resource_id: one?.TableArn,
      resource_name: TableName,
      region,
      state: one?.TableStatus,
      creation_date: one?.CreationDateTime,
    });
  }
  return rows;
}

async function balancers({ clients, region }: Scope): Promise<Row[]> {
  const client = clients.of(ElasticLoadBalancingV2Client, region);
  const found = await allOf(paginateDescribeLoadBalancers({ client }, {}), (page) => page.LoadBalancers);
  return found.map((one) => ({
    service_name: 'ELB',
    resource_type: 'LoadBalancer',
    resource_id: one.LoadBalancerArn,
    resource_name: one.LoadBalancerName,
    region,
    state: one.State?.Code,
    vpc_id: one.VpcId,
    type: one.Type,
    scheme: one.Scheme,
    creation_date: one.CreatedTime,
    is_public: one.Scheme === 'internet-facing',
  }));
}

/** Buckets are listed once, whatever the region. */
async function buckets({ clients, region, regions }: Scope): Promise<Row[]> {
  const all = await (region === regions[0]
    ? clients.of(S3Client, region).send(new ListBucketsCommand({}))
    : undefined);
  return (all?.Buckets ?? []).map((one) => ({
    service_name: 'S3',
    resource_type: 'Bucket',
    resource_id: one.Name,
    resource_name: one.Name,
    region: one.BucketRegion ?? region,
    creation_date: one.CreationDate,
  }));
}
