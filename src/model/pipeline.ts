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
  /** Set when the results are only the head of a scan in batches: how many batches are collected at a time. */
  batchesAtOnce?: number;
  /** Of such a scan: where its plan begins. */
  planFrom?: unknown;
}

/** What `batchedCollect` is to do. */
export interface BatchedCollectInput {
  scan: AccountScanInput;
  /** What comes before the batches in the results. */
  head: ArtifactRef;
  holder: Holder | null;
  batchesAtOnce: number;
  /** Where the plan begins. */
  planFrom?: unknown;
  /** Where an earlier execution of the same workflow has stopped. */
  state?: BatchedCollectState;
}

/** All that is known of a collection under way: as much for a million batches as for one. */
export interface BatchedCollectState extends BatchProgress {
  /** Where planning goes on; null when everything is planned. */
  planning: { cursor: unknown } | null;
  /** Planned and not begun, in order. */
  waiting: readonly unknown[];
  /** How many were begun; the number of the next one. */
  begun: number;
}

/** How far a collection is, as its `progress` query answers. */
export interface BatchProgress {
  startedAt: string;
  done: number;
  /** Of `done`, those that were given up: their places count as not seen. */
  unseen: number;
  /** Null when the source cannot tell. */
  total: number | null;
  /** Those that have a label, in the order of the plan: as many as one plan has at most. Absent where none has. */
  labelled?: readonly LabelledBatch[];
}

/** A batch as people know it, such as a region. */
export interface LabelledBatch {
  label: string;
  state: 'waiting' | 'running' | 'done' | 'unseen';
}

/** What a source calls one of its batches, if it has a word for it. */
export function batchLabel(batch: unknown): string | null {
  if (typeof batch !== 'object' || batch === null || !('label' in batch)) return null;
  return typeof batch.label === 'string' ? batch.label : null;
}

/** How what a batch says of itself travels: by its label, where there is one. */
export function batchNote(label: string | null, line: string): string {
  return label === null ? line : `${label}: ${line}`;
}

/** For people: `12 of 40 batches, 1 of them not seen`. */
export function batchProgressText({ done, unseen, total }: BatchProgress): string {
  const batches = total === null ? `${done} batches` : `${done} of ${total} batches`;
  return unseen === 0 ? batches : `${batches}, ${unseen} of them not seen`;
}

/** One batch of a scan, as its activities take it. */
export interface BatchInput extends AccountScanInput {
  /** Names this time of collecting, for another one may have been given up. */
  collection: string;
  /** Counted from 0. */
  number: number;
  /** What the source planned. */
  batch: unknown;
}

/** How many batches a source may plan at once, and how large they may be together as JSON; Temporal keeps them. */
export const PLAN_LIMITS = { batches: 100, bytes: 256 * 1024 } as const;

/** The next batches of a scan, as a source plans them; all of it is JSON. */
export interface BatchPlan {
  batches: readonly unknown[];
  /** Where the next plan goes on; null when these are the last batches. */
  next: { cursor: unknown } | null;
  /** How many batches there will be in all, where that is known. */
  total?: number;
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
