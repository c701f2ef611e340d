import { useIndex } from '../database/index-hints.ts';
import type { Store } from '../database/store.ts';

export interface Check {
  service: string;
  checkId: string;
}

/** Checks with events, whose id or newest title has the text in it, in large or small letters. */
export async function checksMatching(store: Store, organizationId: string, text: string): Promise<Check[]> {
  const rows = await store.read<{ service: string; check_id: string }>(
    `SELECT DISTINCT c.service, c.check_id
      FROM vedette_event_counts c
      WHERE c.organization_id = ? AND c.grain = 'check'`,
    [organizationId],
  );
  const checks = rows.map(({ service, check_id: checkId }) => ({ service, checkId }));
  const titles = await titlesOf(store, organizationId, checks);
  const sought = text.toLowerCase();
  return checks.filter(({ checkId }, index) =>
    [checkId, titles[index] ?? ''].some((words) => words.toLowerCase().includes(sought)),
  );
}

/** What the newest finding of each check says. */
export function titlesOf(
  store: Store,
  organizationId: string,
  checks: readonly Check[],
): Promise<(string | undefined)[]> {
  return Promise.all(
    checks.map(async ({ service, checkId }) => {
      const [row] = await store.read<{ title: string }>(
        `SELECT f.title
          FROM scout_findings f ${useIndex(store.dialect, 'ix_scout_findings_finding_id')}
          WHERE f.organization_id = ? AND f.finding_id = ? AND f.service = ?
          ORDER BY f.id DESC
          LIMIT 1`,
        [organizationId, checkId, service],
      );
      return row?.title;
    }),
  );
}
