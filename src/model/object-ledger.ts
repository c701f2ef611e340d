/** Which objects of a bucket a run is about. */
export interface DataOptions {
  bucket: string;
  /** Of keys; empty for the whole bucket. */
  prefix: string;
  /** Ids of detectors; empty for the configured ones. */
  detectors: readonly string[];
  /** The manifest of an inventory that names the objects, `s3://…/manifest.json`: then the bucket is not listed. */
  inventory?: string;
  /** Only the objects that failed in this job. */
  retryOf?: string;
}

export const OBJECT_STATUSES = ['succeeded', 'failed', 'skipped'] as const;
export type ObjectStatus = (typeof OBJECT_STATUSES)[number];

/** An object as a list of the bucket shows it. */
export interface ListedObject {
  key: string;
  etag: string;
}

/** What came of one object: no more than is kept. */
export interface ObjectOutcome extends ListedObject {
  status: ObjectStatus;
  /** Why it was not looked at, or not whole; null where it was. */
  reason: string | null;
  /** Matches by detector; also those of which no more than the number is kept. */
  matches: Readonly<Record<string, number>>;
  /** True where it was known from an earlier job and not read. */
  isKnown: boolean;
  bytes: number;
  findings: readonly ObjectFinding[];
}

/** A match, masked. */
export interface ObjectFinding {
  detector: string;
  byteOffset: number;
  length: number;
  member: string | null;
  maskedMatch: string;
  context: string;
}

/** What the database keeps of the objects of an organisation, for one job. Everything may be told twice. */
export interface ObjectLedger {
  jobId: string;
  begin: (job: {
    account: string;
    bucket: string;
    prefix: string;
    detectors: readonly string[];
  }) => Promise<void>;
  /** Batches that will be scanned, by names that stay the same when planned again. */
  planned: (batches: readonly { name: string; objects: number }[]) => Promise<void>;
  started: (batch: string) => Promise<void>;
  /** Of these objects, those that were scanned whole with these detectors: what was found in each. */
  known: (
    bucket: string,
    objects: readonly ListedObject[],
    detectors: string,
  ) => Promise<ReadonlyMap<string, ObjectOutcome['matches']>>;
  /** What came of all objects of a batch. */
  record: (
    batch: string,
    bucket: string,
    detectors: string,
    outcomes: readonly ObjectOutcome[],
  ) => Promise<void>;
  /** Keys that failed in an earlier job, in order, after this one. */
  failed: (jobId: string, after: string, limit: number) => Promise<readonly string[]>;
}

/** A job as `GET /jobs/{job_id}` gives it. */
export interface DataJob {
  job_id: string;
  bucket: string;
  prefix: string;
  status: 'queued' | 'processing' | 'completed' | 'failed' | 'cancelled';
  total_objects: number;
  queued: number;
  processing: number;
  succeeded: number;
  failed: number;
  skipped: number;
  total_findings: number;
  progress_percent: number;
  bytes: number;
  account: string;
  detectors: readonly string[];
  reason: string | null;
  created_at: string;
  ended_at: string | null;
}

/** Where jobs are kept, by those who start and stop them. */
export interface JobBook {
  add: (job: Pick<DataJob, 'job_id' | 'account' | 'bucket' | 'prefix' | 'detectors'>) => Promise<void>;
  end: (jobId: string, status: 'failed' | 'cancelled', reason: string | null) => Promise<void>;
}

/** A finding as `GET /results` gives it. */
export interface DataFinding {
  id: number;
  job_id: string;
  bucket: string;
  key: string;
  etag: string;
  detector: string;
  masked_match: string;
  context: string;
  byte_offset: number;
  length: number;
  member: string | null;
  created_at: string;
}
