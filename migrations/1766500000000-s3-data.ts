import type { MigrationInterface, QueryRunner } from 'typeorm';
import { columnTypes, createTable, dialectOf } from './tables-v1.ts';
import type { Dialect, TableDefinition } from './tables-v1.ts';

/** Jobs that look for sensitive data in buckets, what they know of objects, and what they found. */
export class S3Data1766500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dialect = dialectOf(runner);
    for (const table of tables(dialect)) {
      for (const statement of createTable(dialect, table)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of tables(dialectOf(runner)).toReversed()) await runner.dropTable(name, true);
  }
}

function tables(dialect: Dialect): TableDefinition[] {
  const { number, text, ascii, longText, json, time } = columnTypes(dialect);
  const organization_id = { type: text(64) };
  const job_id = { type: text(255) };
  const bucket = { type: text(255) };
  const key_sha256 = { type: ascii(64) };
  const object_key = { type: longText };
  const etag = { type: text(255) };
  const counter = { type: number, default: '0' };
  const large = { type: dialect === 'mysql' ? 'bigint' : 'integer', default: '0' };
  return [
    {
      name: 's3_jobs',
      columns: {
        organization_id,
        job_id,
        account: { type: text(255) },
        bucket,
        prefix: object_key,
        detectors: { type: json },
        status: { type: ascii(16) },
        reason: { type: longText, nullable: true },
        created_at: { type: time },
        ended_at: { type: time, nullable: true },
      },
      indexes: { uq_s3_jobs_job: { columns: ['organization_id', 'job_id'], unique: true } },
    },
    {
      name: 's3_batches',
      columns: {
        organization_id,
        job_id,
        batch: { type: ascii(64) },
        objects: counter,
        status: { type: ascii(16) },
        succeeded: counter,
        failed: counter,
        skipped: counter,
        findings: counter,
        bytes: large,
      },
      indexes: { uq_s3_batches_batch: { columns: ['organization_id', 'job_id', 'batch'], unique: true } },
    },
    {
      name: 's3_objects',
      columns: {
        organization_id,
        job_id,
        bucket,
        key_sha256,
        object_key,
        etag,
        detectors: { type: ascii(64) },
        status: { type: ascii(16) },
        reason: { type: longText, nullable: true },
        matches: { type: json },
        scanned_at: { type: time },
      },
      indexes: {
        uq_s3_objects_key: { columns: ['organization_id', 'bucket', 'key_sha256'], unique: true },
        idx_s3_objects_job: { columns: ['organization_id', 'job_id', 'status', 'id'] },
      },
    },
    {
      name: 's3_findings',
      columns: {
        organization_id,
        job_id,
        bucket,
        object_key,
        etag,
        identity: { type: ascii(64) },
        detector: { type: ascii(64) },
        byte_offset: large,
        length: { type: number },
        member: { type: longText, nullable: true },
        masked_match: { type: longText },
        context: { type: longText },
        created_at: { type: time },
      },
      indexes: {
        uq_s3_findings_identity: { columns: ['organization_id', 'identity'], unique: true },
        idx_s3_findings_job: { columns: ['organization_id', 'job_id', 'id'] },
        idx_s3_findings_bucket: { columns: ['organization_id', 'bucket', 'id'] },
      },
    },
  ];
}
