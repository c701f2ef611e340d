import { noticeDue } from '../../model/suppression.ts';
import type { ListedSuppression } from '../../model/suppression.ts';
import { withNamedLock } from '../database/named-lock.ts';
import { isAmong } from '../database/statements.ts';
import { transaction } from '../database/store.ts';
import type { Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import { listSuppressions } from './suppression-list.ts';

/**
 * Has people told of the suppressions that are about to end, each once; costs one look at an index when there is none. One
 * process tells at a time. Killed between telling and noting it, they are told again.
 *
 * @param tell throws when nobody could be told
 * @returns how many were told of
 */
export async function tellOfEnding(
  store: Store,
  organizationId: string,
  tell: (ending: readonly ListedSuppression[]) => Promise<void>,
  signal: AbortSignal,
  now = new Date(),
): Promise<number> {
  const untold = async () =>
    (await listSuppressions(store, organizationId, { untold: true })).filter((one) => noticeDue(one, now));
  if ((await untold()).length === 0) return 0;
  return store.session((session) =>
    withNamedLock(store, session, `suppressions/${organizationId}`, signal, async () => {
      const ending = await untold();
      if (ending.length === 0) return 0;
      await tell(ending);
      const [among, ...ids] = isAmong(
        'id',
        ending.map(({ id }) => id),
      );
      await transaction(store, (writing) =>
        writing.execute(`UPDATE vedette_suppressions SET end_told_at = ? WHERE ${among}`, [
          sqlTime(now),
          ...ids,
        ]),
      );
      return ending.length;
    }),
  );
}
