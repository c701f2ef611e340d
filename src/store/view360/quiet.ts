import type { QuietAccount } from '../../model/notification.ts';
import { withNamedLock } from '../database/named-lock.ts';
import { isAmong } from '../database/statements.ts';
import { transaction } from '../database/store.ts';
import type { Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import { accountStandings } from './status.ts';

/**
 * Has people told of the accounts that have sent nothing for two days, of each silence once: one that sends again, and stops
 * again, is told of anew. One process tells at a time. Killed between telling and noting it, they are told again.
 *
 * @param tell gives whether there is anybody to tell; throws when nobody could be told
 * @returns how many are quiet, also those that were told of before
 */
export async function tellOfQuiet(
  store: Store,
  organizationId: string,
  tell: (quiet: readonly QuietAccount[]) => Promise<boolean>,
  signal: AbortSignal,
): Promise<number> {
  const standings = await accountStandings(store, organizationId);
  const quiet = standings.flatMap(({ accountId, accountName, lastPayloadAt, freshness }) =>
    freshness === 'STALE' && lastPayloadAt !== null ? [{ accountId, accountName, lastPayloadAt }] : [],
  );
  if (quiet.length === 0) return 0;
  await store.session((session) =>
    withNamedLock(store, session, `quiet-accounts/${organizationId}`, signal, async () => {
      const told = await store.read<{ account_id: string; last_payload_at: string }>(
        `SELECT n.account_id, n.last_payload_at FROM view360_quiet_notices n
          JOIN view360_accounts a ON a.account_id = n.account_id WHERE a.organization_id = ?`,
        [organizationId],
      );
      const lastTold = new Map(told.map((row) => [row.account_id, row.last_payload_at]));
      const untold = quiet.filter(
        ({ accountId, lastPayloadAt }) => (lastTold.get(accountId) ?? '') < sqlTime(new Date(lastPayloadAt)),
      );
      if (untold.length === 0) return;
      if (!(await tell(untold))) return;
      await transaction(store, async (writing) => {
        const [among, ...ids] = isAmong(
          'account_id',
          untold.map(({ accountId }) => accountId),
        );
        await writing.execute(`DELETE FROM view360_quiet_notices WHERE ${among}`, ids);
        const toldAt = sqlTime(new Date());
        for (const { accountId, lastPayloadAt } of untold)
          await writing.execute(
            'INSERT INTO view360_quiet_notices (account_id, last_payload_at, told_at) VALUES (?, ?, ?)',
            [accountId, sqlTime(new Date(lastPayloadAt)), toldAt],
          );
      });
    }),
  );
  return quiet.length;
}
