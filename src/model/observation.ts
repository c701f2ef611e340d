import type { AccountCoverage, Detection } from './coverage.ts';
import type { Level } from './level.ts';
import type { ScanScope } from './scope.ts';

/**
 * What one scan observed, as a source reads it from its artifact, before the store knows about it:
 * first the facts of the scan, then what it says of detection coverage, then its findings and events in any order.
 */
export type Observation =
  | { kind: 'scan'; scan: ScanFacts }
  | { kind: 'coverage'; coverage: AccountCoverage }
  | { kind: 'detection'; detection: Detection }
  | { kind: 'finding'; finding: ObservedFinding }
  | { kind: 'event'; event: ObservedEvent };

export interface ScanFacts {
  source: string;
  accountId: string;
  /** Start of the scan at the scanner, ISO 8601 in UTC, e.g. `2026-11-22T15:51:07.000Z`. */
  scanTime: string;
  /** Version of the scanner. */
  version: string;
  /**
   * SHA-256 of what the results say, lower-case hex: the same however they are written. It tells apart scans of one
   * moment; without it the bytes of the file do.
   */
  contentSha256?: string;
  scope: ScanScope;
  /** Sentences for people: errors the scanner logged, items that were skipped and why. */
  warnings: readonly string[];
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
  /** Those of which it could not tell, beside the checked ones; absent where the source does not say. */
  unknownItems?: number;
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
  /** Of the resource, by key. */
  tags?: Readonly<Record<string, string>>;
  /** How the resource was found when the results' own tree could not tell. */
  resolvedBy?: 'tree' | 'pattern';
  /** First seen in a scan with fetch errors that concern it, and not confirmed since. */
  unconfirmed?: boolean;
  [key: string]: unknown;
}
