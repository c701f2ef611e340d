import type {
  CacheBehavior,
  DefaultCacheBehavior,
  DistributionSummary,
  Origin,
} from '@aws-sdk/client-cloudfront';
import type { S3Client } from '@aws-sdk/client-s3';
import type { AwsError } from '../../../../aws/failures.ts';
import { allOf, detailCall, globalArnOf, listCall } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

export interface Behaviour {
  /** `*` for the default one. */
  path: string;
  /** `allow-all` where plain HTTP is answered. */
  viewerProtocol: string;
  /** Of the origins that it may ask, those of a group too. */
  originIds: readonly string[];
}

export interface DistributionOrigin {
  originId: string;
  domain: string;
  /** A website endpoint of S3 is `custom` to CloudFront. */
  kind: 's3' | 'custom' | 'vpc';
  /** Of a bucket's domain, whatever its kind. */
  bucket: string | null;
  /** Of a custom one: `http-only`, `https-only` or `match-viewer`. */
  protocol: string | null;
  tlsVersions: readonly string[];
  accessControl: string | null;
  /** The older way. */
  accessIdentity: string | null;
}

export interface Distribution {
  id: string;
  distributionId: string;
  name: string;
  behaviours: readonly Behaviour[];
  origins: readonly DistributionOrigin[];
  ownCertificate: boolean;
  minimumTls: string | null;
  sslSupport: string | null;
  webAclId: string | null;
  geoRestriction: string;
  realTimeLogs: boolean;
}

export interface DistributionConfig {
  logsEnabled: boolean;
  defaultRootObject: string | null;
}

/** Something whose logs CloudWatch Logs delivers. */
export interface DeliverySource {
  id: string;
  logType: string;
  resourceArns: readonly string[];
}

/** What S3 says of a bucket's name. */
export type BucketState = 'there' | 'elsewhere' | 'missing';

async function cloudfront({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-cloudfront');
  return { ...sdk, client: clients.of(sdk.CloudFrontClient, region) };
}

export const cloudfrontCalls = {
  'cloudfront:ListDistributions': listCall<Distribution>({
    where: 'global',
    async list(caller) {
      const { client, paginateListDistributions } = await cloudfront(caller);
      const pages = paginateListDistributions({ client }, {});
      return (await allOf(pages, (page) => page.DistributionList?.Items)).map(distributionOf);
    },
  }),

  'cloudfront:GetDistributionConfig': detailCall<Distribution, DistributionConfig>({
    of: 'cloudfront:ListDistributions',
    async get(caller, { distributionId }) {
      const { client, GetDistributionConfigCommand } = await cloudfront(caller);
      const answer = await client.send(new GetDistributionConfigCommand({ Id: distributionId }));
      return {
        logsEnabled: answer.DistributionConfig?.Logging?.Enabled ?? false,
        defaultRootObject: answer.DistributionConfig?.DefaultRootObject || null,
      };
    },
  }),

  's3:HeadBucket': detailCall<Distribution, Readonly<Record<string, BucketState>>>({
    of: 'cloudfront:ListDistributions',
    permissions: ['s3:ListBucket'],
    wanted: ({ origins }) => origins.some(({ bucket }) => bucket !== null),
    async get(caller, { origins }) {
      const { S3Client: Client } = await import('@aws-sdk/client-s3');
      const client = caller.clients.of(Client, caller.region);
      const states: Record<string, BucketState> = {};
      for (const { bucket } of origins) {
        if (bucket !== null) states[bucket] ??= await bucketState(client, bucket);
      }
      return states;
    },
  }),

  'cloudwatch-logs:DescribeDeliverySources': listCall<DeliverySource>({
    // Those of CloudFront are where services without regions are.
    where: 'global',
    permissions: ['logs:DescribeDeliverySources'],
    async list(caller) {
      const sdk = await import('@aws-sdk/client-cloudwatch-logs');
      const client = caller.clients.of(sdk.CloudWatchLogsClient, caller.region);
      const sources = await allOf(
        sdk.paginateDescribeDeliverySources({ client }, {}),
        (page) => page.deliverySources,
      );
      return sources.map(({ arn, name = '', logType = '', resourceArns = [] }) => ({
        id: arn ?? globalArnOf(caller, 'logs', `delivery-source:${name}`),
        logType,
        resourceArns,
      }));
    },
  }),
};

function distributionOf(summary: DistributionSummary): Distribution {
  const { ViewerCertificate: certificate, DefaultCacheBehavior: byDefault } = summary;
  const groups = new Map(
    (summary.OriginGroups?.Items ?? []).map(({ Id = '', Members }) => [
      Id,
      (Members?.Items ?? []).map(({ OriginId = '' }) => OriginId),
    ]),
  );
  const behaviourOf = (path: string, behaviour: DefaultCacheBehavior | CacheBehavior): Behaviour => ({
    path,
    viewerProtocol: behaviour.ViewerProtocolPolicy ?? '',
    originIds: groups.get(behaviour.TargetOriginId ?? '') ?? [behaviour.TargetOriginId ?? ''],
  });
  return {
    id: summary.ARN ?? '',
    distributionId: summary.Id ?? '',
    name: summary.Aliases?.Items?.[0] ?? summary.DomainName ?? '',
    behaviours: [
      ...(byDefault === undefined ? [] : [behaviourOf('*', byDefault)]),
      ...(summary.CacheBehaviors?.Items ?? []).map((one) => behaviourOf(one.PathPattern ?? '', one)),
    ],
    origins: (summary.Origins?.Items ?? []).map(originOf),
    ownCertificate: certificate !== undefined && certificate.CloudFrontDefaultCertificate !== true,
    minimumTls: certificate?.MinimumProtocolVersion ?? null,
    sslSupport: certificate?.SSLSupportMethod ?? null,
    webAclId: summary.WebACLId || null,
    geoRestriction: summary.Restrictions?.GeoRestriction?.RestrictionType ?? 'none',
    realTimeLogs: Boolean(byDefault?.RealtimeLogConfigArn),
  };
}

function originOf(origin: Origin): DistributionOrigin {
  const { CustomOriginConfig: custom, DomainName: domain = '' } = origin;
  const isVpc = origin.VpcOriginConfig !== undefined;
  return {
    originId: origin.Id ?? '',
    domain,
    kind: isVpc ? 'vpc' : custom === undefined ? 's3' : 'custom',
    bucket: bucketIn(domain),
    protocol: custom?.OriginProtocolPolicy ?? null,
    tlsVersions: custom?.OriginSslProtocols?.Items ?? [],
    accessControl: origin.OriginAccessControlId || null,
    accessIdentity: origin.S3OriginConfig?.OriginAccessIdentity || null,
  };
}

/** The bucket of `assets.s3.eu-west-1.amazonaws.com`, or of a website endpoint. */
export function bucketIn(domain: string): string | null {
  return /^(.+)\.s3(?:-website)?(?:[.-][a-z0-9-]+){0,2}\.amazonaws\.com(?:\.cn)?$/.exec(domain)?.[1] ?? null;
}

async function bucketState(client: S3Client, bucket: string): Promise<BucketState> {
  const { HeadBucketCommand } = await import('@aws-sdk/client-s3');
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
    return 'there';
  } catch (error) {
    // The answer has no body: its status says everything. 301 is a bucket of another region.
    const status = (error as AwsError).$metadata?.httpStatusCode;
    if (status === 404) return 'missing';
    if (status === 403 || status === 301 || status === 400) return 'elsewhere';
    throw error;
  }
}
