import type { WorkContext } from '../../work-context.ts';
import { inTransaction } from '../database/store.ts';
import type { Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import { tables } from './tables.ts';

const BATCH_ROWS = 2000;

/**
 * Removes what is over and older than `before`: rows that are gone, what was wrong with rows, how collecting and receiving went.
 * Costs and other figures of days stay, and so does the ledger of files: by it, none is loaded twice. Works in batches; done twice
 * it is the same as done once.
 *
 * @throws VedetteError of the database; the signal's reason when aborted
 */
export async function purgeAccountRows(
  store: Store,
  { organizationId, before }: { organizationId: string; before: string },
  context: WorkContext,
): Promise<void> {
  // Where nobody keeps figures of accounts there are no such tables.
  const kept = await store
    .read('SELECT version FROM view360_schema_versions LIMIT 1')
    .then(() => true)
    .catch(() => false);
  if (!kept) return;
  const ofAccounts = 'account_id IN (SELECT account_id FROM view360_accounts WHERE organization_id = ?)';
  const ofFiles = 'file_id IN (SELECT id FROM view360_ingest_files WHERE organization_id = ?)';
  for (const { sqlName, kind, name, has } of tables.values()) {
    if (kind !== 'entity' || name === 'accounts' || !has.has('account_id')) continue;
    await remove(store, sqlName, `${ofAccounts} AND gone_at < ?`, [organizationId, sqlTime(before)], context);
  }
  for (const [table, condition] of [
    ['view360_ingest_rejects', `${ofFiles} AND created_at < ?`],
    ['view360_ingest_runs', "organization_id = ? AND status <> 'RUNNING' AND started_at < ?"],
    ['view360_logs', `${ofAccounts} AND date_created < ?`],
  ] as const) {
    await remove(store, table, condition, [organizationId, sqlTime(before)], context);
  }
}

async function remove(
  store: Store,
  table: string,
  condition: string,
  values: readonly string[],
  { signal, onProgress }: WorkContext,
): Promise<void> {
  const key = table === 'view360_ingest_rejects' || table === 'view360_ingest_runs' ? 'id' : 'row_key';
  for (let removed = 0, batch = BATCH_ROWS; batch === BATCH_ROWS; removed += batch) {
    batch = await store.session((session) =>
      inTransaction(store, session, signal, () =>
        // MySQL takes no LIMIT within IN, but in a table made of it.
        session.execute(
          `DELETE FROM ${table} WHERE ${key} IN (SELECT k FROM (SELECT ${key} AS k FROM ${table} WHERE ${condition} LIMIT ${BATCH_ROWS}) old)`,
          values,
        ),
      ),
    );
    onProgress(`${removed + batch} rows of ${table} removed`);
  }
}
