import { VedetteError } from '../../errors.ts';
import type { Invitation, NewInvitation } from '../../model/invitation.ts';
import type { Role } from '../../model/permissions.ts';
import { emailKey } from '../../model/person.ts';
import type { Person } from '../../model/person.ts';
import { recordChange } from '../access/audit.ts';
import { isSecret, newSecret, secretHash } from '../access/secrets.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';
import { identitiesOf } from './identities.ts';
import { addMember, lockMembers, membershipsOf } from './members.ts';
import { passkeysOf } from './passkeys.ts';
import { ensureUser, findUserByEmail, getUser, reading, verifyEmail } from './users.ts';

interface InvitationRow {
  id: number;
  organization_id: string;
  email: string;
  email_key: string;
  role: Role;
  created_at: string;
  created_by: string;
  expires_at: string;
  sent_at: string | null;
}

const COLUMNS = 'id, organization_id, email, email_key, role, created_at, created_by, expires_at, sent_at';
const VALID_MS = 7 * 86_400_000;
/** Of one that can be accepted. */
const OPEN = 'open_key IS NOT NULL AND expires_at > ?';

/**
 * Whether there is room for one more person, asked within the transaction that adds them, after the members are locked.
 * `pending` says whether open invitations count; not when one of them is accepted.
 *
 * @throws VedetteError when there is not
 */
export type MemberLimit = (
  store: Store,
  session: Session,
  of: { organizationId: string; pending: boolean },
) => Promise<void>;

/** The organisation's invitations that can still be accepted, newest first. */
export async function listInvitations(store: Store, organizationId: string): Promise<Invitation[]> {
  const rows = await invitationRows(reading(store), `organization_id = ? AND ${OPEN} ORDER BY id DESC`, [
    organizationId,
    sqlTime(new Date()),
  ]);
  return rows.map(invitationOf);
}

/**
 * Invites somebody, for seven days; who has an open invitation already gets another link, and the earlier one ends.
 *
 * @throws VedetteError `usage` for somebody who belongs to the organisation already, and whatever `memberLimit` throws.
 */
export function invite(
  store: Store,
  organizationId: string,
  { email, role, by, isAgain = false }: { email: string; role: Role; by: string; isAgain?: boolean },
  memberLimit: MemberLimit,
): Promise<NewInvitation> {
  return transaction(store, async (session) => {
    await lockMembers(store, session, organizationId);
    const key = emailKey(email);
    const known = await findUserByEmail(session.query, email);
    if (known !== undefined) await refuseMember(session, organizationId, known.id, email);
    await close(session, by, 'organization_id = ? AND open_key = ?', [organizationId, key]);
    await close(session, 'vedette', 'organization_id = ? AND open_key IS NOT NULL AND expires_at <= ?', [
      organizationId,
      sqlTime(new Date()),
    ]);
    await memberLimit(store, session, { organizationId, pending: true });
    const secret = newSecret('invitation');
    const now = Date.now();
    await session.execute(
      `INSERT INTO vedette_invitations
          (organization_id, created_at, created_by, email, email_key, role, secret_sha256, open_key, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        organizationId,
        sqlTime(new Date(now)),
        by,
        email,
        key,
        role,
        secretHash(secret),
        key,
        sqlTime(new Date(now + VALID_MS)),
      ],
    );
    const [row] = await invitationRows(session.query, 'secret_sha256 = ?', [secretHash(secret)]);
    if (row === undefined) throw new VedetteError('unexpected', 'A new invitation was not stored.');
    const action = isAgain ? 'invites.resend' : 'invites.create';
    await record(session, row, action, { before: null, after: { email, role } });
    return { ...invitationOf(row), secret };
  });
}

/** Notes that the link was sent by e-mail. */
export async function noteSent(store: Store, organizationId: string, id: number): Promise<void> {
  await transaction(store, (session) =>
    session.execute('UPDATE vedette_invitations SET sent_at = ? WHERE organization_id = ? AND id = ?', [
      sqlTime(new Date()),
      organizationId,
      id,
    ]),
  );
}

/** @throws VedetteError `not-found` for one that is not open */
export async function getInvitation(
  query: Session['query'],
  organizationId: string,
  id: number,
): Promise<Invitation> {
  return invitationOf(await openInvitation(query, organizationId, id));
}

/** @throws VedetteError `not-found` for one that is not open */
export function endInvitation(
  store: Store,
  organizationId: string,
  id: number,
  { by, mayTouch }: { by: string; mayTouch: (invitation: Invitation) => void },
): Promise<void> {
  return transaction(store, async (session) => {
    await lockMembers(store, session, organizationId);
    const row = await openInvitation(session.query, organizationId, id);
    mayTouch(invitationOf(row));
    await close(session, by, 'organization_id = ? AND id = ?', [organizationId, id]);
    const { email, role } = row;
    await record(session, row, 'invites.end', { before: { email, role }, after: null });
  });
}

/**
 * What a link is an invitation to, for whom it shows it to.
 *
 * @throws VedetteError `not-found` for one that was used, has run out or never was
 */
export async function findInvitation(
  query: Session['query'],
  secret: string,
): Promise<Invitation & { organizationId: string; hasPassword: boolean }> {
  const row = await bySecret(query, secret);
  const known = await findUserByEmail(query, row.email);
  return {
    ...invitationOf(row),
    organizationId: row.organization_id,
    hasPassword: known?.hasPassword === true,
  };
}

/** Who accepts: a person who has shown who they are, or somebody new, with what they will sign in by. */
export type Accepting =
  | { as: number }
  | { as: null; name: string; letIn: (session: Session, userId: number) => Promise<void> };

/**
 * Accepts an invitation, once.
 *
 * @throws VedetteError `not-found`; `forbidden` for another person; whatever `memberLimit` throws.
 */
export function acceptInvitation(
  store: Store,
  secret: string,
  who: Accepting,
  memberLimit: MemberLimit,
): Promise<{ organizationId: string; userId: number; email: string }> {
  return transaction(store, async (session) => {
    const lock = store.dialect === 'mysql' ? ' FOR UPDATE' : '';
    const [locked] = await session.query<Pick<InvitationRow, 'organization_id'>>(
      `SELECT organization_id FROM vedette_invitations WHERE secret_sha256 = ?${lock}`,
      [secretHash(secret)],
    );
    if (locked !== undefined) await lockMembers(store, session, locked.organization_id);
    const row = await bySecret(session.query, secret);
    const { organization_id: organizationId, email, role } = row;
    const person =
      who.as === null
        ? await newPerson(session, { email, name: who.name })
        : await getUser(session.query, who.as);
    if (emailKey(person.email) !== row.email_key) throw someoneElse();
    if (who.as === null) await who.letIn(session, person.id);
    // Its link went nowhere but to that address; one that was handed over shows nothing.
    if (row.sent_at !== null) await verifyEmail(session, person.id, email);
    await memberLimit(store, session, { organizationId, pending: false });
    await addMember(session, organizationId, {
      userId: person.id,
      role,
      origin: 'invitation',
      by: row.created_by,
    });
    const now = sqlTime(new Date());
    await session.execute(
      `UPDATE vedette_invitations SET accepted_at = ?, accepted_by = ?, open_key = NULL
        WHERE organization_id = ? AND id = ?`,
      [now, person.id, organizationId, row.id],
    );
    await record(session, row, 'invites.accept', { before: { email, role }, after: { userId: person.id } });
    return { organizationId, userId: person.id, email: person.email };
  });
}

/** A link may have been copied to anybody: it makes an account, and never opens one that is there. */
async function newPerson(
  session: Session,
  { email, name }: { email: string; name: string },
): Promise<Person> {
  const known = await findUserByEmail(session.query, email);
  if (known === undefined) return ensureUser(session, { email, name });
  const isOpen =
    known.hasPassword ||
    known.disabledAt !== null ||
    (await identitiesOf(session.query, known.id)).length > 0 ||
    (await passkeysOf(session.query, known.id)).length > 0 ||
    (await membershipsOf(session.query, known.id)).length > 0;
  if (isOpen) throw signInFirst();
  return known;
}

async function bySecret(query: Session['query'], secret: string): Promise<InvitationRow> {
  const [row] = isSecret('invitation', secret)
    ? await invitationRows(query, `secret_sha256 = ? AND ${OPEN}`, [secretHash(secret), sqlTime(new Date())])
    : [];
  if (row !== undefined) return row;
  throw new VedetteError('not-found', 'This invitation was used, has run out, or never was one.', {
    remedy: 'Ask who invited you for a new one.',
  });
}

async function openInvitation(
  query: Session['query'],
  organizationId: string,
  id: number,
): Promise<InvitationRow> {
  const [row] = await invitationRows(query, `organization_id = ? AND id = ? AND ${OPEN}`, [
    organizationId,
    id,
    sqlTime(new Date()),
  ]);
  if (row === undefined) throw new VedetteError('not-found', `There is no open invitation ${id}.`);
  return row;
}

async function refuseMember(
  session: Session,
  organizationId: string,
  userId: number,
  email: string,
): Promise<void> {
  const rows = await session.query(
    'SELECT id FROM vedette_memberships WHERE organization_id = ? AND user_id = ?',
    [organizationId, userId],
  );
  if (rows.length === 0) return;
  throw new VedetteError('usage', `${email} belongs to this organisation already.`, {
    remedy: 'Change their role instead.',
  });
}

async function close(
  session: Session,
  by: string,
  condition: string,
  values: readonly (string | number)[],
): Promise<void> {
  await session.execute(
    `UPDATE vedette_invitations SET ended_at = ?, ended_by = ?, open_key = NULL WHERE ${condition}`,
    [sqlTime(new Date()), by, ...values],
  );
}

function record(
  session: Session,
  { id, organization_id: organizationId }: InvitationRow,
  action: string,
  change: { before: Record<string, unknown> | null; after: Record<string, unknown> | null },
): Promise<void> {
  return recordChange(session, { organizationId, action, target: `teams/invites/${id}`, ...change });
}

function someoneElse(): VedetteError {
  return new VedetteError('forbidden', 'This invitation is for another address than yours.', {
    remedy: 'Sign in with the address that was invited, or ask for an invitation of yours.',
  });
}

function signInFirst(): VedetteError {
  return new VedetteError('forbidden', 'The invited address has an account already.', {
    remedy: 'Sign in with it, then open the invitation again.',
  });
}

function invitationRows(
  query: Session['query'],
  condition: string,
  values: readonly (string | number)[],
): Promise<InvitationRow[]> {
  return query<InvitationRow>(`SELECT ${COLUMNS} FROM vedette_invitations WHERE ${condition}`, values);
}

function invitationOf(row: InvitationRow): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    createdAt: isoTime(row.created_at),
    createdBy: row.created_by,
    expiresAt: isoTime(row.expires_at),
    sentAt: isoTimeOrNull(row.sent_at),
  };
}
