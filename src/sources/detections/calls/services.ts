import { arnOf, listCall } from '../../../collect/call.ts';
import type { Caller, CollectedItem, ListCall } from '../../../collect/call.ts';

/** Something that shows that a service is in use. */
export type Sign = CollectedItem;

/** Whether there is anything: one page is enough. */
function presence(service: string, isThere: (caller: Caller) => Promise<boolean>): ListCall {
  return listCall({
    where: 'region',
    async list(caller) {
      return (await isThere(caller)) ? [{ id: arnOf(caller, service, 'in-use') }] : [];
    },
  });
}

async function ec2({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-ec2');
  return { ...sdk, client: clients.of(sdk.EC2Client, region) };
}

/** Calls that show which services have resources; services whose own calls are made anyway are not among them. */
export const servicesCalls = {
  's3:ListBuckets': listCall<Sign>({
    where: 'global',
    permissions: ['s3:ListAllMyBuckets', 's3:GetBucketLocation'],
    sends: ['s3:ListBuckets', 's3:GetBucketLocation'],
    async list({ clients, region, partition }) {
      const { GetBucketLocationCommand, paginateListBuckets, S3Client } = await import('@aws-sdk/client-s3');
      const client = clients.of(S3Client, region);
      const all: Sign[] = [];
      for await (const { Buckets = [] } of paginateListBuckets({ client, pageSize: 1000 }, {})) {
        for (const { Name = '', BucketRegion } of Buckets) {
          const there =
            BucketRegion ??
            (await client.send(new GetBucketLocationCommand({ Bucket: Name }))).LocationConstraint ??
            'us-east-1';
          // One bucket of a region tells as much as all of them.
          if (!all.some((one) => one.region === there))
            all.push({ id: `arn:${partition}:s3:::${Name}`, region: there });
        }
      }
      return all;
    },
  }),

  'ec2:DescribeVolumes': presence('ec2', async (caller) => {
    const { client, DescribeVolumesCommand } = await ec2(caller);
    return ((await client.send(new DescribeVolumesCommand({ MaxResults: 5 }))).Volumes ?? []).length > 0;
  }),
  'ec2:DescribeInstances': presence('ec2', async (caller) => {
    const { client, DescribeInstancesCommand } = await ec2(caller);
    return (
      ((await client.send(new DescribeInstancesCommand({ MaxResults: 5 }))).Reservations ?? []).length > 0
    );
  }),
  'ec2:DescribeVpcs': presence('ec2', async (caller) => {
    const { client, DescribeVpcsCommand } = await ec2(caller);
    return ((await client.send(new DescribeVpcsCommand({}))).Vpcs ?? []).some(
      ({ IsDefault }) => IsDefault !== true,
    );
  }),
  'efs:DescribeFileSystems': {
    ...presence('elasticfilesystem', async ({ clients, region }) => {
      const { DescribeFileSystemsCommand, EFSClient } = await import('@aws-sdk/client-efs');
      const answer = await clients
        .of(EFSClient, region)
        .send(new DescribeFileSystemsCommand({ MaxItems: 1 }));
      return (answer.FileSystems ?? []).length > 0;
    }),
    permissions: ['elasticfilesystem:DescribeFileSystems'],
  },
  'rds:DescribeDBInstances': presence('rds', async ({ clients, region }) => {
    const { DescribeDBInstancesCommand, RDSClient } = await import('@aws-sdk/client-rds');
    const answer = await clients
      .of(RDSClient, region)
      .send(new DescribeDBInstancesCommand({ MaxRecords: 20 }));
    return (answer.DBInstances ?? []).length > 0;
  }),
  'rds:DescribeDBClusters': presence('rds', async ({ clients, region }) => {
    const { DescribeDBClustersCommand, RDSClient } = await import('@aws-sdk/client-rds');
    const answer = await clients
      .of(RDSClient, region)
      .send(new DescribeDBClustersCommand({ MaxRecords: 20 }));
    return (answer.DBClusters ?? []).length > 0;
  }),
  'dynamodb:ListTables': presence('dynamodb', async ({ clients, region }) => {
    const { DynamoDBClient, ListTablesCommand } = await import('@aws-sdk/client-dynamodb');
    return (
      ((await clients.of(DynamoDBClient, region).send(new ListTablesCommand({ Limit: 1 }))).TableNames ?? [])
        .length > 0
    );
  }),
  'redshift:DescribeClusters': presence('redshift', async ({ clients, region }) => {
    const { DescribeClustersCommand, RedshiftClient } = await import('@aws-sdk/client-redshift');
    const answer = await clients
      .of(RedshiftClient, region)
      .send(new DescribeClustersCommand({ MaxRecords: 20 }));
    return (answer.Clusters ?? []).length > 0;
  }),
  'elasticache:DescribeCacheClusters': presence('elasticache', async ({ clients, region }) => {
    const { DescribeCacheClustersCommand, ElastiCacheClient } = await import('@aws-sdk/client-elasticache');
    const answer = await clients
      .of(ElastiCacheClient, region)
      .send(new DescribeCacheClustersCommand({ MaxRecords: 20 }));
    return (answer.CacheClusters ?? []).length > 0;
  }),
  'secrets-manager:ListSecrets': {
    ...presence('secretsmanager', async ({ clients, region }) => {
      const { ListSecretsCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
      const answer = await clients
        .of(SecretsManagerClient, region)
        .send(new ListSecretsCommand({ MaxResults: 1 }));
      return (answer.SecretList ?? []).length > 0;
    }),
    permissions: ['secretsmanager:ListSecrets'],
  },
  'ecr:DescribeRepositories': presence('ecr', async ({ clients, region }) => {
    const { DescribeRepositoriesCommand, ECRClient } = await import('@aws-sdk/client-ecr');
    const answer = await clients
      .of(ECRClient, region)
      .send(new DescribeRepositoriesCommand({ maxResults: 1 }));
    return (answer.repositories ?? []).length > 0;
  }),
  'kms:ListKeys': presence('kms', async ({ clients, region }) => {
    const { KMSClient, ListKeysCommand } = await import('@aws-sdk/client-kms');
    return (
      ((await clients.of(KMSClient, region).send(new ListKeysCommand({ Limit: 1 }))).Keys ?? []).length > 0
    );
  }),
  'ecs:ListClusters': presence('ecs', async ({ clients, region }) => {
    const { ECSClient, ListClustersCommand } = await import('@aws-sdk/client-ecs');
    return (
      (
        (await clients.of(ECSClient, region).send(new ListClustersCommand({ maxResults: 1 }))).clusterArns ??
        []
      ).length > 0
    );
  }),
  'eks:ListClusters': presence('eks', async ({ clients, region }) => {
    const { EKSClient, ListClustersCommand } = await import('@aws-sdk/client-eks');
    return (
      ((await clients.of(EKSClient, region).send(new ListClustersCommand({ maxResults: 1 }))).clusters ?? [])
        .length > 0
    );
  }),
  'ssm:DescribeParameters': presence('ssm', async ({ clients, region }) => {
    const { DescribeParametersCommand, SSMClient } = await import('@aws-sdk/client-ssm');
    return (
      (
        (await clients.of(SSMClient, region).send(new DescribeParametersCommand({ MaxResults: 1 })))
          .Parameters ?? []
      ).length > 0
    );
  }),
  'sfn:ListStateMachines': {
    ...presence('states', async ({ clients, region }) => {
      const { ListStateMachinesCommand, SFNClient } = await import('@aws-sdk/client-sfn');
      return (
        (
          (await clients.of(SFNClient, region).send(new ListStateMachinesCommand({ maxResults: 1 })))
            .stateMachines ?? []
        ).length > 0
      );
    }),
    permissions: ['states:ListStateMachines'],
  },
};

/** The service that each call shows to be in use. */
export const SERVICE_SHOWN_BY: Readonly<Record<string, string>> = {
  's3:ListBuckets': 'S3',
  'ec2:DescribeVolumes': 'EBS',
  'ec2:DescribeInstances': 'EC2',
  'ec2:DescribeVpcs': 'VPC',
  'efs:DescribeFileSystems': 'EFS',
  'rds:DescribeDBInstances': 'RDS',
  'rds:DescribeDBClusters': 'RDS',
  'dynamodb:ListTables': 'DynamoDB',
  'redshift:DescribeClusters': 'Redshift',
  'elasticache:DescribeCacheClusters': 'ElastiCache',
  'secrets-manager:ListSecrets': 'SecretsManager',
  'cloudwatch-logs:DescribeLogGroups': 'CloudWatchLogs',
  'ecr:DescribeRepositories': 'ECR',
  'kms:ListKeys': 'KMS',
  'ecs:ListClusters': 'ECS',
  'eks:ListClusters': 'EKS',
  'ssm:DescribeParameters': 'SSM',
  'sfn:ListStateMachines': 'StepFunctions',
  'lambda:ListFunctions': 'Lambda',
  'sns:ListTopics': 'SNS',
  'sqs:ListQueues': 'SQS',
  'cloudtrail:DescribeTrails': 'CloudTrail',
  'config-service:DescribeConfigurationRecorders': 'Config',
  'guardduty:ListDetectors': 'GuardDuty',
  'securityhub:DescribeHub': 'SecurityHub',
  'macie2:GetMacieSession': 'Macie',
  'accessanalyzer:ListAnalyzers': 'AccessAnalyzer',
  'eventbridge:ListRules': 'EventBridge',
  'cloudwatch:DescribeAlarms': 'CloudWatch',
};
