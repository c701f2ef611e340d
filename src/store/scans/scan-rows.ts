import { hash } from 'node:crypto';
import { VedetteError } from '../../errors.ts';
import type { ObservedFinding } from '../../model/observation.ts';
import { ScanStatus } from '../../model/scan.ts';
import type { ScanOutcome } from '../../model/scan.ts';
import type { ScanScope } from '../../model/scope.ts';
import { describeScope } from '../../model/scope.ts';
import { insertRows } from '../database/statements.ts';
import type { Statement } from '../database/statements.ts';
import type { Session } from '../database/store.ts';
import { sqlJson, sqlTime } from '../database/values.ts';
import type { SqlValue } from '../database/values.ts';
import type { IncomingScan } from './incoming-scan.ts';
import type { MergedScan } from './merge.ts';
import { keyCondition, keyValues } from './scan-key.ts';
import type { ScanKey } from './scan-key.ts';
import { outcomeOfRow, scanRow } from './scans.ts';
import type { ScanRow } from './scans.ts';

/** `status` may be `duplicate`: then nothing was stored, and `scanId` is that of the scan that was there already. */
export type PersistResult = ScanOutcome & { scanId: number };

const FINDINGS_BATCH = 200;

/** The same scan, whether it is complete or not; undefined where it is not recorded. */
export async function findScan(session: Session, scan: IncomingScan): Promise<ScanRow | undefined> {
  const { key, facts, input } = scan;
  const rows = await session.query<ScanRow>(
    `SELECT s.* FROM scout_scans s
      WHERE ${keyCondition('s')} AND s.scan_time = ? AND s.content_sha256 IN (?, ?, ?)
      ORDER BY s.id`,
    [
      ...keyValues(key),
      sqlTime(facts.scanTime),
      contentOf(scan),
      input.resultsSha256,
      contentOfProfile(scan),
    ],
  );
  return rows.find((row) => !isOfOtherProfile(row, scan));
}

/** What tells a scan from others of the same moment. Before contents were known, the bytes of the file did. */
function contentOf({ facts, input }: IncomingScan): string {
  return facts.contentSha256 ?? input.resultsSha256;
}

/** The same for a profile of a run another profile of which has seen the same account at the same moment. */
function contentOfProfile(scan: IncomingScan): string {
  return hash('sha256', JSON.stringify([contentOf(scan), scan.input.runId, scan.input.profile]));
}

/** Two profiles of a run may stand for one account: each of them has a scan of its own. */
function isOfOtherProfile(row: ScanRow, { input: { runId, profile } }: IncomingScan): boolean {
  return runId !== null && row.run_id === runId && row.profile !== profile;
}

/** Whether a newer scan is recorded. */
export async function isOlder(session: Session, { key, facts }: IncomingScan): Promise<boolean> {
  const newer = await session.query(
    `SELECT s.id FROM scout_scans s WHERE ${keyCondition('s')} AND s.scan_time > ? LIMIT 1`,
    [...keyValues(key), sqlTime(facts.scanTime)],
  );
  return newer.length > 0;
}

export function isUnfinished({ status }: ScanRow): boolean {
  return status === ScanStatus.Recording;
}

/** What it means that a scan comes that is recorded already: the same run asks again, or it is a duplicate. */
export function outcomeOfRepeated(row: ScanRow, { input: { runId } }: IncomingScan): PersistResult {
  const outcome = outcomeOfRow(row);
  if (row.completed_at === null || (runId !== null && row.run_id === runId)) return outcome;
  const none = { new: 0, still: 0, resolved: 0, reopened: 0, unverified: 0 };
  return {
    ...outcome,
    status: 'duplicate',
    events: { total: outcome.events.total, ...none },
    notified: 0,
    warnings: [`This scan is recorded already, as scan ${row.id}.`],
  };
}

/** Stores the scan, still `recording`, with its findings; within a transaction. */
export async function insertScan(
  session: Session,
  scan: IncomingScan,
  signal: AbortSignal,
): Promise<ScanRow> {
  const taken = await session.query(
    `SELECT s.id FROM scout_scans s WHERE ${keyCondition('s')} AND s.scan_time = ? AND s.content_sha256 = ?`,
    [...keyValues(scan.key), sqlTime(scan.facts.scanTime), contentOf(scan)],
  );
  const content = taken.length === 0 ? contentOf(scan) : contentOfProfile(scan);
  const { sql, values } = insertRows('scout_scans', SCAN_COLUMNS, [[...scanValues(scan), content]]);
  await session.execute(sql, values);
  const row = await findScan(session, scan);
  if (row === undefined) throw new VedetteError('unexpected', 'The new scan is not in its table.');
  await insertFindings(session, row.id, scan, signal);
  return row;
}

/** Ends a scan whose events are all merged; within the transaction of the last of them. */
export async function finishScan(
  session: Session,
  { id }: MergedScan,
  figures: Statement,
  durationMs: number,
): Promise<ScanRow> {
  await session.execute(
    `UPDATE scout_scans
      SET ${figures.sql}, duration_ms = duration_ms + ?
      WHERE id = ? AND status = ?`,
    [...figures.values, durationMs, id, ScanStatus.Recording],
  );
  return scanRow(session.query, id);
}

/** What is set in the row of a scan that has ended and is the newest. */
export function finalFigures({ facts: { scope } }: IncomingScan): Statement {
  return {
    sql: 'status = ?, events_total = events_new + events_still + events_reopened',
    values: [statusOf(scope)],
  };
}

/** The same for one that is older: the events that it is linked to are known; the others have no place. */
export async function supersededFigures(
  session: Session,
  { facts: { warnings } }: IncomingScan,
  { id }: MergedScan,
  total: number,
): Promise<Statement> {
  const [row] = await session.query<{ known: unknown }>(
    'SELECT COUNT(*) AS known FROM scout_event_findings WHERE scan_id = ?',
    [id],
  );
  const unknown = total - Number(row?.known);
  return {
    sql: 'status = ?, warnings = ?, events_total = ?, events_new = 0, events_still = 0, events_reopened = 0',
    values: [
      ScanStatus.Superseded,
      sqlJson(unknown > 0 ? [...warnings, unknownToNewer(unknown)] : warnings),
      total,
    ],
  };
}

const SCAN_COLUMNS = [
  'organization_id',
  'account_id',
  'source',
  'scan_time',
  'version',
  'total_findings',
  'flagged_findings',
  'created_at',
  'run_id',
  'profile',
  'status',
  'scope',
  'warnings',
  'results_sha256',
  'unverified_reasons',
  'content_sha256',
];

function scanValues({ key, input, facts, findings }: IncomingScan): SqlValue[] {
  return [
    ...keyValues(key),
    sqlTime(facts.scanTime),
    facts.version,
    findings.length,
    findings.filter(({ flaggedItems }) => flaggedItems > 0).length,
    sqlTime(new Date()),
    input.runId,
    input.profile,
    ScanStatus.Recording,
    sqlJson(describeScope(facts.scope)),
    sqlJson(facts.warnings),
    input.resultsSha256,
    '{}',
  ];
}

const FINDING_COLUMNS = [
  'organization_id',
  'scan_id',
  'service',
  'finding_id',
  'level',
  'source_level',
  'flagged_items',
  'checked_items',
  'unknown_items',
  'evaluated',
  'title',
  'description',
  'rationale',
  'remediation',
  'reference_links',
  'compliance',
];

async function insertFindings(
  session: Session,
  scanId: number,
  { key, findings }: IncomingScan,
  signal: AbortSignal,
): Promise<void> {
  for (let start = 0; start < findings.length; start += FINDINGS_BATCH) {
    const batch = findings.slice(start, start + FINDINGS_BATCH);
    const { sql, values } = insertRows(
      'scout_findings',
      FINDING_COLUMNS,
      batch.map((finding) => findingValues(key, scanId, finding)),
    );
    await session.execute(sql, values);
    signal.throwIfAborted();
  }
}

function findingValues({ organizationId }: ScanKey, scanId: number, finding: ObservedFinding): SqlValue[] {
  return [
    organizationId,
    scanId,
    finding.service,
    finding.checkId,
    finding.level,
    finding.sourceLevel,
    finding.flaggedItems,
    finding.checkedItems,
    finding.unknownItems ?? 0,
    finding.evaluated,
    finding.title,
    finding.title,
    finding.rationale,
    finding.remediation,
    sqlJson(finding.references),
    sqlJson(finding.compliance),
  ];
}

function statusOf({ unseen }: ScanScope): ScanStatus {
  return unseen.length === 0 ? ScanStatus.Recorded : ScanStatus.Partial;
}

function unknownToNewer(count: number): string {
  const events = count === 1 ? '1 event' : `${count} events`;
  return `A newer scan of this account is recorded: ${events} that only this older one knows were not stored.`;
}
