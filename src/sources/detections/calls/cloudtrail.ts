import type { AdvancedEventSelector, EventSelector as BasicSelector } from '@aws-sdk/client-cloudtrail';
import { detailCall, listCall } from '../../../collect/call.ts';
import type { Caller } from '../../../collect/call.ts';
import type { EventSelector, FieldCondition } from '../recorded.ts';

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

/** What a trail records: what any of its selectors does. */
export interface TrailEvents {
  selectors: readonly EventSelector[];
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
      return selectorsOf(EventSelectors, AdvancedEventSelectors);
    },
  }),
};

/** A trail has the ones or the others, which are told in the same form. */
export function selectorsOf(
  basic: readonly BasicSelector[],
  advanced: readonly AdvancedEventSelector[],
): TrailEvents {
  return { selectors: advanced.length > 0 ? ofAdvanced(advanced) : ofBasic(basic) };
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/** Without any selector a trail records all management events. */
function ofBasic(selectors: readonly BasicSelector[]): EventSelector[] {
  if (selectors.length === 0) return [[condition('eventCategory', { equals: ['Management'] })]];
  return selectors.flatMap((selector) => {
    const { ReadWriteType, IncludeManagementEvents, ExcludeManagementEventSources, DataResources } = selector;
    const readOnly =
      ReadWriteType === undefined || ReadWriteType === 'All'
        ? []
        : [condition('readOnly', { equals: [String(ReadWriteType === 'ReadOnly')] })];
    const management = [
      condition('eventCategory', { equals: ['Management'] }),
      condition('eventSource', { notEquals: ExcludeManagementEventSources ?? [] }),
      ...readOnly,
    ];
    // Without any value it records none of the type.
    const resources = (DataResources ?? []).filter(({ Values = [] }) => Values.length > 0);
    const data = resources.map(({ Type = '', Values = [] }) => [
      condition('eventCategory', { equals: ['Data'] }),
      condition('resources.type', { equals: [Type] }),
      condition('resources.ARN', { startsWith: Values }),
      ...readOnly,
    ]);
    return [...(IncludeManagementEvents === false ? [] : [management]), ...data];
  });
}

function ofAdvanced(selectors: readonly AdvancedEventSelector[]): EventSelector[] {
  return selectors.map(({ FieldSelectors = [] }) =>
    FieldSelectors.map((one) =>
      condition(one.Field ?? '', {
        equals: one.Equals ?? [],
        startsWith: one.StartsWith ?? [],
        endsWith: one.EndsWith ?? [],
        notEquals: one.NotEquals ?? [],
        notStartsWith: one.NotStartsWith ?? [],
        notEndsWith: one.NotEndsWith ?? [],
      }),
    ),
  );
}

function condition(field: string, asked: Partial<FieldCondition>): FieldCondition {
  const nothing = {
    equals: [],
    startsWith: [],
    endsWith: [],
    notEquals: [],
    notStartsWith: [],
    notEndsWith: [],
  };
  return { ...nothing, ...asked, field };
}
