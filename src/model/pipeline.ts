import type { ArtifactRef } from './artifact.ts';
import type { FailureReport } from './failure.ts';
import type { AccountTarget, ScanOptions } from './run.ts';
import type { ScanOutcome } from './scan.ts';

/** Which accounts a run covers; `all` is looked up when the run starts. */
export type AccountSelection = { all: true } | { accounts: readonly AccountTarget[] };

export interface ScanRunInput {
  source: string;
  selection: AccountSelection;
  options: ScanOptions;
  /** Accounts that are scanned at a time. */
  concurrency: number;
}

export interface AccountScanInput {
  runId: string;
  source: string;
  target: AccountTarget;
  options: ScanOptions;
}

export interface AccountScanResult {
  scan: ScanOutcome;
}

/** The only worker that can open what a scan left. */
export interface Holder {
  /** Its own task queue. */
  taskQueue: string;
  /** How long to wait for it before its files are given up. */
  waitMs: number;
}

/** What the scan activity hands on: where the results lie and whose they are. */
export interface ScanArtifact {
  accountId: string;
  results: ArtifactRef;
  /** Files that belong beside the results, such as the scanner's list of errors. */
  companions: readonly ArtifactRef[];
  /** Null when every worker can open them. */
  holder: Holder | null;
}

/** What the parse activity hands on. */
export interface ParsedArtifact {
  /** JSON lines, compressed: the scan's observations. */
  observations: ArtifactRef;
  findings: number;
  events: number;
}

/** One line of a run's progress, as the `progress` query answers. */
export interface AccountProgress {
  profile: string;
  state: 'waiting' | 'running' | 'ended';
  /** Set once the account has ended. */
  outcome: string | null;
  /** Why it failed, and what to do about it; null or absent when it did not. */
  failure?: Pick<FailureReport, 'message' | 'remedy'> | null;
}

export const PROGRESS_QUERY = 'progress';
