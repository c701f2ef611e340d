import { VedetteError } from '../../errors.ts';
import type { DataJob, JobBook, ObjectStatus } from '../../model/object-ledger.ts';
import type { FinishedRun } from '../../model/run.ts';
import { recordChange } from '../access/audit.ts';
import { insertRows } from '../database/statements.ts';
import { transaction } from '../database/store.ts';
import type { Store } from '../database/store.ts';
import { fromJson, isoTime, isoTimeOrNull, sqlJson, sqlTime } from '../database/values.ts';
import type { SqlValue } from '../database/values.ts';

interface JobRow {
  job_id: string;
  account: string;
  bucket: string;
  prefix: string;
  detectors: unknown;
  status: DataJob['status'];
  reason: string | null;
  created_at: string;
  ended_at: string | null;
  objects: number | string | null;
  queued: number | string | null;
  processing: number | string | null;
  succeeded: number | string | null;
  failed: number | string | null;
  skipped: number | string | null;
  findings: number | string | null;
  bytes: number | string | null;
}

/** A job is completed when its scan is stored and judged; only the scan knows. */
const JOBS = `SELECT j.job_id, j.account, j.bucket, j.prefix, j.detectors, j.reason, j.created_at, b.*,
    CASE WHEN s.completed_at IS NOT NULL THEN 'completed' ELSE j.status END AS status,
    COALESCE(s.completed_at, j.ended_at) AS ended_at
  FROM s3_jobs j
  LEFT JOIN scout_scans s ON s.run_id = j.job_id AND s.organization_id = j.organization_id
  LEFT JOIN (
    SELECT job_id AS batches_of, SUM(objects) AS objects,
      SUM(CASE WHEN status = 'queued' THEN objects ELSE 0 END) AS queued,
      SUM(CASE WHEN status = 'processing' THEN objects ELSE 0 END) AS processing,
      SUM(succeeded) AS succeeded, SUM(failed) AS failed, SUM(skipped) AS skipped, SUM(findings) AS findings, SUM(bytes) AS bytes
    FROM s3_batches WHERE organization_id = ? GROUP BY job_id
  ) b ON b.batches_of = j.job_id
  WHERE j.organization_id = ?`;

export function jobBook(store: Store, organizationId: string): JobBook {
  return {
    add: (job) => addJob(store, organizationId, job),
    end: (jobId, status, reason) => endJob(store, organizationId, jobId, status, reason),
  };
}

/** Makes a job known before anybody works on it. */
async function addJob(
  store: Store,
  organizationId: string,
  job: Pick<DataJob, 'job_id' | 'account' | 'bucket' | 'prefix' | 'detectors'>,
): Promise<void> {
  const columns = [
    'organization_id',
    'job_id',
    'account',
    'bucket',
    'prefix',
    'detectors',
    'status',
    'created_at',
  ];
  const row = [
    organizationId,
    job.job_id,
    job.account,
    job.bucket,
    job.prefix,
    sqlJson(job.detectors),
    'queued',
    sqlTime(new Date()),
  ];
  const { sql, values } = insertRows('s3_jobs', columns, [row]);
  await transaction(store, async (session) => {
    await session.execute(sql, values);
    const { job_id: jobId, account, bucket, prefix, detectors } = job;
    await recordChange(session, {
      organizationId,
      action: 's3.scan',
      target: `s3/jobs/${jobId}`,
      before: null,
      after: { account, bucket, prefix, detectors },
    });
  });
}

/** How a job has ended; told again, it changes nothing. */
export async function endJob(
  store: Store,
  organizationId: string,
  jobId: string,
  status: 'failed' | 'cancelled',
  reason: string | null,
): Promise<void> {
  await transaction(store, async (session) => {
    const ended = await session.execute(
      `UPDATE s3_jobs SET status = ?, reason = ?, ended_at = ? WHERE organization_id = ? AND job_id = ? AND ended_at IS NULL`,
      [status, reason, sqlTime(new Date()), organizationId, jobId],
    );
    if (ended === 0) return;
    await recordChange(session, {
      organizationId,
      action: status === 'cancelled' ? 's3.cancel' : 's3.fail',
      target: `s3/jobs/${jobId}`,
      before: null,
      after: { status, reason },
    });
  });
}

/**
 * The job that a run was, which ends with it at the latest; null where the run was none. Cancelled in another way than as a
 * job, it learns of it here.
 */
export async function endedJob(
  store: Store,
  { organizationId, runId, status }: Pick<FinishedRun, 'organizationId' | 'runId' | 'status'>,
): Promise<DataJob | null> {
  const job = await findJob(store, organizationId, runId);
  // Looked first: the end of any other run must not wait for whoever writes.
  if (job === null || job.ended_at !== null || status !== 'interrupted') return job;
  await endJob(store, organizationId, runId, 'cancelled', null);
  return findJob(store, organizationId, runId);
}

/** Newest first. */
export async function listJobs(store: Store, organizationId: string, limit: number): Promise<DataJob[]> {
  const rows = await store.read<JobRow>(`${JOBS} ORDER BY j.id DESC LIMIT ${Math.trunc(limit)}`, [
    organizationId,
    organizationId,
  ]);
  return rows.map(jobOf);
}

/** @throws VedetteError `not-found` */
export async function getJob(store: Store, organizationId: string, jobId: string): Promise<DataJob> {
  const job = await findJob(store, organizationId, jobId);
  if (job !== null) return job;
  throw new VedetteError('not-found', `There is no job ${jobId}.`, {
    remedy: 'vedette s3 jobs shows the jobs.',
  });
}

async function findJob(store: Store, organizationId: string, jobId: string): Promise<DataJob | null> {
  const [row] = await store.read<JobRow>(`${JOBS} AND j.job_id = ?`, [organizationId, organizationId, jobId]);
  return row === undefined ? null : jobOf(row);
}

function jobOf(row: JobRow): DataJob {
  const [total, queued, processing, succeeded, failed, skipped, findings, bytes] = [
    row.objects,
    row.queued,
    row.processing,
    row.succeeded,
    row.failed,
    row.skipped,
    row.findings,
    row.bytes,
  ].map((count) => Number(count ?? 0)) as [number, number, number, number, number, number, number, number];
  const done = succeeded + failed + skipped;
  const progress = total === 0 ? (row.status === 'completed' ? 100 : 0) : (done / total) * 100;
  return {
    job_id: row.job_id,
    bucket: row.bucket,
    prefix: row.prefix,
    status: row.status,
    total_objects: total,
    queued,
    processing,
    succeeded,
    failed,
    skipped,
    total_findings: findings,
    progress_percent: Math.round(progress * 100) / 100,
    bytes,
    account: row.account,
    detectors: fromJson(row.detectors) as string[],
    reason: row.reason,
    created_at: isoTime(row.created_at),
    ended_at: isoTimeOrNull(row.ended_at),
  };
}

export interface JobObject {
  key: string;
  status: ObjectStatus;
  reason: string | null;
}

/** Objects that this job was the last to look at: of one status, or those that were not scanned whole; in order of keys. */
export async function* jobObjects(
  store: Store,
  organizationId: string,
  jobId: string,
  status: ObjectStatus | undefined,
): AsyncGenerator<JobObject> {
  await getJob(store, organizationId, jobId);
  const page = 1000;
  let after = 0;
  for (;;) {
    const wanted: readonly [string, ...SqlValue[]] =
      status === undefined ? ["(status <> 'succeeded' OR reason IS NOT NULL)"] : ['status = ?', status];
    const [condition, ...values] = wanted;
    const rows = await store.read<{
      id: number;
      object_key: string;
      status: ObjectStatus;
      reason: string | null;
    }>(
      `SELECT id, object_key, status, reason FROM s3_objects
        WHERE organization_id = ? AND job_id = ? AND ${condition} AND id > ? ORDER BY id LIMIT ${page}`,
      [organizationId, jobId, ...values, after],
    );
    for (const row of rows) yield { key: row.object_key, status: row.status, reason: row.reason };
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? after;
  }
}
