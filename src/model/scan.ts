import type { FailureReport } from './failure.ts';

export const ScanStatus = {
  /** Its events are being merged; left so when that was interrupted, until the same scan is stored again. */
  Recording: 'recording',
  Recorded: 'recorded',
  /** Recorded, but the scanner logged errors. */
  Partial: 'partial',
  /** Older than the newest scan of its account and source. */
  Superseded: 'superseded',
} as const;
export type ScanStatus = (typeof ScanStatus)[keyof typeof ScanStatus];

/** How storing a scan ended; `duplicate` and `failed` leave no row of their own. */
export type ScanOutcomeStatus = ScanStatus | 'duplicate' | 'failed';

export interface EventCounts {
  total: number;
  new: number;
  still: number;
  resolved: number;
  reopened: number;
  unverified: number;
}

/** What storing one scan came to: the object `vedette import -o json` prints for each file. */
export interface ScanOutcome {
  scanId: number | null;
  organizationId: string;
  accountId: string;
  source: string;
  scanTime: string;
  version: string;
  status: ScanOutcomeStatus;
  findings: { total: number; flagged: number };
  events: EventCounts;
  /** Events that were marked as notified. */
  notified: number;
  warnings: readonly string[];
  durationMs: number;
  error?: FailureReport;
}

/** Why an active event that a scan did not bring was left as it was. */
export const UnverifiedReason = {
  ServiceNotScanned: 'service not scanned',
  RegionNotScanned: 'region not scanned',
  ResourceNotScanned: 'resource not scanned',
  CheckNotEvaluated: 'check not evaluated',
  FetchError: 'fetch error',
  NoResources: 'no resources reported',
} as const;
export type UnverifiedReason = (typeof UnverifiedReason)[keyof typeof UnverifiedReason];
