import type { ScanDepth } from './depth.ts';
import type { FailureReport } from './failure.ts';
import type { ScanOutcome } from './scan.ts';
import type { TargetKind } from './target.ts';

/** What a scan is asked to cover; empty lists mean everything. */
export interface ScanOptions {
  services: readonly string[];
  regions: readonly string[];
  /** Of sources with a catalogue of checks: how far to go, for which frameworks, or exactly which checks. */
  depth?: ScanDepth;
  frameworks?: readonly string[];
  checks?: readonly string[];
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

/** What an account's scan fails with: the failure and the stage it happened in. */
export interface StageFailure {
  stage: Stage;
  failure: AccountFailure;
}

/** What came of one account with one source. */
export interface AccountOutcome {
  /** Name of the target. */
  profile: string;
  targetKind: TargetKind;
  accountId: string | null;
  source: string;
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
  sources: readonly string[];
  /** One for each account and source, in the order of the accounts. */
  accounts: readonly AccountOutcome[];
  startedAt: string;
  endedAt: string;
}

/** What people call each source, by its id. */
export type SourceTitles = Readonly<Record<string, string>>;

/** What the summary of a run is made of. */
export interface FinishedRun extends RunResult {
  organizationId: string;
  concurrency: number;
}

/** A run as lists show it. Times are ISO 8601 in UTC. */
export interface RunSummary {
  runId: string;
  status: 'running' | 'completed' | 'interrupted' | 'failed';
  /** `success`, `partly-failed`, `failed` or `interrupted`; null while it runs. */
  outcome: string | null;
  /** What it scans with; of several, comma-separated. */
  source: string | null;
  startedAt: string;
  endedAt: string | null;
}

/** A run as its recorded scans tell of it: how it ended, only the server knows. */
export type RecordedRun = Omit<RunSummary, 'status'> & { status: null };
