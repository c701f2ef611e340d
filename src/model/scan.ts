import type { FailureReport } from './failure.ts';
import type { DescribedScope, UnverifiedReason } from './scope.ts';

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

/** A scan as the store keeps it. Times are ISO 8601 in UTC. */
export interface ScanRecord extends ScanOutcome {
  scanId: number;
  status: ScanStatus;
  runId: string | null;
  profile: string | null;
  createdAt: string;
  /** Null until the scan's missing events were judged. */
  completedAt: string | null;
  /** How many active events the scan could not judge, and why. */
  unverifiedReasons: Readonly<Partial<Record<UnverifiedReason, number>>>;
}

/** A scan with where it looked, and what it could not see there. */
export interface ScanDetails extends ScanRecord {
  scope: DescribedScope;
}

/** What it came to that a scan was taken back. */
export interface WithdrawnScan {
  scanId: number;
  accountId: string;
  source: string;
  scanTime: string;
  /** How many events only it has seen; how many others are not as it left them; how many of these are active again. */
  events: { removed: number; changed: number; active: number };
  /** Scans that were not stored in full because this one was newer: their results are to be imported again. */
  setAside: readonly number[];
}
