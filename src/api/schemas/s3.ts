import { z } from 'zod';
import { OBJECT_STATUSES } from '../../model/object-ledger.ts';
import type { DataFinding, DataJob } from '../../model/object-ledger.ts';
import { count, time } from './common.ts';

const jobId = z.string().min(1).max(255);

export const scanRequest = z
  .strictObject({
    bucket: z.string().min(3).max(63),
    prefix: z.string().max(1024).default(''),
    account: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .meta({ description: 'Whose credentials read it; may be left out where there is one account.' }),
    inventory: z.string().max(1100).optional().meta({
      description:
        'The manifest of an S3 Inventory that names the objects: s3://…/manifest.json. The bucket is not listed then.',
    }),
    detectors: z.array(z.string().max(64)).max(100).default([]),
  })
  .meta({ id: 'DataScanRequest' });

export const startedJob = z
  .object({
    job_id: jobId,
    bucket: z.string(),
    prefix: z.string(),
    total_objects: count,
    messages_enqueued: count,
    status: z.literal('queued'),
  })
  .meta({ id: 'StartedDataJob' });

export const job = z
  .object({
    job_id: jobId,
    bucket: z.string(),
    prefix: z.string(),
    status: z.enum(['queued', 'processing', 'completed', 'failed', 'cancelled']),
    total_objects: count,
    queued: count,
    processing: count,
    succeeded: count,
    failed: count,
    skipped: count,
    total_findings: count,
    progress_percent: z.number(),
    bytes: count,
    account: z.string(),
    detectors: z.array(z.string()).readonly(),
    reason: z.string().nullable(),
    created_at: time,
    ended_at: time.nullable(),
  })
  .meta({ id: 'DataJob' }) satisfies z.ZodType<DataJob>;
export type Job = z.output<typeof job>;
export type StartedJob = z.output<typeof startedJob>;

export const jobParameter = z.object({ job_id: jobId });
export const jobListQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) });
export const jobList = z.object({ jobs: z.array(job) }).meta({ id: 'DataJobList' });
export type JobList = z.output<typeof jobList>;

export const objectListQuery = z.object({
  status: z.enum(OBJECT_STATUSES).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export const objectList = z
  .object({
    objects: z.array(
      z.object({ key: z.string(), status: z.enum(OBJECT_STATUSES), reason: z.string().nullable() }),
    ),
    has_more: z.boolean(),
  })
  .meta({ id: 'DataObjectList' });
export type ObjectList = z.output<typeof objectList>;

export const dataFinding = z
  .object({
    id: z.int(),
    job_id: jobId,
    bucket: z.string(),
    key: z.string(),
    etag: z.string(),
    detector: z.string(),
    masked_match: z.string(),
    context: z.string(),
    byte_offset: count,
    length: count,
    member: z.string().nullable(),
    created_at: time,
  })
  .meta({ id: 'DataFinding' }) satisfies z.ZodType<DataFinding>;
export type Finding = z.output<typeof dataFinding>;

const resultFilter = {
  job_id: jobId.optional(),
  bucket: z.string().max(63).optional(),
  key: z.string().max(1024).optional().meta({ description: 'A key, or what keys begin with.' }),
  detector: z.string().max(64).optional(),
};
export const resultQuery = z.object({
  ...resultFilter,
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .meta({ description: 'Id of the last finding of the page before.' }),
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .meta({ description: 'Where there is no cursor.' }),
});
export const exportQuery = z.object({ ...resultFilter, format: z.enum(['csv', 'jsonl']).default('csv') });
export const results = z
  .object({
    findings: z.array(dataFinding),
    total: count,
    limit: count,
    cursor: z.string().optional(),
    offset: count.optional(),
    next_cursor: z.string().nullable(),
    has_more: z.boolean(),
  })
  .meta({ id: 'DataResults' });
export type Results = z.output<typeof results>;

export const bucketList = z
  .object({
    buckets: z.array(
      z.object({
        bucket: z.string(),
        findings: count,
        objects: count,
        detectors: z.record(z.string(), count).meta({ description: 'Findings by detector.' }),
      }),
    ),
  })
  .meta({ id: 'DataRanking' });
export type BucketList = z.output<typeof bucketList>;
