import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import { detailCall, listCall } from '../../../collect/call.ts';
import type { Caller } from '../../../collect/call.ts';

/** A trail as a region sees it. */
export interface Trail {
  id: string;
  name: string;
  homeRegion: string;
  isHome: boolean;
  multiRegion: boolean;
  globalEvents: boolean;
  logGroupArn: string | null;
}

export interface TrailState {
  logging: boolean;
  deliveryError: string | null;
  logsError: string | null;
}

/** What a trail records. */
export interface TrailEvents {
  reads: boolean;
  writes: boolean;
  /** Event sources whose management events are left out. */
  excludedSources: readonly string[];
  /** Types of resources whose data events are recorded, e.g. `AWS::S3::Object`. */
  dataTypes: readonly string[];
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
        globalEvents: trail.IncludeGlobalServiceEvents ?? true,
        logGroupArn: trail.CloudWatchLogsLogGroupArn ?? null,
      }));
    },
  }),

  'cloudtrail:GetTrailStatus': detailCall<Trail, TrailState>({
    of: 'cloudtrail:DescribeTrails',
    async get(caller, { id }) {
      const { client, GetTrailStatusCommand } = await cloudtrail(caller);
      const status = await client.send(new GetTrailStatusCommand({ Name: id }));
      return {
        logging: status.IsLogging ?? false,
        deliveryError: textOrNull(status.LatestDeliveryError),
        logsError: textOrNull(status.LatestCloudWatchLogsDeliveryError),
      };
    },
  }),

  'cloudtrail:GetEventSelectors': detailCall<Trail, TrailEvents>({
    of: 'cloudtrail:DescribeTrails',
    async get(caller, { id }) {
      const { client, GetEventSelectorsCommand } = await cloudtrail(caller);
      const { EventSelectors = [], AdvancedEventSelectors = [] } = await client.send(
        new GetEventSelectorsCommand({ TrailName: id }),
      );
      return AdvancedEventSelectors.length > 0 ? ofAdvanced(AdvancedEventSelectors) : ofBasic(EventSelectors);
    },
  }),
};

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/** Without any selector a trail records all management events. */
function ofBasic(selectors: readonly EventSelector[]): TrailEvents {
  if (selectors.length === 0) return { reads: true, writes: true, excludedSources: [], dataTypes: [] };
  const management = selectors.filter((selector) => selector.IncludeManagementEvents !== false);
  const of = (kind: string) =>
    management.some(({ ReadWriteType = 'All' }) => ReadWriteType === 'All' || ReadWriteType === kind);
  return {
    reads: of('ReadOnly'),
    writes: of('WriteOnly'),
    excludedSources: management.flatMap((selector) => selector.ExcludeManagementEventSources ?? []),
    dataTypes: selectors.flatMap(({ DataResources = [] }) => DataResources.map(({ Type = '' }) => Type)),
  };
}

function ofAdvanced(selectors: readonly AdvancedEventSelector[]): TrailEvents {
  const fields = selectors.map(
    ({ FieldSelectors = [] }) => new Map(FieldSelectors.map((one) => [one.Field ?? '', one])),
  );
  const of = (category: string) =>
    fields.filter((one) => one.get('eventCategory')?.Equals?.includes(category));
  const management = of('Management');
  const withReads = (wanted: string) =>
    management.some((one) => {
      const only = one.get('readOnly')?.Equals;
      return only === undefined || only.includes(wanted);
    });
  return {
    reads: withReads('true'),
    writes: withReads('false'),
    excludedSources: management.flatMap((one) => one.get('eventSource')?.NotEquals ?? []),
    dataTypes: of('Data').flatMap((one) => one.get('resources.type')?.Equals ?? []),
  };
}
