import { randomUUID } from 'node:crypto';
import { VedetteError } from '../../errors.ts';
import type { Account } from '../../model/account.ts';
import type { FailureReport } from '../../model/failure.ts';
import { recordChange } from '../access/audit.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { fromJson, isoTime, isoTimeOrNull, sqlJson, sqlTime } from '../database/values.ts';

export type NewAccount = Pick<Account, 'name' | 'accountId' | 'roleArn' | 'baseProfile' | 'createdBy'>;

interface AccountRow {
  organization_id: string;
  name: string;
  kind: Account['kind'];
  account_id: string;
  role_arn: string;
  external_id: string;
  base_profile: string | null;
  created_at: string;
  created_by: string;
  checked_at: string | null;
  problem: unknown;
}

const COLUMNS =
  'organization_id, name, kind, account_id, role_arn, external_id, base_profile, created_at, created_by, checked_at, problem';

/**
 * Adds an account. Its external id is that of the organisation's other accounts, so that one trust policy serves them
 * all, or a new one that nobody can guess. It is never given from outside: who could choose it could have us enter
 * somebody else's role.
 *
 * @throws VedetteError `usage` when the name is taken.
 */
export function addAccount(store: Store, organizationId: string, account: NewAccount): Promise<Account> {
  const { name, accountId, roleArn, baseProfile, createdBy } = account;
  return transaction(store, async (session) => {
    if ((await accountRows(session.query, organizationId, name)).length > 0) throw nameTaken(name);
    const [other] = await session.query<Pick<AccountRow, 'external_id'>>(
      'SELECT external_id FROM vedette_accounts WHERE organization_id = ? ORDER BY id LIMIT 1',
      [organizationId],
    );
    await session.execute(
      `INSERT INTO vedette_accounts
        (organization_id, name, kind, account_id, role_arn, external_id, base_profile, created_at, created_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        organizationId,
        name,
        'aws-role',
        accountId,
        roleArn,
        other?.external_id ?? randomUUID(),
        baseProfile,
        sqlTime(new Date()),
        createdBy,
      ],
    );
    const [row] = await accountRows(session.query, organizationId, name);
    if (row === undefined) throw new VedetteError('unexpected', 'A new account was not stored.');
    const added = accountOf(row);
    await recordChange(session, {
      ...changeOf(organizationId, name, 'accounts.add'),
      before: null,
      after: accessOf(added),
    });
    return added;
  });
}

/** The organisation's accounts, by name. */
export async function listAccounts(store: Store, organizationId: string): Promise<Account[]> {
  return (await accountRows((sql, values) => store.read(sql, values), organizationId)).map(accountOf);
}

/** @throws VedetteError `account-unknown` also for an account of another organisation */
export async function getAccount(store: Store, organizationId: string, name: string): Promise<Account> {
  const [row] = await accountRows((sql, values) => store.read(sql, values), organizationId, name);
  if (row === undefined) throw unknown(name);
  return accountOf(row);
}

/**
 * Forgets how to get into an account. What its scans have found stays.
 *
 * @throws VedetteError `account-unknown`
 */
export async function removeAccount(store: Store, organizationId: string, name: string): Promise<void> {
  await transaction(store, async (session) => {
    const [row] = await accountRows(session.query, organizationId, name);
    if (row === undefined) throw unknown(name);
    await session.execute('DELETE FROM vedette_accounts WHERE organization_id = ? AND name = ?', [
      organizationId,
      name,
    ]);
    const before = accessOf(accountOf(row));
    await recordChange(session, {
      ...changeOf(organizationId, name, 'accounts.remove'),
      before,
      after: null,
    });
  });
}

/** @param problem null when the role could be assumed */
export async function recordCheck(
  store: Store,
  { organizationId, name }: Pick<Account, 'organizationId' | 'name'>,
  problem: FailureReport | null,
): Promise<void> {
  await transaction(store, async (session) => {
    const [row] = await accountRows(session.query, organizationId, name);
    if (row === undefined) throw unknown(name);
    await session.execute(
      'UPDATE vedette_accounts SET checked_at = ?, problem = ? WHERE organization_id = ? AND name = ?',
      [sqlTime(new Date()), problem === null ? null : sqlJson(problem), organizationId, name],
    );
    await recordChange(session, {
      ...changeOf(organizationId, name, 'accounts.check'),
      before: { problem: accountOf(row).problem },
      after: { problem },
    });
  });
}

function changeOf(organizationId: string, name: string, action: string) {
  return { organizationId, action, target: `accounts/${name}` };
}

/** What of an account can be changed; its external id is nobody's business who reads the audit log. */
function accessOf({ accountId, kind, roleArn, baseProfile }: Account) {
  return { accountId, kind, roleArn, baseProfile };
}

function nameTaken(name: string): VedetteError {
  return new VedetteError('usage', `There is an account named ${JSON.stringify(name)} already.`, {
    remedy: 'Choose another name, or remove that one first (vedette account remove).',
  });
}

function unknown(name: string): VedetteError {
  return new VedetteError('account-unknown', `The database has no account named ${JSON.stringify(name)}.`, {
    remedy: 'vedette account list shows those that it has.',
  });
}

function accountRows(query: Session['query'], organizationId: string, name?: string): Promise<AccountRow[]> {
  const ofName = name === undefined ? '' : ' AND name = ?';
  return query<AccountRow>(
    `SELECT ${COLUMNS} FROM vedette_accounts WHERE organization_id = ?${ofName} ORDER BY name`,
    name === undefined ? [organizationId] : [organizationId, name],
  );
}

function accountOf(row: AccountRow): Account {
  return {
    organizationId: row.organization_id,
    name: row.name,
    kind: row.kind,
    accountId: row.account_id,
    roleArn: row.role_arn,
    externalId: row.external_id,
    baseProfile: row.base_profile,
    createdAt: isoTime(row.created_at),
    createdBy: row.created_by,
    checkedAt: isoTimeOrNull(row.checked_at),
    problem: row.problem === null ? null : (fromJson(row.problem) as FailureReport),
  };
}
