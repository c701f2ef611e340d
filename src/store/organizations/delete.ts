import { VedetteError } from '../../errors.ts';
import { ownOrganization } from '../../settings.ts';
import type { Config } from '../../settings.ts';
import { recordChange } from '../access/audit.ts';
import { currentAuthor } from '../access/author.ts';
import { inTransaction, letOthersWrite, transaction } from '../database/store.ts';
import type { Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import { changeOf, unknown } from './organizations.ts';

const BATCH_ROWS = 1000;
/** Rows of other tables go with these. */
const BATCH_SCANS = 10;
const ORGANIZATIONS = 'vedette_organizations';
const DELETE = 'organizations.delete';
const AUDIT = 'vedette_audit';

/**
 * That this organisation is meant, and can be deleted; also one whose deletion was begun and did not come to its end.
 *
 * @param name as it was typed
 * @throws VedetteError `usage` for another name and for the installation's own; `not-found`
 */
export async function requireDeletable(
  store: Store,
  config: Config,
  { organizationId, name }: { organizationId: string; name: string },
): Promise<void> {
  refuseOwn(config, organizationId);
  const [row] = await store.read<{ name: string }>(
    `SELECT name FROM ${ORGANIZATIONS} WHERE organization_id = ?`,
    [organizationId],
  );
  if (row === undefined) throw unknown(organizationId);
  if (row.name === name) return;
  throw new VedetteError('usage', `${organizationId} is not called ${JSON.stringify(name)}.`, {
    remedy: 'vedette organisation show and Settings → Organisation tell what it is called.',
  });
}

/**
 * Begins the end of an organisation: from now on nobody gets in with a credential of it, and no work for it begins. It is safe
 * to do so again, also when it is gone.
 *
 * @throws VedetteError `usage` for the installation's own
 */
export async function beginDeletion(store: Store, config: Config, organizationId: string): Promise<void> {
  refuseOwn(config, organizationId);
  await transaction(store, async (session) => {
    const met = await session.execute(
      `UPDATE ${ORGANIZATIONS} SET deleted_at = ? WHERE organization_id = ? AND deleted_at IS NULL`,
      [sqlTime(new Date()), organizationId],
    );
    if (met === 0) {
      // It stands in the log already.
      currentAuthor().recorded.add(DELETE);
      return;
    }
    await session.execute('DELETE FROM vedette_credentials WHERE organization_id = ?', [organizationId]);
    await recordChange(session, {
      ...changeOf(config, organizationId, DELETE),
      before: { organizationId },
      after: null,
    });
  });
}

/**
 * Removes every row that names the organisation, whatever table it is in, its own last; in batches, so that others can write.
 * People who belong to no other one go as well. Of its audit log the installation's own keeps who did what and when, but not
 * what it was before and after: that is the organisation's.
 *
 * @returns how many rows there were
 * @throws the signal's reason when it is aborted: what is left goes when it is done again
 */
export async function deleteRows(
  store: Store,
  config: Config,
  organizationId: string,
  signal: AbortSignal,
): Promise<number> {
  refuseOwn(config, organizationId);
  const tables = (await tablesOfOrganizations(store)).filter((table) => table !== ORGANIZATIONS);
  let total = await deletePeople(store, organizationId, signal);
  for (const table of [...tables.toSorted(scansLast), ORGANIZATIONS]) {
    const most = table === 'scout_scans' ? BATCH_SCANS : BATCH_ROWS;
    for (let removed = most; removed === most;) {
      signal.throwIfAborted();
      removed = await store.session((session) =>
        inTransaction(store, session, signal, () =>
          table === AUDIT
            ? session.execute(keeping(store), [
                ownOrganization(config),
                `organizations/${organizationId}/`,
                '{}',
                organizationId,
                most,
              ])
            : session.execute(deletion(store, table), [organizationId, most]),
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

/** With what they sign in with, by foreign keys. Those who run the installation stay. */
function deletePeople(store: Store, organizationId: string, signal: AbortSignal): Promise<number> {
  return transaction(
    store,
    (session) =>
      session.execute(
        `DELETE FROM vedette_users WHERE operator = 0
          AND id IN (SELECT user_id FROM vedette_memberships WHERE organization_id = ?)
          AND id NOT IN (SELECT user_id FROM vedette_memberships WHERE organization_id <> ?)`,
        [organizationId, organizationId],
      ),
    signal,
  );
}

function refuseOwn(config: Config, organizationId: string): void {
  if (organizationId !== ownOrganization(config)) return;
  throw new VedetteError('usage', `${organizationId} is the installation's own organisation.`, {
    remedy: 'To end the installation, remove its database and VEDETTE_HOME.',
  });
}

/** What hangs on scans goes before them, in batches of its own. */
function scansLast(one: string, other: string): number {
  return Number(one === 'scout_scans') - Number(other === 'scout_scans');
}

/** The name of the table is the database's own. */
function deletion({ dialect }: Store, table: string): string {
  return dialect === 'sqlite'
    ? `DELETE FROM "${table}" WHERE ${someOf(table)}`
    : `DELETE FROM \`${table}\` WHERE organization_id = ? LIMIT ?`;
}

/** Makes entries of the audit log the installation's own. */
function keeping({ dialect }: Store): string {
  return dialect === 'sqlite'
    ? `UPDATE ${AUDIT} SET organization_id = ?, target = ? || target, details = ? WHERE ${someOf(AUDIT)}`
    : `UPDATE ${AUDIT} SET organization_id = ?, target = CONCAT(?, target), details = ?
        WHERE organization_id = ? LIMIT ?`;
}

/** For SQLite, whose statements that change something know no limit. */
function someOf(table: string): string {
  return `rowid IN (SELECT rowid FROM "${table}" WHERE organization_id = ? LIMIT ?)`;
}
