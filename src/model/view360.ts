/** How often a payload is sent, and so how long its period is. */
export const INTERVALS = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Interval = (typeof INTERVALS)[number];

/** How collecting a section, or a part of one, went. Nothing that was not seen is called empty. */
export const SECTION_STATUSES = ['Pass', 'Partial', 'Fail', 'NotEnabled', 'NotRun'] as const;
export type SectionStatus = (typeof SECTION_STATUSES)[number];

/** What became of a payload file. */
export const FILE_STATUSES = [
  'RECEIVED',
  'VALIDATING',
  'LOADING',
  'LOADED',
  'PARTIAL',
  'DUPLICATE',
  'SUPERSEDED',
  'REJECTED',
  'FAILED',
  'DEAD',
] as const;
export type FileStatus = (typeof FILE_STATUSES)[number];

/** Why a file or a row was not taken. */
export const REJECTIONS = {
  E_JSON: 'It is no complete JSON.',
  E_SCHEMA: 'It is no payload of a version that is known.',
  E_ACCOUNT_MISMATCH: 'It speaks of another account than the place where it lies.',
  E_TOO_LARGE: 'It is larger than a payload may be.',
  E_UNKNOWN_ACCOUNT: 'Nobody has made the account known.',
  E_ACCOUNT_TAKEN: 'The account belongs to another organisation.',
  E_ROW: 'A row has a value that does not fit.',
  E_KEY: 'A row lacks what tells it from others.',
} as const;
export type Rejection = keyof typeof REJECTIONS;

/** How many rows a section had, and what became of each: the others add up to `rowsIn`, but for those that are gone. */
export interface RowCounts {
  rowsIn: number;
  created: number;
  updated: number;
  skipped: number;
  rejected: number;
  gone: number;
}

export const SECTION_OUTCOMES = ['loaded', 'failed'] as const;

export interface SectionOutcome extends RowCounts {
  section: string;
  status: (typeof SECTION_OUTCOMES)[number];
  error?: string;
}

export const LOAD_STATUSES = ['loaded', 'partial', 'duplicate', 'superseded', 'rejected', 'failed'] as const;
export type LoadStatus = (typeof LOAD_STATUSES)[number];

/** What loading a file came to. */
export interface LoadOutcome {
  file: string;
  fileId: number | null;
  accountId: string | null;
  region: string | null;
  interval: Interval | null;
  /** Days; the end is not of the period any more. */
  period: { start: string; end: string } | null;
  status: LoadStatus;
  sections: readonly SectionOutcome[];
  warnings: readonly string[];
  error: { code: string; message: string } | null;
  durationMs: number;
}

/** One version of one object in the bucket of payloads. */
export interface PayloadRef {
  bucket: string;
  key: string;
  /** Null where the bucket keeps no versions. */
  versionId: string | null;
}

/** A payload that waits to be loaded. */
export interface WaitingPayload extends PayloadRef {
  /** Of the workflow that loads it: Temporal itself then starts one alone. */
  workflowId: string;
}

/** Payloads that were found, and what to do once their loading has begun. */
export interface WaitingPayloads {
  payloads: readonly WaitingPayload[];
  /** Notices that are done with then. */
  receipts: readonly string[];
  /** Where a list goes on; null at its end. */
  next: string | null;
}

/** What had payloads looked for. */
export const RECEIVE_TRIGGERS = ['notices', 'schedule', 'manual', 'pull'] as const;
export type ReceiveTrigger = (typeof RECEIVE_TRIGGERS)[number];

export interface ReceiveInput {
  organizationId: string;
  /** Ends when nothing waits any more. */
  once: boolean;
  trigger: ReceiveTrigger;
  /** Where an execution before this one got to. */
  continued?: { listing: Listing; result: ReceiveResult };
}

/** How far the bucket has been looked through. */
export interface Listing {
  /** The key that the next page begins after; null at the beginning. */
  after: string | null;
  /** When it was last looked through as a whole, or began to be; Unix time in ms. */
  at: number;
  isOver: boolean;
}

/** What receiving came to, as far as it was waited for. */
export interface ReceiveResult {
  started: number;
  loaded: number;
  rejected: number;
  failed: number;
}

/** What loading one payload came to, small enough for a history. */
export interface LoadedPayload {
  key: string;
  status: LoadStatus | 'missing' | 'dead';
  error: string | null;
}

export interface PullInput {
  organizationId: string;
  targets: readonly { kind: 'aws-profile' | 'aws-role'; name: string; accountId: string | null }[];
  interval: Interval;
  /** The period that this day is in; null for the last whole one before the workflow began. */
  date: string | null;
  concurrency: number;
}

export interface PulledAccount {
  name: string;
  accountId: string | null;
  /** How collecting went; null when it did not. */
  collected: SectionStatus | null;
  /** What loading it came to; null where it went to a bucket. */
  loaded: LoadStatus | null;
  error: string | null;
}
