import { createHash } from 'node:crypto';
import type { ListedObject, ObjectLedger, ObjectOutcome } from '../../model/object-ledger.ts';
import { insertRows, isAmong } from '../database/statements.ts';
import { inTransaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { fromJson, sqlJson, sqlTime } from '../database/values.ts';
import type { SqlValue } from '../database/values.ts';

/** Rows of one statement. */
const ROWS = 200;
const MAX_REASON = 1000;

/** The ledger of one job. The database is opened when it is first asked. */
export function objectLedger(
  store: () => Promise<Store>,
  organizationId: string,
  jobId: string,
  signal: AbortSignal,
): ObjectLedger {
  const job = [organizationId, jobId];
  const OF_JOB = 'organization_id = ? AND job_id = ?';

  async function transaction(work: (session: Session, opened: Store) => Promise<void>): Promise<void> {
    const opened = await store();
    await opened.session((session) => inTransaction(opened, session, signal, () => work(session, opened)));
  }

  return {
    jobId,

    begin: ({ account, bucket, prefix, detectors }) =>
      transaction(async (session, { dialect }) => {
        await insertNew(session, dialect, 's3_jobs', JOB_COLUMNS, [
          [...job, account, bucket, prefix, sqlJson(detectors), 'queued', sqlTime(new Date())],
        ]);
        await session.execute(
          `UPDATE s3_jobs SET status = 'processing' WHERE ${OF_JOB} AND status = 'queued'`,
          job,
        );
      }),

    planned: (batches) =>
      transaction(async (session, { dialect }) => {
        const rows = batches.map(({ name, objects }) => [...job, name, objects, 'queued']);
        await insertNew(
          session,
          dialect,
          's3_batches',
          ['organization_id', 'job_id', 'batch', 'objects', 'status'],
          rows,
        );
      }),

    started: (batch) =>
      transaction(async (session) => {
        const sql = `UPDATE s3_batches SET status = 'processing' WHERE ${OF_JOB} AND batch = ? AND status = 'queued'`;
        await session.execute(sql, [...job, batch]);
      }),

    async known(bucket, objects, detectors) {
      const opened = await store();
      const known = new Map<string, ObjectOutcome['matches']>();
      const byHash = new Map(objects.map((object) => [sha256(object.key), object]));
      for (const hashes of chunks([...byHash.keys()])) {
        const [among, ...values] = isAmong('key_sha256', hashes);
        const rows = await opened.read<{ key_sha256: string; etag: string; matches: unknown }>(
          `SELECT key_sha256, etag, matches FROM s3_objects
            WHERE organization_id = ? AND bucket = ? AND status = 'succeeded' AND reason IS NULL AND detectors = ? AND ${among}`,
          [organizationId, bucket, detectors, ...values],
        );
        for (const { key_sha256: hash, etag, matches } of rows) {
          const object = byHash.get(hash);
          if (object?.etag === etag) known.set(object.key, fromJson(matches) as ObjectOutcome['matches']);
        }
      }
      return known;
    },

    record: (batch, bucket, detectors, outcomes) =>
      transaction(async (session, { dialect }) => {
        const now = sqlTime(new Date());
        const findings = outcomes.flatMap((outcome) =>
          outcome.findings.map((finding) => findingRow(finding, outcome)),
        );
        await insertNew(session, dialect, 's3_findings', FINDING_COLUMNS, findings);
        const read = outcomes.filter(({ isKnown }) => !isKnown);
        await replaceObjects(session, read);
        const count = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
        const sum = (of: (outcome: ObjectOutcome) => number) =>
          outcomes.reduce((total, outcome) => total + of(outcome), 0);
        const matches = ({ matches: found }: ObjectOutcome) =>
          Object.values(found).reduce((total, one) => total + one, 0);
        await session.execute(
          `UPDATE s3_batches SET status = 'done', objects = ?, succeeded = ?, failed = ?, skipped = ?, findings = ?, bytes = ?
            WHERE ${OF_JOB} AND batch = ?`,
          [
            outcomes.length,
            count('succeeded'),
            count('failed'),
            count('skipped'),
            sum(matches),
            sum(({ bytes }) => bytes),
            ...job,
            batch,
          ],
        );

        async function replaceObjects(inside: Session, objects: readonly ObjectOutcome[]): Promise<void> {
          for (const some of chunks(objects)) {
            const hashes = some.map(({ key }) => sha256(key));
            const [among, ...values] = isAmong('key_sha256', hashes);
            await inside.execute(
              `DELETE FROM s3_objects WHERE organization_id = ? AND bucket = ? AND ${among}`,
              [organizationId, bucket, ...values],
            );
            const rows = some.map(({ key, etag, status, reason, matches: found }, index) => [
              ...job,
              bucket,
              hashes[index] as string,
              key,
              etag,
              detectors,
              status,
              reason?.slice(0, MAX_REASON) ?? null,
              sqlJson(found),
              now,
            ]);
            const { sql, values: inserted } = insertRows('s3_objects', OBJECT_COLUMNS, rows);
            await inside.execute(sql, inserted);
          }
        }

        function findingRow(
          { detector, byteOffset, length, member, maskedMatch, context }: ObjectOutcome['findings'][number],
          { key, etag }: ListedObject,
        ): SqlValue[] {
          const identity = sha256([bucket, key, etag, detector, byteOffset, member ?? ''].join('\0'));
          return [
            ...job,
            bucket,
            key,
            etag,
            identity,
            detector,
            byteOffset,
            length,
            member,
            maskedMatch,
            context,
            now,
          ];
        }
      }),

    async failed(earlier, after, limit) {
      const opened = await store();
      const rows = await opened.read<{ object_key: string; key_sha256: string }>(
        `SELECT object_key FROM s3_objects
          WHERE organization_id = ? AND job_id = ? AND status = 'failed' AND object_key > ?
          ORDER BY object_key LIMIT ${Math.trunc(limit)}`,
        [organizationId, earlier, after],
      );
      return rows.map(({ object_key: key }) => key);
    },
  };
}

const JOB_COLUMNS = [
  'organization_id',
  'job_id',
  'account',
  'bucket',
  'prefix',
  'detectors',
  'status',
  'created_at',
];
const OBJECT_COLUMNS = [
  'organization_id',
  'job_id',
  'bucket',
  'key_sha256',
  'object_key',
  'etag',
  'detectors',
  'status',
  'reason',
  'matches',
  'scanned_at',
];
const FINDING_COLUMNS = [
  'organization_id',
  'job_id',
  'bucket',
  'object_key',
  'etag',
  'identity',
  'detector',
  'byte_offset',
  'length',
  'member',
  'masked_match',
  'context',
  'created_at',
];

/** Inserts rows that are not there yet, by their unique index. */
async function insertNew(
  session: Session,
  dialect: Store['dialect'],
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): Promise<void> {
  const verb = dialect === 'sqlite' ? 'INSERT OR IGNORE' : 'INSERT IGNORE';
  for (const some of chunks(rows)) {
    const { sql, values } = insertRows(table, columns, some);
    await session.execute(sql.replace('INSERT', verb), values);
  }
}

function* chunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += ROWS) yield items.slice(from, from + ROWS);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
