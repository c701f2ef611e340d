import type { RecordedRun } from '../../model/run.ts';
import type { Store } from '../database/store.ts';
import { isoTime, isoTimeOrNull } from '../database/values.ts';

/** The runs that scans were recorded of, newest first; one whose scans all failed is not among them. */
export async function listRecordedRuns(
  store: Store,
  organizationId: string,
  limit: number,
): Promise<RecordedRun[]> {
  const runs = await store.read<{ run_id: string; started: string; ended: string | null }>(
    `SELECT s.run_id, MIN(s.scan_time) AS started, MAX(s.completed_at) AS ended
      FROM scout_scans s
      WHERE s.organization_id = ? AND s.run_id IS NOT NULL
      GROUP BY s.run_id
      ORDER BY MAX(s.id) DESC
      LIMIT ?`,
    [organizationId, limit],
  );
  return Promise.all(
    runs.map(async ({ run_id: runId, started, ended }) => {
      const sources = await store.read<{ source: string }>(
        `SELECT DISTINCT s.source FROM scout_scans s WHERE s.organization_id = ? AND s.run_id = ? ORDER BY s.source`,
        [organizationId, runId],
      );
      return {
        runId,
        status: null,
        outcome: null,
        source: sources.map(({ source }) => source).join(','),
        startedAt: isoTime(started),
        endedAt: isoTimeOrNull(ended),
      };
    }),
  );
}
