import { randomUUID } from 'node:crypto';
import { VedetteError } from '../../errors.ts';
import type { Organization, OrganizationOverview } from '../../model/organization.ts';
import { ownOrganization } from '../../settings.ts';
import type { Config } from '../../settings.ts';
import { recordChange } from '../access/audit.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';

interface OrganizationRow {
  organization_id: string;
  name: string;
  created_at: string;
  created_by: string;
  deleted_at: string | null;
}

const COLUMNS = 'organization_id, name, created_at, created_by, deleted_at';

/**
 * Makes an organisation. Its external id is ours and random: who could choose it could have us enter the roles of another.
 *
 * @param organizationId as `ORGANIZATION_ID` has it; whoever asks people checks that
 * @throws VedetteError `usage` when it is taken
 */
export async function addOrganization(
  store: Store,
  config: Config,
  { organizationId, name, createdBy }: Pick<Organization, 'organizationId' | 'name' | 'createdBy'>,
): Promise<Organization> {
  const made = await transaction(store, async (session) => {
    if (!(await insert(session, { organizationId, name, createdBy }))) return false;
    await recordChange(session, {
      ...changeOf(config, organizationId, 'organizations.add'),
      before: null,
      after: { name },
    });
    return true;
  });
  if (!made) {
    throw new VedetteError('usage', `There is an organisation ${JSON.stringify(organizationId)} already.`, {
      remedy: 'Choose another id; vedette organisation list shows those that are taken.',
    });
  }
  return getOrganization(store, config, organizationId);
}

/** Enters the organisation that the configuration names as the installation's own, where it is not there yet. */
export async function ensureOwnOrganization(store: Store, config: Config): Promise<void> {
  const organizationId = ownOrganization(config);
  if ((await organizationRows(store, organizationId)).length > 0) return;
  const own = { organizationId, name: organizationId, createdBy: 'vedette' };
  await transaction(store, (session) => insert(session, own));
}

/** By id, also those whose deletion has begun. */
export async function listOrganizations(store: Store, config: Config): Promise<OrganizationOverview[]> {
  const [rows, accounts, scans] = await Promise.all([
    organizationRows(store),
    store.read<{ organization_id: string; n: number }>(
      'SELECT organization_id, COUNT(*) AS n FROM vedette_accounts GROUP BY organization_id',
    ),
    store.read<{ organization_id: string; n: number; last: string }>(
      'SELECT organization_id, COUNT(*) AS n, MAX(scan_time) AS last FROM scout_scans GROUP BY organization_id',
    ),
  ]);
  return rows.map((row) => {
    const ofThis = (other: { organization_id: string }) => other.organization_id === row.organization_id;
    const scanned = scans.find(ofThis);
    return {
      ...organizationOf(row, config),
      accounts: accounts.find(ofThis)?.n ?? 0,
      scans: scanned?.n ?? 0,
      lastScanAt: isoTimeOrNull(scanned?.last ?? null),
    };
  });
}

/** @throws VedetteError `not-found`, also for one whose deletion has begun */
export async function getOrganization(
  store: Store,
  config: Config,
  organizationId: string,
): Promise<Organization> {
  const [row] = await organizationRows(store, organizationId);
  if (row === undefined || row.deleted_at !== null) throw unknown(organizationId);
  return organizationOf(row, config);
}

/**
 * Calls it otherwise; its id stays.
 *
 * @throws VedetteError `not-found`
 */
export async function renameOrganization(
  store: Store,
  config: Config,
  organizationId: string,
  name: string,
): Promise<void> {
  await transaction(store, async (session) => {
    const [row] = await session.query<{ name: string }>(
      'SELECT name FROM vedette_organizations WHERE organization_id = ? AND deleted_at IS NULL',
      [organizationId],
    );
    if (row === undefined) throw unknown(organizationId);
    await session.execute('UPDATE vedette_organizations SET name = ? WHERE organization_id = ?', [
      name,
      organizationId,
    ]);
    await recordChange(session, {
      ...changeOf(config, organizationId, 'organizations.rename'),
      before: { name: row.name },
      after: { name },
    });
  });
}

/**
 * What the roles of its accounts ask for.
 *
 * @throws VedetteError `not-found`
 */
export async function externalIdOf(query: Session['query'], organizationId: string): Promise<string> {
  const [row] = await query<{ external_id: string }>(
    'SELECT external_id FROM vedette_organizations WHERE organization_id = ? AND deleted_at IS NULL',
    [organizationId],
  );
  if (row === undefined) throw unknown(organizationId);
  return row.external_id;
}

/** Whether a person is one of those who run the installation. */
export async function isOperator(store: Store, userId: number): Promise<boolean> {
  const found = await store.read(
    'SELECT id FROM vedette_users WHERE id = ? AND operator = 1 AND disabled_at IS NULL',
    [userId],
  );
  return found.length > 0;
}

export function unknown(organizationId: string): VedetteError {
  return new VedetteError('not-found', `There is no organisation ${JSON.stringify(organizationId)}.`, {
    remedy: 'vedette organisation list shows those that there are.',
  });
}

/** False when the id is taken. */
async function insert(
  session: Session,
  { organizationId, name, createdBy }: Pick<Organization, 'organizationId' | 'name' | 'createdBy'>,
): Promise<boolean> {
  const taken = await session.query('SELECT 1 FROM vedette_organizations WHERE organization_id = ?', [
    organizationId,
  ]);
  if (taken.length > 0) return false;
  await session.execute(
    `INSERT INTO vedette_organizations (organization_id, name, external_id, created_at, created_by)
      VALUES (?, ?, ?, ?, ?)`,
    [organizationId, name, randomUUID(), sqlTime(new Date()), createdBy],
  );
  return true;
}

/** Whoever runs the installation finds it in the log of its own organisation. */
export function changeOf(config: Config, organizationId: string, action: string) {
  return { organizationId: ownOrganization(config), action, target: `organizations/${organizationId}` };
}

function organizationRows(store: Store, organizationId?: string): Promise<OrganizationRow[]> {
  return organizationId === undefined
    ? store.read(`SELECT ${COLUMNS} FROM vedette_organizations ORDER BY organization_id`)
    : store.read(`SELECT ${COLUMNS} FROM vedette_organizations WHERE organization_id = ?`, [organizationId]);
}

function organizationOf(row: OrganizationRow, config: Config): Organization {
  return {
    organizationId: row.organization_id,
    name: row.name,
    createdAt: isoTime(row.created_at),
    createdBy: row.created_by,
    deletedAt: isoTimeOrNull(row.deleted_at),
    own: row.organization_id === ownOrganization(config),
  };
}
