import type { ArtifactRef } from './artifact.ts';
import type { FailureReport } from './failure.ts';
import type { ScanOptions } from './run.ts';
import type { ScanOutcome } from './scan.ts';
import type { Target, TargetKind } from './target.ts';

/** An account of a run; `sources` where it is not to be scanned with all of the run's. */
export type SelectedTarget = Target & { sources?: readonly string[] };

/** Which accounts a run covers; `all` is looked up when the run starts. */
export type AccountSelection = { all: true } | { accounts: readonly SelectedTarget[] };

export interface ScanRunInput {
  organizationId: string;
  /** What to scan with: each account with each of them. */
  sources: readonly string[];
  selection: AccountSelection;
  options: ScanOptions;
  /** Scans that are under way at a time, each of one account with one source. */
  concurrency: number;
}

export interface AccountScanInput {
  organizationId: string;
  runId: string;
  source: string;
  target: Target;
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

/** One account and source of a run's progress, as the `progress` query answers. */
export interface AccountProgress {
  /** Name of the target. */
  profile: string;
  targetKind: TargetKind;
  source: string;
  state: 'waiting' | 'running' | 'ended';
  /** Set once it has ended. */
  outcome: string | null;
  /** Why it failed, and what to do about it; null or absent when it did not. */
  failure?: Pick<FailureReport, 'message' | 'remedy'> | null;
}

export const PROGRESS_QUERY = 'progress';
