import { VedetteError } from '../../errors.ts';
import type { AuditedChange } from '../../model/audit.ts';
import type { Role } from '../../model/permissions.ts';
import type { Member, MemberOrigin } from '../../model/person.ts';
import { recordChange } from '../access/audit.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';
import { endOwnSessions, reading } from './users.ts';

interface MemberRow {
  organization_id: string;
  user_id: number;
  email: string;
  name: string;
  role: Role;
  origin: MemberOrigin;
  created_at: string;
  created_by: string;
  last_sign_in_at: string | null;
  disabled_at: string | null;
  has_factor: number;
}

const SELECT = `SELECT m.organization_id, m.user_id, u.email, u.name, m.role, m.origin, m.created_at, m.created_by,
    u.last_sign_in_at, u.disabled_at,
    EXISTS (SELECT 1 FROM vedette_factors f WHERE f.user_id = u.id AND f.kind = 'totp') AS has_factor
  FROM vedette_memberships m JOIN vedette_users u ON u.id = m.user_id`;

/** The organisation's people, by address. */
export async function listMembers(store: Store, organizationId: string): Promise<Member[]> {
  const rows = await memberRows(reading(store), 'm.organization_id = ? ORDER BY u.email_key', [
    organizationId,
  ]);
  return rows.map(memberOf);
}

/** @throws VedetteError `not-found` also for somebody of another organisation only */
export async function getMember(
  query: Session['query'],
  organizationId: string,
  userId: number,
): Promise<Member> {
  const [row] = await memberRows(query, 'm.organization_id = ? AND m.user_id = ?', [organizationId, userId]);
  if (row === undefined) throw new VedetteError('not-found', `There is no member ${userId}.`);
  return memberOf(row);
}

/** Which organisations somebody belongs to, the first joined first. */
export async function membershipsOf(
  query: Session['query'],
  userId: number,
): Promise<{ organizationId: string; role: Role }[]> {
  const rows = await memberRows(query, 'm.user_id = ? ORDER BY m.id', [userId]);
  return rows.map(({ organization_id: organizationId, role }) => ({ organizationId, role }));
}

/**
 * Lets somebody into an organisation, within a transaction that has locked its members.
 *
 * @throws VedetteError `usage` when they belong to it already.
 */
export async function addMember(
  session: Session,
  organizationId: string,
  member: { userId: number; role: Role; origin: MemberOrigin; by: string },
): Promise<Member> {
  const { userId, role, origin, by } = member;
  const [known] = await memberRows(session.query, 'm.organization_id = ? AND m.user_id = ?', [
    organizationId,
    userId,
  ]);
  if (known !== undefined) {
    throw new VedetteError('usage', `${known.email} belongs to this organisation already.`, {
      remedy: 'Change their role instead.',
    });
  }
  await session.execute(
    `INSERT INTO vedette_memberships (organization_id, created_at, created_by, user_id, role, origin)
      VALUES (?, ?, ?, ?, ?, ?)`,
    [organizationId, sqlTime(new Date()), by, userId, role, origin],
  );
  const added = await getMember(session.query, organizationId, userId);
  await record(session, organizationId, 'members.add', {
    member: added,
    before: null,
    after: { role, origin },
  });
  return added;
}

/**
 * Gives a member another role. Their browsers are signed out: what they may do begins with a new session.
 *
 * @throws VedetteError `not-found`; `usage` when no owner would be left.
 */
export function changeRole(
  store: Store,
  organizationId: string,
  userId: number,
  { role, mayTouch }: { role: Role; mayTouch: (member: Member) => void },
): Promise<Member> {
  return transaction(store, async (session) => {
    await lockMembers(store, session, organizationId);
    const member = await getMember(session.query, organizationId, userId);
    mayTouch(member);
    if (member.role === role) return member;
    if (role !== 'OWNER') await keepAnOwner(session, organizationId, member);
    await session.execute(
      'UPDATE vedette_memberships SET role = ? WHERE organization_id = ? AND user_id = ?',
      [role, organizationId, userId],
    );
    await endSessions(session, organizationId, userId);
    const before = { role: member.role };
    await record(session, organizationId, 'members.change', { member, before, after: { role } });
    return { ...member, role };
  });
}

/**
 * Takes somebody out of an organisation; their sessions and tokens of it end.
 *
 * @throws VedetteError `not-found`; `usage` when no owner would be left.
 */
export function removeMember(
  store: Store,
  organizationId: string,
  userId: number,
  { mayTouch, action = 'members.remove' }: { mayTouch: (member: Member) => void; action?: string },
): Promise<Member> {
  return transaction(store, async (session) => {
    await lockMembers(store, session, organizationId);
    const member = await getMember(session.query, organizationId, userId);
    mayTouch(member);
    await keepAnOwner(session, organizationId, member);
    await session.execute('DELETE FROM vedette_memberships WHERE organization_id = ? AND user_id = ?', [
      organizationId,
      userId,
    ]);
    await session.execute(
      `UPDATE vedette_credentials SET revoked_at = ?
        WHERE organization_id = ? AND user_id = ? AND revoked_at IS NULL`,
      [sqlTime(new Date()), organizationId, userId],
    );
    await record(session, organizationId, action, { member, before: { role: member.role }, after: null });
    return member;
  });
}

/**
 * Keeps somebody from signing in anywhere, or lets them again.
 *
 * @throws VedetteError `not-found`; `usage` when an organisation would be left without an owner who can sign in.
 */
export function setDisabled(store: Store, userId: number, isDisabled: boolean): Promise<void> {
  return transaction(store, async (session) => {
    // Locked, not only read: a plain read would fix what is seen before the others are held up.
    const organizations = await session.query<Pick<MemberRow, 'organization_id'>>(
      `SELECT organization_id FROM vedette_memberships WHERE user_id = ?${store.dialect === 'mysql' ? ' FOR UPDATE' : ''}`,
      [userId],
    );
    for (const { organization_id: organizationId } of organizations) {
      await lockMembers(store, session, organizationId);
      if (!isDisabled) continue;
      await keepAnOwner(session, organizationId, await getMember(session.query, organizationId, userId));
    }
    const now = sqlTime(new Date());
    await session.execute('UPDATE vedette_users SET disabled_at = ? WHERE id = ?', [
      isDisabled ? now : null,
      userId,
    ]);
    if (!isDisabled) return;
    await endOwnSessions(session, userId);
  });
}

/**
 * Holds everybody else up who would change who belongs to the organisation, until the transaction ends: what is counted then
 * stays true. It must be the first statement of the transaction, for a plain read fixes what MySQL shows it. SQLite has one
 * writer anyway.
 */
export async function lockMembers(
  { dialect }: Store,
  session: Session,
  organizationId: string,
): Promise<void> {
  if (dialect === 'sqlite') return;
  await session.query('SELECT id FROM vedette_memberships WHERE organization_id = ? FOR UPDATE', [
    organizationId,
  ]);
}

/** Whether an organisation has an owner who can sign in. */
export async function hasOwner(store: Store, organizationId: string): Promise<boolean> {
  const members = await listMembers(store, organizationId);
  return members.some(({ role, disabledAt }) => role === 'OWNER' && disabledAt === null);
}

/** How many people an organisation has. */
export async function countMembers(query: Session['query'], organizationId: string): Promise<number> {
  const [row] = await query<{ members: number }>(
    'SELECT COUNT(*) AS members FROM vedette_memberships WHERE organization_id = ?',
    [organizationId],
  );
  return row?.members ?? 0;
}

/** Signs somebody's browsers out of an organisation, but one. */
export async function endSessions(
  session: Session,
  organizationId: string,
  userId: number,
  but = 0,
): Promise<void> {
  await session.execute(
    `UPDATE vedette_credentials SET revoked_at = ?
      WHERE organization_id = ? AND user_id = ? AND kind = 'session' AND revoked_at IS NULL AND id <> ?`,
    [sqlTime(new Date()), organizationId, userId, but],
  );
}

function record(
  session: Session,
  organizationId: string,
  action: string,
  { member, before, after }: { member: Member } & Pick<AuditedChange, 'before' | 'after'>,
): Promise<void> {
  const { userId, email } = member;
  const target = `members/${userId}`;
  return recordChange(session, {
    organizationId,
    action,
    target,
    before,
    after: after && { email, ...after },
  });
}

async function keepAnOwner(session: Session, organizationId: string, member: Member): Promise<void> {
  if (member.role !== 'OWNER' || member.disabledAt !== null) return;
  const owners = await memberRows(
    session.query,
    "m.organization_id = ? AND m.role = 'OWNER' AND u.disabled_at IS NULL",
    [organizationId],
  );
  if (owners.some(({ user_id: id }) => id !== member.userId)) return;
  throw new VedetteError('usage', `${member.email} is the last owner of the organisation.`, {
    remedy: 'Make somebody else an owner first.',
  });
}

function memberRows(
  query: Session['query'],
  condition: string,
  values: readonly (string | number)[],
): Promise<MemberRow[]> {
  return query<MemberRow>(`${SELECT} WHERE ${condition}`, values);
}

function memberOf(row: MemberRow): Member {
  return {
    userId: row.user_id,
    email: row.email,
    name: row.name,
    role: row.role,
    origin: row.origin,
    joinedAt: isoTime(row.created_at),
    joinedBy: row.created_by,
    lastSignInAt: isoTimeOrNull(row.last_sign_in_at),
    disabledAt: isoTimeOrNull(row.disabled_at),
    hasSecondFactor: row.has_factor === 1,
  };
}
