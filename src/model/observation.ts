import type { Level } from './level.ts';
import type { UnverifiedReason } from './scan.ts';

/**
 * What one scan observed, as a source reads it from its artifact, before the store knows about it:
 * first the facts of the scan, then its findings and events in any order.
 */
export type Observation =
  | { kind: 'scan'; scan: ScanFacts }
  | { kind: 'finding'; finding: ObservedFinding }
  | { kind: 'event'; event: ObservedEvent };

export interface ScanFacts {
  source: string;
  accountId: string;
  /** Start of the scan at the scanner, ISO 8601 in UTC, e.g. `2026-11-22T15:51:07.000Z`. */
  scanTime: string;
  /** Version of the scanner. */
  version: string;
  scope: ScanScope;
  /** Sentences for people: errors the scanner logged, items that were skipped and why. */
  warnings: readonly string[];
}

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
  /** A scan of parts: what lies in none of these was not looked at. */
  only?: readonly Place[];
  unseen: readonly UnseenPlace[];
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

/** What one check reported in one scan. */
export interface ObservedFinding {
  service: string;
  checkId: string;
  level: Level;
  /** The scanner's own word, e.g. `danger`. */
  sourceLevel: string;
  title: string;
  rationale: string | null;
  remediation: string | null;
  references: readonly string[];
  compliance: readonly { name: string; version: string; reference: string }[];
  flaggedItems: number;
  checkedItems: number;
  /** False when the check crashed: its counts say nothing. */
  evaluated: boolean;
}

/** One resource failing one check. */
export interface ObservedEvent {
  service: string;
  checkId: string;
  level: Level;
  sourceLevel: string;
  resourceId: string;
  resourceName: string | null;
  resourceType: string;
  /** Null for a global resource. */
  region: string | null;
  itemPath: string;
  /** `itemPath` with list indexes replaced by content; part of the identity. */
  stablePath: string;
  /** SHA-256, lower-case hex, of `service:checkId:resourceId:stablePath`. */
  eventHash: string;
  details: EventDetails;
}

export interface EventDetails {
  resourceArn?: string;
  vpcId?: string;
  /** How the resource was found when the results' own tree could not tell. */
  resolvedBy?: 'tree' | 'pattern';
  /** First seen in a scan with fetch errors that concern it, and not confirmed since. */
  unconfirmed?: boolean;
  [key: string]: unknown;
}
