import type { Identity } from '../../model/identity.ts';
import type { Session } from '../database/store.ts';
import { isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';

/** What a provider says of an account there. */
export interface Vouched {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
}

interface IdentityRow {
  id: number;
  user_id: number;
  provider: string;
  email: string | null;
  created_at: string;
  last_used_at: string | null;
}

const COLUMNS = 'id, user_id, provider, email, created_at, last_used_at';
const MOST_EMAIL = 254;

/** Whose an account at a provider is here. By issuer and subject alone: an address may be somebody else's tomorrow. */
export async function findIdentity(
  query: Session['query'],
  { issuer, subject }: Pick<Vouched, 'issuer' | 'subject'>,
): Promise<Identity | undefined> {
  const rows = await identityRows(query, 'issuer = ? AND subject = ?', [issuer, subject]);
  return rows.map(identityOf)[0];
}

/** What somebody signs in with at providers, the first linked first. */
export async function identitiesOf(query: Session['query'], userId: number): Promise<Identity[]> {
  const rows = await identityRows(query, 'user_id = ? ORDER BY id', [userId]);
  return rows.map(identityOf);
}

/** Links an account of a provider, within a transaction; it must be nobody's yet. */
export async function addIdentity(
  session: Session,
  { userId, provider, issuer, subject, email, emailVerified }: Vouched & { userId: number; provider: string },
): Promise<void> {
  await session.execute(
    `INSERT INTO vedette_identities (created_at, user_id, provider, issuer, subject, email, email_verified)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [sqlTime(new Date()), userId, provider, issuer, subject, shown(email), emailVerified ? 1 : 0],
  );
}

/** Notes that it is signed in with, and what the provider says of it now; false when it is no longer the person's. */
export async function useIdentity(
  session: Session,
  { id, userId }: Pick<Identity, 'id' | 'userId'>,
  { email, emailVerified }: Pick<Vouched, 'email' | 'emailVerified'>,
): Promise<boolean> {
  const met = await session.execute(
    `UPDATE vedette_identities SET last_used_at = ?, email = ?, email_verified = ? WHERE id = ? AND user_id = ?`,
    [sqlTime(new Date()), shown(email), emailVerified ? 1 : 0, id, userId],
  );
  return met === 1;
}

/** Takes an account of a provider off somebody, within a transaction; false when it is none of theirs. */
export async function removeIdentity(session: Session, userId: number, id: number): Promise<boolean> {
  const met = await session.execute('DELETE FROM vedette_identities WHERE id = ? AND user_id = ?', [
    id,
    userId,
  ]);
  return met === 1;
}

/** What is no address of the length that addresses have is not kept. */
function shown(email: string | null): string | null {
  return email === null || email.length > MOST_EMAIL ? null : email;
}

function identityRows(
  query: Session['query'],
  condition: string,
  values: readonly (string | number)[],
): Promise<IdentityRow[]> {
  return query<IdentityRow>(`SELECT ${COLUMNS} FROM vedette_identities WHERE ${condition}`, values);
}

function identityOf(row: IdentityRow): Identity {
  return {
    id: row.id,
    userId: row.user_id,
    provider: row.provider,
    email: row.email,
    linkedAt: isoTime(row.created_at),
    lastUsedAt: isoTimeOrNull(row.last_used_at),
  };
}
