import { METADATA_TABLE } from './column-types.ts';
import { inTransaction } from './store.ts';
import type { Store } from './store.ts';

const METADATA_ROW = `INSERT INTO ${METADATA_TABLE} (type, name) VALUES ('WRITE_CHECK', 'rolled back')`;

/**
 * Tries what storing a scan needs: to write a row, which is rolled back, and a temporary table. The tables must be there.
 *
 * @throws VedetteError what a scan would fail with.
 */
export async function checkWrites(store: Store): Promise<void> {
  await store.session(async (session) => {
    const undone = new AbortController();
    const written = inTransaction(store, session, undone.signal, async () => {
      await session.execute(METADATA_ROW);
      undone.abort();
    });
    await written.catch((error: unknown) => {
      if (!undone.signal.aborted) throw error;
    });
    await session.execute('CREATE TEMPORARY TABLE write_check (id int PRIMARY KEY)');
    await session.execute(`DROP ${store.dialect === 'mysql' ? 'TEMPORARY ' : ''}TABLE write_check`);
  });
}
