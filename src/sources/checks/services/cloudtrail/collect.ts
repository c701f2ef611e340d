import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import { detailCall, listCall } from '../../../../collect/call.ts';
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
}

export interface RecordedEvents {
  /** Whether all management events are recorded, reads and writes. */
  allManagementEvents: boolean;
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
      }));
    },
  }),

  'cloudtrail:GetTrailStatus': detailCall<Trail, { logging: boolean }>({
    of: 'cloudtrail:DescribeTrails',
    async get(caller, { id }) {
      const { client, GetTrailStatusCommand } = await cloudtrail(caller);
      const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: id }));
      return { logging: IsLogging ?? false };
    },
  }),

  'cloudtrail:GetEventSelectors': detailCall<Trail, RecordedEvents>({
    of: 'cloudtrail:DescribeTrails',
    async get(caller, { id }) {
      const { client, GetEventSelectorsCommand } = await cloudtrail(caller);
      const { EventSelectors = [], AdvancedEventSelectors = [] } = await client.send(
        new GetEventSelectorsCommand({ TrailName: id }),
      );
      return {
        allManagementEvents:
          EventSelectors.some(recordsManagement) || AdvancedEventSelectors.some(recordsManagementToo),
      };
    },
  }),
};

function recordsManagement({ ReadWriteType, IncludeManagementEvents }: EventSelector): boolean {
  return ReadWriteType === 'All' && IncludeManagementEvents === true;
}

function recordsManagementToo({ FieldSelectors = [] }: AdvancedEventSelector): boolean {
  const isManagement = FieldSelectors.some(
    ({ Field, Equals = [] }) => Field === 'eventCategory' && Equals.includes('Management'),
  );
  return isManagement && !FieldSelectors.some(({ Field }) => Field === 'readOnly');
}
