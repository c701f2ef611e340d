import { join } from 'node:path';
import type { LoadOutcome, PayloadRef } from '../../model/view360.ts';
import type { Config } from '../../settings.ts';
import { inTransaction } from '../../store/database/store.ts';
import type { Store } from '../../store/database/store.ts';
import { beginRun, endRun, noteArchived, noteDead } from '../../store/view360/ledger.ts';
import type { RunIdentity } from '../../store/view360/ledger.ts';
import { setUpView360 } from '../../store/view360/set-up.ts';
import type { WorkContext } from '../../work-context.ts';
import { PayloadBucket } from './bucket.ts';
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
  object: PayloadRef,
  options: { organizationId: string; dryRun?: boolean; runId?: number | null },
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

/** Says in the ledger that somebody must look at a file. */
export async function giveUp(
  store: Store,
  object: { organizationId: string; bucket: string; key: string; runId: number | null },
  error: { code: string; message: string },
): Promise<void> {
  await setUpView360(store);
  const { signal } = new AbortController();
  await store.session((session) =>
    inTransaction(store, session, signal, () => noteDead(session, object, error)),
  );
}

/** Notes that payloads are looked for. Gives the number of the run; the same for the same execution. */
export async function openRun(store: Store, run: RunIdentity): Promise<number> {
  await setUpView360(store);
  const { signal } = new AbortController();
  return store.session((session) => inTransaction(store, session, signal, () => beginRun(session, run)));
}

/** What was found by the run may still be loading, and is counted in it when it is done. */
export async function closeRun(store: Store, id: number): Promise<void> {
  const { signal } = new AbortController();
  await store.session((session) => inTransaction(store, session, signal, () => endRun(session, id)));
}
