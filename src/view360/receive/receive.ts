import { join } from 'node:path';
import type { LoadOutcome } from '../../model/view360.ts';
import type { Config } from '../../settings.ts';
import { inTransaction } from '../../store/database/store.ts';
import type { Store } from '../../store/database/store.ts';
import { noteArchived } from '../../store/view360/ledger.ts';
import type { WorkContext } from '../../work-context.ts';
import { PayloadBucket } from './bucket.ts';
import type { ObjectRef } from './bucket.ts';
import { loadFile } from './load-file.ts';

/**
 * Loads one object of the bucket and moves it to where it belongs: `loaded/`, or `rejected/` with the reason beside it. What
 * was loaded in part stays where it is until it is whole.
 *
 * @returns undefined when the object is there no more
 * @throws VedetteError what may pass
 */
export async function receiveObject(
  store: Store,
  config: Config,
  object: ObjectRef,
  options: { organizationId: string; dryRun?: boolean },
  context: WorkContext,
): Promise<LoadOutcome | undefined> {
  const bucket = new PayloadBucket(config, object.bucket);
  try {
    const { unknownAccounts } = config.view360;
    const home = join(config.general.home, 'payloads');
    return await bucket.withFile(object, home, context, async (payload) => {
      const outcome = await loadFile(store, payload, { ...options, unknownAccounts }, context);
      if (options.dryRun === true || outcome.status === 'partial' || outcome.status === 'failed')
        return outcome;
      const folder = outcome.status === 'rejected' ? 'rejected' : 'loaded';
      const archived = await bucket.archive(object, folder, outcome.error, context.signal);
      const { fileId } = outcome;
      if (fileId !== null) {
        await store.session((session) =>
          inTransaction(store, session, context.signal, () => noteArchived(session, fileId, archived)),
        );
      }
      return outcome;
    });
  } finally {
    bucket.close();
  }
}
