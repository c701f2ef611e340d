import { VedetteError } from '../../errors.ts';
import { ownOrganization } from '../../settings.ts';
import type { Config } from '../../settings.ts';
import { recordChange } from '../access/audit.ts';
import { inTransaction, letOthersWrite, transaction } from '../database/store.ts';
import type { Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import { changeOf, unknown } from './organizations.ts';

const BATCH_ROWS = 1000;
/** Rows of other tables go with these. */
const BATCH_SCANS = 10;
const ORGANIZATIONS = 'vedette_organizations';

/**
 * Begins the end of an organisation: from now on nobody gets in with a credential of it, and no work for it begins. It is safe
 * to do so again.
 *
 * @throws VedetteError `usage` for the installation's own, `not-found`
 */
export async function beginDeletion(store: Store, config: Config, organizationId: string): Promise<void> {
  if (organizationId === ownOrganization(config)) {
    throw new VedetteError('usage', `${organizationId} is the installation's own organisation.`, {
      remedy: 'To end the installation, remove its database and VEDETTE_HOME.',
    });
  }
  await transaction(store, async (session) => {
    const met = await session.execute(
      `UPDATE ${ORGANIZATIONS} SET deleted_at = COALESCE(deleted_at, ?) WHERE organization_id = ?`,
      [sqlTime(new Date()), organizationId],
    );
    if (met === 0) throw unknown(organizationId);
    await session.execute('DELETE FROM vedette_credentials WHERE organization_id = ?', [organizationId]);
    // Its own log goes with it.
    await recordChange(session, {
      ...changeOf(config, organizationId, 'organizations.delete'),
      before: { organizationId },
      after: null,
    });
  });
}

/**
 * Removes every row that names the organisation, whatever table it is in, its own last; in batches, so that others can write.
 *
 * @returns how many rows there were
 * @throws the signal's reason when it is aborted: what is left goes when it is done again
 */
export async function deleteRows(store: Store, organizationId: string, signal: AbortSignal): Promise<number> {
  const tables = (await tablesOfOrganizations(store)).filter((table) => table !== ORGANIZATIONS);
  let total = 0;
  for (const table of [...tables.toSorted(scansLast), ORGANIZATIONS]) {
    const most = table === 'scout_scans' ? BATCH_SCANS : BATCH_ROWS;
    for (let removed = most; removed === most;) {
      signal.throwIfAborted();
      removed = await store.session((session) =>
        inTransaction(store, session, signal, () =>
          session.execute(deletion(store, table), [organizationId, most]),
        ),
      );
      total += removed;
      if (removed === most) await letOthersWrite(store, signal);
    }
  }
  return total;
}

/** Every table of the database with rows that belong to an organisation; those to come are among them by themselves. */
export async function tablesOfOrganizations(store: Store): Promise<string[]> {
  const rows = await store.read<{ name: string }>(
    store.dialect === 'sqlite'
      ? `SELECT t.name AS name FROM sqlite_master t, pragma_table_info(t.name) c
          WHERE t.type = 'table' AND c.name = 'organization_id' ORDER BY t.name`
      : `SELECT c.TABLE_NAME AS name FROM information_schema.COLUMNS c
          JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME
          WHERE c.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE = 'BASE TABLE' AND c.COLUMN_NAME = 'organization_id'
          ORDER BY c.TABLE_NAME`,
  );
  return rows.map(({ name }) => name);
}

/** What hangs on scans goes before them, in batches of its own. */
function scansLast(one: string, other: string): number {
  return Number(one === 'scout_scans') - Number(other === 'scout_scans');
}

/** The name of the table is the database's own. */
function deletion({ dialect }: Store, table: string): string {
  return dialect === 'sqlite'
    ? `DELETE FROM "${table}" WHERE rowid IN (SELECT rowid FROM "${table}" WHERE organization_id = ? LIMIT ?)`
    : `DELETE FROM \`${table}\` WHERE organization_id = ? LIMIT ?`;
}
