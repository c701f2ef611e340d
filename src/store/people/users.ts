import { VedetteError } from '../../errors.ts';
import { emailKey } from '../../model/person.ts';
import type { Person } from '../../model/person.ts';
import type { Session, Store } from '../database/store.ts';
import { isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';

interface UserRow {
  id: number;
  email: string;
  name: string;
  email_verified_at: string | null;
  password_hash: string | null;
  created_at: string;
  last_sign_in_at: string | null;
  disabled_at: string | null;
}

const COLUMNS = 'id, email, name, email_verified_at, password_hash, created_at, last_sign_in_at, disabled_at';

/** Makes a person who cannot sign in yet, within a transaction. Somebody with this address is given as they are. */
export async function ensureUser(
  session: Session,
  { email, name }: Pick<Person, 'email' | 'name'>,
): Promise<Person> {
  const key = emailKey(email);
  const [known] = await userRows(session.query, 'email_key = ?', [key]);
  if (known !== undefined) return personOf(known);
  await session.execute(
    'INSERT INTO vedette_users (created_at, email, email_key, name) VALUES (?, ?, ?, ?)',
    [sqlTime(new Date()), email, key, name],
  );
  const [row] = await userRows(session.query, 'email_key = ?', [key]);
  if (row === undefined) throw new VedetteError('unexpected', 'A new person was not stored.');
  return personOf(row);
}

export async function findUserByEmail(query: Session['query'], email: string): Promise<Person | undefined> {
  const [row] = await userRows(query, 'email_key = ?', [emailKey(email)]);
  return row && personOf(row);
}

/** @throws VedetteError `not-found` */
export async function getUser(query: Session['query'], id: number): Promise<Person> {
  const [row] = await userRows(query, 'id = ?', [id]);
  if (row === undefined) throw new VedetteError('not-found', `There is no person ${id}.`);
  return personOf(row);
}

/**
 * Stores a new password and signs the person out everywhere, within a transaction; their codes end as well. Attempts that
 * went wrong stay counted: a new password says nothing of the second factor.
 *
 * @param replacing the hash that must still be there, of somebody who is not disabled
 * @returns whether it was
 */
export async function setPasswordHash(
  session: Session,
  id: number,
  hash: string,
  replacing?: string | null,
): Promise<boolean> {
  const now = sqlTime(new Date());
  const met = await session.execute(
    `UPDATE vedette_users SET password_hash = ?, password_changed_at = ?
      WHERE id = ?${replacing === undefined ? '' : ' AND password_hash = ? AND disabled_at IS NULL'}`,
    [hash, now, id, ...(replacing === undefined ? [] : [replacing])],
  );
  if (met !== 1) return false;
  await endOwnSessions(session, id);
  await session.execute('UPDATE vedette_user_codes SET used_at = ? WHERE user_id = ? AND used_at IS NULL', [
    now,
    id,
  ]);
  return true;
}

/** Signs all browsers of a person out, in whatever organisation, within a transaction. */
export async function endOwnSessions(session: Session, id: number): Promise<void> {
  await session.execute(
    "UPDATE vedette_credentials SET revoked_at = ? WHERE user_id = ? AND kind = 'session' AND revoked_at IS NULL",
    [sqlTime(new Date()), id],
  );
}

/** Notes that an address is the person's own; not for one that is no longer theirs. */
export async function verifyEmail(session: Session, id: number, email: string): Promise<void> {
  await session.execute(
    `UPDATE vedette_users SET email_verified_at = ?
      WHERE id = ? AND email_key = ? AND email_verified_at IS NULL`,
    [sqlTime(new Date()), id, emailKey(email)],
  );
}

/** The password's hash; null for somebody without one. */
export async function passwordHashOf(query: Session['query'], id: number): Promise<string | null> {
  const [row] = await userRows(query, 'id = ?', [id]);
  return row?.password_hash ?? null;
}

/** Reads outside any transaction. */
export function reading(store: Store): Session['query'] {
  return (sql, values) => store.read(sql, values);
}

function userRows(
  query: Session['query'],
  condition: string,
  values: readonly (string | number)[],
): Promise<UserRow[]> {
  return query<UserRow>(`SELECT ${COLUMNS} FROM vedette_users WHERE ${condition}`, values);
}

function personOf(row: UserRow): Person {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    emailVerifiedAt: isoTimeOrNull(row.email_verified_at),
    hasPassword: row.password_hash !== null,
    createdAt: isoTime(row.created_at),
    lastSignInAt: isoTimeOrNull(row.last_sign_in_at),
    disabledAt: isoTimeOrNull(row.disabled_at),
  };
}
