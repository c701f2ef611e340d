import type { Dialect } from '../database/column-types.ts';
import { useIndex } from '../database/index-hints.ts';
import type { Session, Store } from '../database/store.ts';
import { keyCondition, keyValues } from '../scans/scan-key.ts';
import type { ScanKey } from '../scans/scan-key.ts';
import { COUNTS_BY_ACCOUNT, GRAINS } from './count-grains.ts';
import type { Grain } from './count-grains.ts';

const COUNT_COLUMNS =
  'organization_id, grain, account_id, source, service, check_id, level, region, status, events';

/** Counts the events of one account and source anew, in the transaction that changed them. */
export async function refreshEventCounts(store: Store, session: Session, key: ScanKey): Promise<void> {
  await waitForOthers(store, session, key);
  const [firstGrain, ...grains] = Object.keys(GRAINS).toReversed() as [Grain, ...Grain[]];
  await session.execute(
    `${deleteFrom(store.dialect)}
      WHERE c.organization_id = ? AND c.grain IN (?, ?, ?, ?) AND c.account_id = ? AND c.source = ?`,
    [key.organizationId, firstGrain, ...grains, key.accountId, key.source],
  );
  await session.execute(
    `INSERT INTO vedette_event_counts (${COUNT_COLUMNS})
      SELECT
        e.organization_id, ?, e.account_id, e.source, e.service, e.check_id, e.level, COALESCE(e.region, ''),
        e.status, COUNT(*)
      FROM scout_events e
      WHERE ${keyCondition('e')}
      GROUP BY
        e.organization_id, e.account_id, e.source, e.service, e.check_id, e.level, e.region, e.status`,
    [firstGrain, ...keyValues(key)],
  );
  for (const grain of grains) {
    const check = GRAINS[grain].check ? 'c.check_id' : "''";
    const region = GRAINS[grain].region ? 'c.region' : "''";
    const apart = [check, 'c.level', region, 'c.status'].filter((column) => column !== "''").join(', ');
    await session.execute(
      `INSERT INTO vedette_event_counts (${COUNT_COLUMNS})
        SELECT
          c.organization_id, ?, c.account_id, c.source, c.service, ${check}, c.level, ${region}, c.status,
          SUM(c.events)
        FROM vedette_event_counts c
        WHERE ${keyCondition('c')} AND c.grain = ?
        GROUP BY c.organization_id, c.account_id, c.source, c.service, ${apart}`,
      [grain, ...keyValues(key), firstGrain],
    );
  }
}

/** By an index in any case: rows of other accounts that are only looked at are locked, too. */
function deleteFrom(dialect: Dialect): string {
  return dialect === 'mysql'
    ? `DELETE c FROM vedette_event_counts c ${useIndex(dialect, COUNTS_BY_ACCOUNT)}`
    : 'DELETE FROM vedette_event_counts AS c';
}

/** Two that count at once would each miss what the other changed: the first scan's row stands for its account and source. */
async function waitForOthers({ dialect }: Store, session: Session, key: ScanKey): Promise<void> {
  if (dialect === 'sqlite') return;
  const [first] = await session.query<{ id: number | null }>(
    `SELECT MIN(s.id) AS id FROM scout_scans s WHERE ${keyCondition('s')}`,
    keyValues(key),
  );
  await session.query('SELECT id FROM scout_scans WHERE id = ? FOR UPDATE', [first?.id ?? null]);
}
