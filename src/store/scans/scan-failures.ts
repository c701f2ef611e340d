import type { FailureReport } from '../../model/failure.ts';
import type { Stage } from '../../model/run.ts';
import type { ScanFailure } from '../../model/scan-failure.ts';
import type { TargetKind } from '../../model/target.ts';
import { inTransaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { fromJson, isoTime, sqlJson, sqlTime } from '../database/values.ts';

interface FailureRow {
  target_kind: TargetKind;
  target_name: string;
  source: string;
  run_id: string;
  stage: Stage;
  failure: unknown;
  times: number;
  first_failed_at: string;
  last_failed_at: string;
}

const OF_TARGET = 'organization_id = ? AND target_kind = ? AND target_name = ? AND source = ?';

/** Keeps that the scan of a target has failed in a run. Told again of the same run, it changes what is told, and counts once. */
export async function recordScanFailure(
  store: Store,
  organizationId: string,
  failed: Pick<ScanFailure, 'targetKind' | 'targetName' | 'source' | 'runId' | 'stage' | 'failure'>,
  signal: AbortSignal,
  now = new Date(),
): Promise<void> {
  const { targetKind, targetName, source, runId, stage, failure } = failed;
  const { type, message, remedy } = failure;
  const told = [runId, stage, sqlJson({ type, message, remedy }), sqlTime(now)];
  const target = [organizationId, targetKind, targetName, source];
  await store.session((session) =>
    inTransaction(store, session, signal, async () => {
      const changed = await session.execute(
        `UPDATE vedette_scan_failures
          SET times = times + CASE WHEN run_id = ? THEN 0 ELSE 1 END, run_id = ?, stage = ?, failure = ?, last_failed_at = ?
          WHERE ${OF_TARGET}`,
        [runId, ...told, ...target],
      );
      if (changed > 0) return;
      await session.execute(
        'INSERT INTO vedette_scan_failures (run_id, stage, failure, last_failed_at, first_failed_at, times, ' +
          'organization_id, target_kind, target_name, source) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?)',
        [...told, sqlTime(now), ...target],
      );
    }),
  );
}

/** A scan with this profile went through: whatever failed before is over. Within the transaction that completes it. */
export async function endScanFailures(
  session: Session,
  { organizationId, source, profile }: { organizationId: string; source: string; profile: string | null },
): Promise<void> {
  if (profile === null) return;
  await session.execute(
    'DELETE FROM vedette_scan_failures WHERE organization_id = ? AND target_name = ? AND source = ?',
    [organizationId, profile, source],
  );
}

/** Of all targets that an organisation has scanned. */
export async function listScanFailures(store: Store, organizationId: string): Promise<ScanFailure[]> {
  const rows = await store.read<FailureRow>(
    `SELECT target_kind, target_name, source, run_id, stage, failure, times, first_failed_at, last_failed_at
      FROM vedette_scan_failures
      WHERE organization_id = ?
      ORDER BY target_name, source`,
    [organizationId],
  );
  return rows.map((row) => ({
    targetKind: row.target_kind,
    targetName: row.target_name,
    source: row.source,
    runId: row.run_id,
    stage: row.stage,
    failure: fromJson(row.failure) as FailureReport,
    times: row.times,
    firstFailedAt: isoTime(row.first_failed_at),
    lastFailedAt: isoTime(row.last_failed_at),
  }));
}
