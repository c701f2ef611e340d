import type { DataFinding } from '../../model/object-ledger.ts';
import { conditions } from '../database/statements.ts';
import type { Fragment } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { isoTime } from '../database/values.ts';

export interface ResultFilter {
  jobId?: string | undefined;
  bucket?: string | undefined;
  /** A whole key, or what keys begin with. */
  key?: string | undefined;
  detector?: string | undefined;
}

/** Where a page begins: after the finding of an id, or after so many. */
export interface ResultPage {
  limit: number;
  cursor?: number | undefined;
  offset?: number | undefined;
}

export interface Results {
  findings: DataFinding[];
  total: number;
  nextCursor: number | null;
}

interface FindingRow {
  id: number;
  job_id: string;
  bucket: string;
  object_key: string;
  etag: string;
  detector: string;
  masked_match: string;
  context: string;
  byte_offset: number | string;
  length: number;
  member: string | null;
  created_at: string;
}

/** Findings, newest first: by descending id. */
export async function listResults(
  store: Store,
  organizationId: string,
  filter: ResultFilter,
  { limit, cursor, offset }: ResultPage,
): Promise<Results> {
  const wanted = wantedBy(organizationId, filter);
  const page = conditions([...wanted, cursor === undefined ? undefined : ['id < ?', cursor]]);
  const rows = await store.read<FindingRow>(
    `SELECT id, job_id, bucket, object_key, etag, detector, masked_match, context, byte_offset, length, member, created_at
      FROM s3_findings WHERE ${page.sql} ORDER BY id DESC LIMIT ? OFFSET ?`,
    [...page.values, limit + 1, cursor === undefined ? (offset ?? 0) : 0],
  );
  const all = conditions(wanted);
  const [counted] = await store.read<{ total: number | string }>(
    `SELECT COUNT(*) AS total FROM s3_findings WHERE ${all.sql}`,
    all.values,
  );
  const findings = rows.slice(0, limit).map(findingOf);
  return {
    findings,
    total: Number(counted?.total ?? 0),
    nextCursor: rows.length > limit ? (findings.at(-1)?.id ?? null) : null,
  };
}

/** All of them, in pages. */
export async function* allResults(
  store: Store,
  organizationId: string,
  filter: ResultFilter,
): AsyncGenerator<DataFinding> {
  let cursor: number | undefined;
  do {
    const { findings, nextCursor } = await listResults(store, organizationId, filter, {
      limit: 1000,
      cursor,
    });
    yield* findings;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

export interface BucketTotals {
  bucket: string;
  findings: number;
  objects: number;
  /** Findings by detector, most first. */
  detectors: Record<string, number>;
}

const BUCKETS = 1000;

/** Buckets by how much was found in them. */
export async function rankBuckets(store: Store, organizationId: string): Promise<BucketTotals[]> {
  const rows = await store.read<{ bucket: string; findings: number | string; objects: number | string }>(
    `SELECT bucket, COUNT(*) AS findings, COUNT(DISTINCT object_key) AS objects FROM s3_findings
      WHERE organization_id = ? GROUP BY bucket ORDER BY findings DESC, bucket LIMIT ${BUCKETS}`,
    [organizationId],
  );
  const parts = await store.read<{ bucket: string; detector: string; findings: number | string }>(
    `SELECT bucket, detector, COUNT(*) AS findings FROM s3_findings
      WHERE organization_id = ? GROUP BY bucket, detector ORDER BY findings DESC, detector`,
    [organizationId],
  );
  const detectors = new Map<string, Record<string, number>>();
  for (const { bucket, detector, findings } of parts) {
    const found = detectors.get(bucket) ?? {};
    found[detector] = Number(findings);
    detectors.set(bucket, found);
  }
  return rows.map(({ bucket, findings, objects }) => ({
    bucket,
    findings: Number(findings),
    objects: Number(objects),
    detectors: detectors.get(bucket) ?? {},
  }));
}

function wantedBy(
  organizationId: string,
  { jobId, bucket, key, detector }: ResultFilter,
): (Fragment | undefined)[] {
  return [
    ['organization_id = ?', organizationId],
    jobId === undefined ? undefined : ['job_id = ?', jobId],
    bucket === undefined ? undefined : ['bucket = ?', bucket],
    key === undefined
      ? undefined
      : ['object_key >= ? AND SUBSTR(object_key, 1, ?) = ?', key, Array.from(key).length, key],
    detector === undefined ? undefined : ['detector = ?', detector],
  ];
}

function findingOf(row: FindingRow): DataFinding {
  return {
    id: row.id,
    job_id: row.job_id,
    bucket: row.bucket,
    key: row.object_key,
    etag: row.etag,
    detector: row.detector,
    masked_match: row.masked_match,
    context: row.context,
    byte_offset: Number(row.byte_offset),
    length: row.length,
    member: row.member,
    created_at: isoTime(row.created_at),
  };
}
