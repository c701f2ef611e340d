import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import {
  allOf,
  arnOf,
  detailCall,
  globalArnOf,
  listCall,
  unlessNotConfigured,
} from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Bucket {
  id: string;
  name: string;
  region: string;
}

/** The four settings of a block of public access; all false where there is none. */
export interface PublicAccessBlock {
  blockPublicAcls: boolean;
  ignorePublicAcls: boolean;
  blockPublicPolicy: boolean;
  restrictPublicBuckets: boolean;
}

export interface AccountPublicAccessBlock extends PublicAccessBlock {
  id: string;
}

export interface AclGrant {
  /** Of a group its URI, of anybody else the canonical id. */
  grantee: string;
  permission: string;
}

export interface Versioning {
  /** `Enabled` or `Suspended`; null where it never was on. */
  status: string | null;
  mfaDelete: boolean;
}

export interface ReplicationRule {
  enabled: boolean;
  /** ARN of the destination. */
  bucket: string;
}

export interface Website {
  index: string | null;
  redirectsTo: string | null;
}

export interface AccessPoint {
  id: string;
  name: string;
  bucket: string;
}

export interface MultiRegionAccessPoint {
  id: string;
  name: string;
  block: PublicAccessBlock;
}

async function s3({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-s3');
  return { ...sdk, client: clients.of(sdk.S3Client, region) };
}

async function s3Control({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-s3-control');
  return { ...sdk, client: clients.of(sdk.S3ControlClient, region) };
}

/** A block that is not there. */
const NO_BLOCK = ['NoSuchPublicAccessBlockConfiguration'];

export const s3Calls = {
  's3:ListBuckets': listCall<Bucket>({
    where: 'global',
    sends: ['s3:ListBuckets', 's3:GetBucketLocation'],
    permissions: ['s3:ListAllMyBuckets', 's3:GetBucketLocation'],
    async list(caller) {
      const { client, paginateListBuckets } = await s3(caller);
      // Pages, also a single one, say where each bucket is.
      const buckets = await allOf(
        paginateListBuckets({ client }, { MaxBuckets: 1000 }),
        (page) => page.Buckets,
      );
      const found: Bucket[] = [];
      for (const { Name: name = '', BucketRegion } of buckets) {
        const region = BucketRegion ?? (await locationOf(name, caller));
        found.push({ id: `arn:${caller.partition}:s3:::${name}`, name, region });
      }
      return found;
    },
  }),

  's3:GetPublicAccessBlock': ofBucket<PublicAccessBlock>({
    permissions: ['s3:GetBucketPublicAccessBlock'],
    notConfigured: NO_BLOCK,
    async ask({ client, GetPublicAccessBlockCommand }, bucket) {
      const answer = await client.send(new GetPublicAccessBlockCommand(bucket));
      return blockOf(answer.PublicAccessBlockConfiguration);
    },
  }),

  's3:GetBucketAcl': ofBucket<readonly AclGrant[]>({
    async ask({ client, GetBucketAclCommand }, bucket) {
      const { Grants = [] } = await client.send(new GetBucketAclCommand(bucket));
      return Grants.map(({ Grantee, Permission = '' }) => ({
        grantee: Grantee?.URI ?? Grantee?.ID ?? '',
        permission: Permission,
      }));
    },
  }),

  's3:GetBucketPolicyStatus': ofBucket<{ isPublic: boolean }>({
    notConfigured: ['NoSuchBucketPolicy'],
    async ask({ client, GetBucketPolicyStatusCommand }, bucket) {
      const { PolicyStatus } = await client.send(new GetBucketPolicyStatusCommand(bucket));
      return { isPublic: PolicyStatus?.IsPublic ?? false };
    },
  }),

  's3:GetBucketPolicy': ofBucket<string>({
    notConfigured: ['NoSuchBucketPolicy'],
    async ask({ client, GetBucketPolicyCommand }, bucket) {
      const { Policy = '' } = await client.send(new GetBucketPolicyCommand(bucket));
      return Policy;
    },
  }),

  's3:GetBucketEncryption': ofBucket<readonly string[]>({
    permissions: ['s3:GetEncryptionConfiguration'],
    notConfigured: ['ServerSideEncryptionConfigurationNotFoundError'],
    async ask({ client, GetBucketEncryptionCommand }, bucket) {
      const answer = await client.send(new GetBucketEncryptionCommand(bucket));
      return (answer.ServerSideEncryptionConfiguration?.Rules ?? []).map(
        (rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? 'AES256',
      );
    },
  }),

  's3:GetBucketOwnershipControls': ofBucket<string>({
    notConfigured: ['OwnershipControlsNotFoundError'],
    async ask({ client, GetBucketOwnershipControlsCommand }, bucket) {
      const answer = await client.send(new GetBucketOwnershipControlsCommand(bucket));
      return answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? '';
    },
  }),

  's3:GetBucketVersioning': ofBucket<Versioning>({
    async ask({ client, GetBucketVersioningCommand }, bucket) {
      const { Status, MFADelete } = await client.send(new GetBucketVersioningCommand(bucket));
      return { status: Status ?? null, mfaDelete: MFADelete === 'Enabled' };
    },
  }),

  's3:GetBucketLogging': ofBucket<{ target: string | null }>({
    async ask({ client, GetBucketLoggingCommand }, bucket) {
      const { LoggingEnabled } = await client.send(new GetBucketLoggingCommand(bucket));
      return { target: LoggingEnabled?.TargetBucket ?? null };
    },
  }),

  's3:GetBucketLifecycleConfiguration': ofBucket<{ enabledRules: number }>({
    permissions: ['s3:GetLifecycleConfiguration'],
    notConfigured: ['NoSuchLifecycleConfiguration'],
    async ask({ client, GetBucketLifecycleConfigurationCommand }, bucket) {
      const { Rules = [] } = await client.send(new GetBucketLifecycleConfigurationCommand(bucket));
      return { enabledRules: Rules.filter(({ Status }) => Status === 'Enabled').length };
    },
  }),

  's3:GetObjectLockConfiguration': ofBucket<{ enabled: boolean }>({
    permissions: ['s3:GetBucketObjectLockConfiguration'],
    notConfigured: ['ObjectLockConfigurationNotFoundError'],
    async ask({ client, GetObjectLockConfigurationCommand }, bucket) {
      const answer = await client.send(new GetObjectLockConfigurationCommand(bucket));
      return { enabled: answer.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled' };
    },
  }),

  's3:GetBucketNotificationConfiguration': ofBucket<readonly string[]>({
    permissions: ['s3:GetBucketNotification'],
    async ask({ client, GetBucketNotificationConfigurationCommand }, bucket) {
      const to = await client.send(new GetBucketNotificationConfigurationCommand(bucket));
      return [
        ...(to.TopicConfigurations ?? []).map(({ TopicArn = '' }) => TopicArn),
        ...(to.QueueConfigurations ?? []).map(({ QueueArn = '' }) => QueueArn),
        ...(to.LambdaFunctionConfigurations ?? []).map(({ LambdaFunctionArn = '' }) => LambdaFunctionArn),
        ...(to.EventBridgeConfiguration === undefined ? [] : ['EventBridge']),
      ];
    },
  }),

  's3:GetBucketReplication': ofBucket<readonly ReplicationRule[]>({
    permissions: ['s3:GetReplicationConfiguration'],
    notConfigured: ['ReplicationConfigurationNotFoundError'],
    async ask({ client, GetBucketReplicationCommand }, bucket) {
      const answer = await client.send(new GetBucketReplicationCommand(bucket));
      return (answer.ReplicationConfiguration?.Rules ?? []).map(({ Status, Destination }) => ({
        enabled: Status === 'Enabled',
        bucket: Destination?.Bucket ?? '',
      }));
    },
  }),

  's3:GetBucketWebsite': ofBucket<Website>({
    notConfigured: ['NoSuchWebsiteConfiguration'],
    async ask({ client, GetBucketWebsiteCommand }, bucket) {
      const { IndexDocument, RedirectAllRequestsTo } = await client.send(new GetBucketWebsiteCommand(bucket));
      return { index: IndexDocument?.Suffix ?? null, redirectsTo: RedirectAllRequestsTo?.HostName ?? null };
    },
  }),

  's3-control:GetPublicAccessBlock': listCall<AccountPublicAccessBlock>({
    where: 'global',
    permissions: ['s3:GetAccountPublicAccessBlock'],
    async list(caller) {
      const { client, GetPublicAccessBlockCommand } = await s3Control(caller);
      const block = await unlessNotConfigured(NO_BLOCK, async () => {
        const answer = await client.send(new GetPublicAccessBlockCommand({ AccountId: caller.accountId }));
        return answer.PublicAccessBlockConfiguration;
      });
      return [{ id: globalArnOf(caller, 's3', 'public-access-block'), ...blockOf(block ?? {}) }];
    },
  }),

  's3-control:ListAccessPoints': listCall<AccessPoint>({
    where: 'region',
    permissions: ['s3:ListAccessPoints'],
    async list(caller) {
      const { client, paginateListAccessPoints } = await s3Control(caller);
      const pages = paginateListAccessPoints({ client }, { AccountId: caller.accountId });
      const points = await allOf(pages, (page) => page.AccessPointList);
      return points
        .map(({ AccessPointArn, Name = '', Bucket = '' }) => ({
          id: AccessPointArn ?? arnOf(caller, 's3', `accesspoint/${Name}`),
          name: Name,
          bucket: Bucket,
        }))
        .filter(({ id }) => isListedHere(id, caller));
    },
  }),

  's3-control:GetAccessPoint': detailCall<AccessPoint, PublicAccessBlock>({
    of: 's3-control:ListAccessPoints',
    permissions: ['s3:GetAccessPoint'],
    async get(caller, { name }) {
      const { client, GetAccessPointCommand } = await s3Control(caller);
      const answer = await client.send(
        new GetAccessPointCommand({ AccountId: caller.accountId, Name: name }),
      );
      return blockOf(answer.PublicAccessBlockConfiguration);
    },
  }),

  's3-control:ListMultiRegionAccessPoints': listCall<MultiRegionAccessPoint>({
    where: 'global',
    permissions: ['s3:ListMultiRegionAccessPoints'],
    async list(caller) {
      // AWS has them in this partition only, and answers for all of them in this region only.
      if (caller.partition !== 'aws') return [];
      const { client, paginateListMultiRegionAccessPoints } = await s3Control({
        ...caller,
        region: 'us-west-2',
      });
      const pages = paginateListMultiRegionAccessPoints({ client }, { AccountId: caller.accountId });
      const points = await allOf(pages, (page) => page.AccessPoints);
      return points.map(({ Alias, Name = '', PublicAccessBlock: block }) => ({
        id: globalArnOf(caller, 's3', `accesspoint/${Alias ?? Name}`),
        name: Name,
        block: blockOf(block),
      }));
    },
  }),
};

/** What is asked about a bucket, where it is. */
function ofBucket<Answer>({
  permissions,
  notConfigured = [],
  ask,
}: {
  permissions?: readonly string[];
  /** Codes by which S3 says that there is no such thing. */
  notConfigured?: readonly string[];
  ask(sdk: Awaited<ReturnType<typeof s3>>, bucket: { Bucket: string }): Promise<Answer>;
}) {
  return detailCall<Bucket, Answer>({
    of: 's3:ListBuckets',
    ...(permissions === undefined ? {} : { permissions }),
    get: (caller, { name }) =>
      unlessNotConfigured(notConfigured, async () => ask(await s3(caller), { Bucket: name })),
  });
}

/** Servers that are not AWS's list everything in each region: it is kept once, where its ARN says, or in the first region. */
function isListedHere(arn: string, { region, regions }: Caller): boolean {
  const home = arn.split(':')[3] ?? region;
  return region === (regions.includes(home) ? home : regions[0]);
}

/** For servers that do not say it in their lists. A bucket in the first region has no constraint. */
async function locationOf(name: string, caller: Caller): Promise<string> {
  const { client, GetBucketLocationCommand } = await s3(caller);
  const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: name }));
  return LocationConstraint === 'EU' ? 'eu-west-1' : (LocationConstraint ?? caller.region);
}

function blockOf(block: PublicAccessBlockConfiguration = {}): PublicAccessBlock {
  return {
    blockPublicAcls: block.BlockPublicAcls ?? false,
    ignorePublicAcls: block.IgnorePublicAcls ?? false,
    blockPublicPolicy: block.BlockPublicPolicy ?? false,
    restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
  };
}
