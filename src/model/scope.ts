import type { ScanDepth } from './depth.ts';

/** Why an active event that a scan did not bring was left as it was. */
export const UnverifiedReason = {
  ServiceNotScanned: 'service not scanned',
  RegionNotScanned: 'region not scanned',
  ResourceNotScanned: 'resource not scanned',
  CheckNotEvaluated: 'check not evaluated',
  ItemsUnreadable: 'items unreadable',
  Hidden: 'hidden by an exception',
  FetchError: 'fetch error',
  NoResources: 'no resources reported',
} as const;
export type UnverifiedReason = (typeof UnverifiedReason)[keyof typeof UnverifiedReason];

/** A part of an account: what all of its fields hold of. A field that is absent means any. */
export interface Place {
  service?: string;
  region?: string;
  checkId?: string;
  resourceType?: string;
  /** Of one resource, in full. */
  resourceId?: string;
  /** Of resources whose id begins so, such as the objects below a folder of a bucket. */
  resourcePrefix?: string;
}

/** A place that the scan could not see: what is missing there may still be there. */
export interface UnseenPlace extends Place {
  reason: UnverifiedReason;
  /** What the scanner said of it, on one line. */
  detail?: string;
}

/**
 * Where the scan looked; decides whether a missing event is resolved or only unverified. It saw the services, within `only`
 * where that is given, without `unseen`.
 */
export interface ScanScope {
  services: readonly ServiceScope[];
  /** What was asked for, as the scanner reports it; empty lists mean everything. */
  requested: {
    services: readonly string[];
    skippedServices: readonly string[];
    regions: readonly string[];
    excludedRegions: readonly string[];
  };
  /** Of a source with a catalogue of checks: which of them were asked. */
  asked?: AskedChecks;
  /** A scan of parts: what lies in none of these was not looked at. */
  only?: readonly Place[];
  unseen: readonly UnseenPlace[];
}

export interface AskedChecks {
  /** Null where they were named one by one. */
  depth: ScanDepth | null;
  /** Empty lists mean all. */
  frameworks: readonly string[];
  checks: readonly string[];
  /** Whether these are all that there are: then one that is not reported is no more. */
  isAll: boolean;
}

/** A service that the scan covered; services that are absent were not looked at. */
export interface ServiceScope {
  service: string;
  /** The regions whose data is in the results; null for a global service. */
  regions: readonly string[] | null;
  /** Resources of this service in the results. 0 may be a swallowed AccessDenied. */
  resources: number;
  /** Errors while fetching this service. When no unseen place tells what they hide, they hide all of it. */
  fetchErrors: number;
}

/** A scope as people and programs get it, and the database holds it. */
export interface DescribedScope extends ScanScope {
  /** Checks that were evaluated nowhere: also among the unseen places. */
  unevaluatedChecks: readonly { service: string; checkId: string }[];
}

export function describeScope(scope: ScanScope): DescribedScope {
  const ofChecks = scope.unseen.filter(
    (place) =>
      place.reason === UnverifiedReason.CheckNotEvaluated &&
      place.region === undefined &&
      !namesResources(place),
  );
  const unevaluatedChecks = ofChecks.flatMap(({ service, checkId }) =>
    service === undefined || checkId === undefined ? [] : [{ service, checkId }],
  );
  return { ...scope, unevaluatedChecks };
}

/** Whether a place is one of some resources. */
export function namesResources({ resourceType, resourceId, resourcePrefix }: Place): boolean {
  return resourceType !== undefined || resourceId !== undefined || resourcePrefix !== undefined;
}
