import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import { allOf, detailCall, globalArnOf, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
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

async function s3({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-s3');
  return { ...sdk, client: clients.of(sdk.S3Client, region) };
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

  's3:GetPublicAccessBlock': detailCall<Bucket, PublicAccessBlock>({
    of: 's3:ListBuckets',
    permissions: ['s3:GetBucketPublicAccessBlock'],
    async get(caller, { name }) {
      const { client, GetPublicAccessBlockCommand } = await s3(caller);
      return unlessNotConfigured(NO_BLOCK, async () =>
        blockOf(
          (await client.send(new GetPublicAccessBlockCommand({ Bucket: name })))
            .PublicAccessBlockConfiguration,
        ),
      );
    },
  }),

  's3:GetBucketAcl': detailCall<Bucket, readonly AclGrant[]>({
    of: 's3:ListBuckets',
    async get(caller, { name }) {
      const { client, GetBucketAclCommand } = await s3(caller);
      const { Grants = [] } = await client.send(new GetBucketAclCommand({ Bucket: name }));
      return Grants.map(({ Grantee, Permission = '' }) => ({
        grantee: Grantee?.URI ?? Grantee?.ID ?? '',
        permission: Permission,
      }));
    },
  }),

  's3:GetBucketPolicyStatus': detailCall<Bucket, { isPublic: boolean }>({
    of: 's3:ListBuckets',
    async get(caller, { name }) {
      const { client, GetBucketPolicyStatusCommand } = await s3(caller);
      return unlessNotConfigured(['NoSuchBucketPolicy'], async () => {
        const { PolicyStatus } = await client.send(new GetBucketPolicyStatusCommand({ Bucket: name }));
        return { isPublic: PolicyStatus?.IsPublic ?? false };
      });
    },
  }),

  's3:GetBucketPolicy': detailCall<Bucket, string>({
    of: 's3:ListBuckets',
    async get(caller, { name }) {
      const { client, GetBucketPolicyCommand } = await s3(caller);
      return unlessNotConfigured(['NoSuchBucketPolicy'], async () => {
        const { Policy = '' } = await client.send(new GetBucketPolicyCommand({ Bucket: name }));
        return Policy;
      });
    },
  }),

  's3:GetBucketEncryption': detailCall<Bucket, readonly string[]>({
    of: 's3:ListBuckets',
    permissions: ['s3:GetEncryptionConfiguration'],
    async get(caller, { name }) {
      const { client, GetBucketEncryptionCommand } = await s3(caller);
      return unlessNotConfigured(['ServerSideEncryptionConfigurationNotFoundError'], async () => {
        const answer = await client.send(new GetBucketEncryptionCommand({ Bucket: name }));
        return (answer.ServerSideEncryptionConfiguration?.Rules ?? []).map(
          (rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? 'AES256',
        );
      });
    },
  }),

  's3-control:GetPublicAccessBlock': listCall<AccountPublicAccessBlock>({
    where: 'global',
    permissions: ['s3:GetAccountPublicAccessBlock'],
    async list(caller) {
      const { S3ControlClient, GetPublicAccessBlockCommand } = await import('@aws-sdk/client-s3-control');
      const client = caller.clients.of(S3ControlClient, caller.region);
      const block = await unlessNotConfigured(NO_BLOCK, async () => {
        const answer = await client.send(new GetPublicAccessBlockCommand({ AccountId: caller.accountId }));
        return answer.PublicAccessBlockConfiguration;
      });
      return [{ id: globalArnOf(caller, 's3', 'public-access-block'), ...blockOf(block ?? {}) }];
    },
  }),
};

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
