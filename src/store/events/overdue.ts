import type { DuePolicy } from '../../model/due-date.ts';
import { useIndex } from '../database/index-hints.ts';
import type { Store } from '../database/store.ts';
import { eventConditions } from './event-conditions.ts';

/** How many active events of an account should have been mended by `now`. */
export async function countOverdue(
  store: Store,
  account: { organizationId: string; accountId: string },
  { duePolicy, now }: { duePolicy: DuePolicy; now: Date },
): Promise<number> {
  const [where, ...values] = eventConditions({
    organizationId: account.organizationId,
    accountIds: [account.accountId],
    dueUntil: now.toISOString(),
    duePolicy,
  });
  const [row] = await store.read<{ events: unknown }>(
    `SELECT COUNT(*) AS events FROM scout_events e ${useIndex(store.dialect, 'idx_events_kind')} WHERE ${where}`,
    values,
  );
  return Number(row?.events ?? 0);
}
