import type { Observation } from '../../model/observation.ts';
import { ScanStatus } from '../../model/scan.ts';
import type { WorkContext } from '../../work-context.ts';
import { withNamedLock } from '../database/named-lock.ts';
import type { Session, Store } from '../database/store.ts';
import { ChunkPipeline } from './chunk-pipeline.ts';
import { readScan } from './incoming-scan.ts';
import type { IncomingScan, PersistInput } from './incoming-scan.ts';
import { writerLock } from './scan-key.ts';
import { findScan, isOlder, isUnfinished, outcomeOfRepeated } from './scan-rows.ts';
import type { PersistResult } from './scan-rows.ts';
import type { ScanRow } from './scans.ts';
import { withdrawLocked } from './withdraw.ts';

/** Events that are merged in one transaction: no other writer waits for longer than that takes. */
const CHUNK_ROWS = 25_000;

/**
 * Stores one scan with its findings and events. The events are staged and merged in chunks, each in a transaction of its own
 * that also counts them; the scan itself is stored with the first chunk, and is `recording` until the last one. Killed at any
 * moment and run again, it arrives where one undisturbed run does. What the scan did not bring is judged afterwards, by
 * `resolveEvents`.
 *
 * The same scan again is a `duplicate`, unless it is the same run's or was never completed: then it goes on from where it
 * was, and the recorded figures come back. One that was superseded by a scan that has been withdrawn is stored anew.
 *
 * @param observations The facts of the scan, then its findings, then its events.
 * @throws VedetteError of the database, or `results-invalid`; the signal's reason when aborted. Nothing is stored then,
 *   unless a chunk was merged already.
 */
export async function persistScan(
  store: Store,
  observations: AsyncIterable<Observation>,
  input: PersistInput,
  context: WorkContext,
  chunkRows = CHUNK_ROWS,
): Promise<PersistResult> {
  const startedAt = Date.now();
  const iterator = observations[Symbol.asyncIterator]();
  try {
    const scan = await readScan(iterator, input);
    return await store.sessions((sessions) =>
      withNamedLock(store, sessions[0], writerLock(scan.key), context.signal, async () => {
        const recorded = await findScan(sessions[0], scan);
        if (recorded !== undefined && !isUnfinished(recorded)) {
          if (!(await isSetAsideForNothing(sessions[0], recorded, scan)))
            return outcomeOfRepeated(recorded, scan);
          await withdrawLocked(store, sessions[0], recorded, context);
        }
        return new ChunkPipeline(store, sessions, scan, context, { chunkRows, startedAt }).run();
      }),
    );
  } finally {
    await iterator.return?.();
  }
}

/** Whether a scan was superseded, and would not be now: what it alone knows was not stored. */
async function isSetAsideForNothing(session: Session, row: ScanRow, scan: IncomingScan): Promise<boolean> {
  return row.status === ScanStatus.Superseded && !(await isOlder(session, scan));
}
