import type { Level } from '../../model/level.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import type { CoverageFilter } from './coverage.ts';

/** Active events of all sources by service and level: where an account can be attacked. */
export async function openEventsByService(
  store: Store,
  { organizationId, accountIds }: CoverageFilter,
): Promise<{ service: string; level: Level; events: number }[]> {
  const { sql, values } = conditions([
    ['c.organization_id = ?', organizationId],
    ["c.grain = 'all'"],
    ["c.status = 'active'"],
    isOneOf('c.account_id', accountIds),
  ]);
  const rows = await store.read<{ service: string; level: Level; events: unknown }>(
    `SELECT c.service, c.level, SUM(c.events) AS events
      FROM vedette_event_counts c
      WHERE ${sql}
      GROUP BY c.service, c.level`,
    values,
  );
  return rows.map(({ service, level, events }) => ({ service, level, events: Number(events) }));
}
