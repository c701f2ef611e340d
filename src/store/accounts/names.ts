import { VedetteError } from '../../errors.ts';
import type { Session } from '../database/store.ts';

/**
 * Accounts and projects of an organisation share their names: a scan takes either by its name.
 *
 * @throws VedetteError `usage` when the name is taken
 */
export async function assertNameIsFree(
  session: Session,
  organizationId: string,
  name: string,
): Promise<void> {
  for (const table of ['vedette_accounts', 'vedette_projects']) {
    const taken = await session.query(`SELECT id FROM ${table} WHERE organization_id = ? AND name = ?`, [
      organizationId,
      name,
    ]);
    if (taken.length === 0) continue;
    throw new VedetteError('usage', `There is an account named ${JSON.stringify(name)} already.`, {
      remedy: 'Choose another name, or remove that one first (vedette account remove).',
    });
  }
}

/** What the audit log calls a change of one of them. */
export function accountChange(organizationId: string, name: string, action: string) {
  return { organizationId, action, target: `accounts/${name}` };
}
