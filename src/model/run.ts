import type { FailureReport } from './failure.ts';
import type { ScanOutcome } from './scan.ts';

/** An account as the AWS configuration knows it. */
export interface AccountTarget {
  /** Name of the profile in the AWS configuration. */
  profile: string;
  /** Twelve digits; null when only the scan itself will tell. */
  accountId: string | null;
}

/** What a scan is asked to cover; empty lists mean everything. */
export interface ScanOptions {
  services: readonly string[];
  regions: readonly string[];
  /** Mark what is new as notified instead of sending a message. */
  initial: boolean;
}

/** The steps of one account's scan, in order. */
export const STAGES = ['scan', 'parse', 'persist', 'resolve', 'notify', 'clean-up'] as const;
export type Stage = (typeof STAGES)[number];

export const AccountOutcomeKind = {
  Success: 'success',
  FailedScan: 'failed-scan',
  FailedParsing: 'failed-parsing',
  Failed: 'failed',
  Interrupted: 'interrupted',
  Skipped: 'skipped',
} as const;
export type AccountOutcomeKind = (typeof AccountOutcomeKind)[keyof typeof AccountOutcomeKind];

export interface AccountFailure extends FailureReport {
  /** Exit code of the scanner, where it was the scanner that failed. */
  exitCode?: number;
  /** Last lines of the scanner's output. */
  lastLines?: readonly string[];
}

export interface AccountOutcome {
  profile: string;
  accountId: string | null;
  outcome: AccountOutcomeKind;
  /** The stage that failed or was interrupted; null when the scan went through or never began. */
  stage: Stage | null;
  error: AccountFailure | null;
  scan: ScanOutcome | null;
}

/** The result of a run: the object `vedette scan run -o json` ends with. Times are ISO 8601 in UTC. */
export interface RunResult {
  runId: string;
  status: 'completed' | 'interrupted';
  accounts: readonly AccountOutcome[];
  startedAt: string;
  endedAt: string;
}

/** A run as lists show it. Times are ISO 8601 in UTC. */
export interface RunSummary {
  runId: string;
  status: 'running' | 'completed' | 'interrupted' | 'failed';
  /** `success`, `partly-failed`, `failed` or `interrupted`; null while it runs. */
  outcome: string | null;
  source: string | null;
  startedAt: string;
  endedAt: string | null;
}
