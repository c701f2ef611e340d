import type { AdvancedEventSelector, AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import { askedOnce } from '../../../../collect/asked-once.ts';
import { detailCall, listCall, unlessNotConfigured } from '../../../../collect/call.ts';
import type { Caller } from '../../../../collect/call.ts';

/** A trail as a region sees it: also those of other regions and of the organisation, which are recorded there. */
export interface Trail {
  id: string;
  name: string;
  homeRegion: string;
  /** Whether the region that was asked is its home. */
  isHome: boolean;
  multiRegion: boolean;
  validation: boolean;
  kmsKeyId: string | null;
  bucket: string;
  logGroupArn: string | null;
}

export interface TrailStatus {
  logging: boolean;
  /** When events last came to the log group; ISO 8601 in UTC. */
  lastToLogGroup: string | null;
}

export interface RecordedEvents {
  /** Whether all management events are recorded, reads and writes. */
  allManagementEvents: boolean;
  /** Whether reads of all objects in S3 are recorded. */
  objectReads: boolean;
  objectWrites: boolean;
  /** Patterns of ARNs: the functions whose invocations are recorded. */
  functions: readonly string[];
}

async function cloudtrail({ clients, region }: Caller) {
  const sdk = await import('@aws-sdk/client-cloudtrail');
  return { ...sdk, client: clients.of(sdk.CloudTrailClient, region) };
}

export const cloudtrailCalls = {
  'cloudtrail:DescribeTrails': listCall<Trail>({
    where: 'region',
    async list(caller) {
      const { client, DescribeTrailsCommand } = await cloudtrail(caller);
      const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
      return trailList.map((trail) => ({
        id: trail.TrailARN ?? '',
        name: trail.Name ?? '',
        homeRegion: trail.HomeRegion ?? caller.region,
        isHome: (trail.HomeRegion ?? caller.region) === caller.region,
        multiRegion: trail.IsMultiRegionTrail ?? false,
        validation: trail.LogFileValidationEnabled ?? false,
        kmsKeyId: trail.KmsKeyId ?? null,
        bucket: trail.S3BucketName ?? '',
        logGroupArn: trail.CloudWatchLogsLogGroupArn || null,
      }));
    },
  }),

  'cloudtrail:GetTrailStatus': ofTrail<TrailStatus>(async (caller, id) => {
    const { client, GetTrailStatusCommand } = await cloudtrail(caller);
    const status = await client.send(new GetTrailStatusCommand({ Name: id }));
    return {
      logging: status.IsLogging ?? false,
      lastToLogGroup: status.LatestCloudWatchLogsDeliveryTime?.toISOString() ?? null,
    };
  }),

  'cloudtrail:GetEventSelectors': ofTrail<RecordedEvents>(async (caller, id) => {
    const { client, GetEventSelectorsCommand } = await cloudtrail(caller);
    const { EventSelectors = [], AdvancedEventSelectors = [] } = await client.send(
      new GetEventSelectorsCommand({ TrailName: id }),
    );
    const data = [
      ...EventSelectors.flatMap(dataEvents),
      ...AdvancedEventSelectors.flatMap(advancedDataEvents),
    ];
    const objects = data.filter(({ type, patterns }) => type === 'AWS::S3::Object' && patterns.includes('*'));
    // A trail that nobody told what to record records all management events.
    const isUntold = EventSelectors.length + AdvancedEventSelectors.length === 0;
    return {
      allManagementEvents:
        isUntold ||
        EventSelectors.some(recordsManagement) ||
        AdvancedEventSelectors.some(recordsManagementToo),
      objectReads: objects.some(({ reads }) => reads),
      objectWrites: objects.some(({ writes }) => writes),
      functions: data
        .filter(({ type, writes }) => type === 'AWS::Lambda::Function' && writes)
        .flatMap(({ patterns }) => patterns),
    };
  }),

  'cloudtrail:GetInsightSelectors': ofTrail<readonly string[]>(async (caller, id) => {
    const { client, GetInsightSelectorsCommand } = await cloudtrail(caller);
    return unlessNotConfigured(['InsightNotEnabledException'], async () => {
      const { InsightSelectors = [] } = await client.send(new GetInsightSelectorsCommand({ TrailName: id }));
      return InsightSelectors.map(({ InsightType = '' }) => InsightType);
    });
  }),
};

/** Asked where the trail lives, once for all regions that see it; and where it is seen, if nobody asks its home. */
function ofTrail<Answer>(ask: (caller: Caller, id: string) => Promise<Answer | null>) {
  const once = askedOnce(ask);
  return detailCall<Trail, Answer>({
    of: 'cloudtrail:DescribeTrails',
    get(caller, { id, homeRegion }) {
      const region = caller.regions.includes(homeRegion) ? homeRegion : caller.region;
      return once({ ...caller, region }, id);
    },
  });
}

function recordsManagement({ ReadWriteType, IncludeManagementEvents }: EventSelector): boolean {
  return ReadWriteType === 'All' && IncludeManagementEvents === true;
}

function recordsManagementToo({ FieldSelectors = [] }: AdvancedEventSelector): boolean {
  const isManagement = FieldSelectors.some(
    ({ Field, Equals = [] }) => Field === 'eventCategory' && Equals.includes('Management'),
  );
  return isManagement && !FieldSelectors.some(({ Field }) => Field === 'readOnly');
}

/** What is recorded of a kind of resource; what is not told apart here is not recorded for sure. */
interface DataEvents {
  type: string;
  /** Of ARNs; `*` for all. */
  patterns: readonly string[];
  reads: boolean;
  writes: boolean;
}

function dataEvents({ ReadWriteType = 'All', DataResources = [] }: EventSelector): DataEvents[] {
  return DataResources.map(({ Type = '', Values = [] }) => ({
    type: Type,
    patterns: Values.map((value) => (isWholeService(value) ? '*' : value)),
    reads: ReadWriteType !== 'WriteOnly',
    writes: ReadWriteType !== 'ReadOnly',
  }));
}

function advancedDataEvents({ FieldSelectors = [] }: AdvancedEventSelector): DataEvents[] {
  const field = (name: string) => FieldSelectors.find(({ Field }) => Field === name);
  const known = ['eventCategory', 'resources.type', 'resources.ARN', 'readOnly'];
  if (FieldSelectors.some(({ Field = '' }) => !known.includes(Field))) return [];
  if (!field('eventCategory')?.Equals?.includes('Data')) return [];
  const readOnly = field('readOnly')?.Equals;
  return (field('resources.type')?.Equals ?? []).map((type) => ({
    type,
    patterns: patternsOf(field('resources.ARN')),
    reads: readOnly === undefined || readOnly.includes('true'),
    writes: readOnly === undefined || readOnly.includes('false'),
  }));
}

function patternsOf(selector: AdvancedFieldSelector | undefined): string[] {
  if (selector === undefined) return ['*'];
  const { Equals = [], StartsWith = [], NotEquals, NotStartsWith, EndsWith, NotEndsWith } = selector;
  if ([NotEquals, NotStartsWith, EndsWith, NotEndsWith].some((list) => (list ?? []).length > 0)) return [];
  return [...Equals, ...StartsWith.map((prefix) => (isWholeService(prefix) ? '*' : `${prefix}*`))];
}

/** `arn:aws:s3`, `arn:aws:s3:::` or `arn:aws:lambda`. */
function isWholeService(arn: string): boolean {
  return /^arn:[\w-]+:(?:s3|lambda):{0,3}$/.test(arn);
}
