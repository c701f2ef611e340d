import type { Level } from './level.ts';

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

/** Where the scan looked; decides whether a missing event is resolved or only unverified. */
export interface ScanScope {
  services: readonly ServiceScope[];
  /** What was asked for, as the scanner reports it; empty lists mean everything. */
  requested: {
    services: readonly string[];
    skippedServices: readonly string[];
    regions: readonly string[];
    excludedRegions: readonly string[];
  };
  /** Checks that crashed or never ran, so that their 0 flagged items prove nothing. */
  unevaluatedChecks: readonly { service: string; checkId: string }[];
}

/** A service that the scan covered; services that are absent were not looked at. */
export interface ServiceScope {
  service: string;
  /** The regions whose data is in the results; null for a global service. */
  regions: readonly string[] | null;
  /** Resources of this service in the results. 0 may be a swallowed AccessDenied. */
  resources: number;
  /** Errors while fetching this service: what is missing from it may still be there. */
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
  /** First seen in a scan with fetch errors of its service, and not confirmed since. */
  unconfirmed?: boolean;
  [key: string]: unknown;
}
