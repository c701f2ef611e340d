import type { Passkey } from '../../model/identity.ts';
import { secretHash } from '../access/secrets.ts';
import type { Session } from '../database/store.ts';
import { isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';

/** What is kept of a passkey; nothing of it is secret. */
export interface PasskeyKey {
  credentialId: string;
  /** As base64url. */
  publicKey: string;
}

export interface StoredPasskey extends Passkey {
  userId: number;
  key: PasskeyKey;
  /** How often it was used, where it counts that. */
  counter: number;
}

interface PasskeyRow {
  id: number;
  user_id: number;
  name: string;
  secret: string;
  counter: number;
  created_at: string;
  last_used_at: string | null;
}

const COLUMNS = 'id, user_id, name, secret, counter, created_at, last_used_at';
const MOST_COUNTED = 2 ** 31 - 1;

/** The passkey that a browser names; undefined for one that nobody here has. */
export async function findPasskey(
  query: Session['query'],
  credentialId: string,
): Promise<StoredPasskey | undefined> {
  const rows = await passkeyRows(query, 'credential_sha256 = ?', [secretHash(credentialId)]);
  return rows.map(passkeyOf)[0];
}

/** Somebody's passkeys, the oldest first. */
export async function passkeysOf(query: Session['query'], userId: number): Promise<StoredPasskey[]> {
  const rows = await passkeyRows(query, 'user_id = ? ORDER BY id', [userId]);
  return rows.map(passkeyOf);
}

/** Adds a passkey, within a transaction; it must be nobody's yet. */
export async function addPasskeyOf(
  session: Session,
  userId: number,
  { name, key, counter }: { name: string; key: PasskeyKey; counter: number },
): Promise<void> {
  await session.execute(
    `INSERT INTO vedette_factors (created_at, user_id, kind, name, credential_sha256, secret, counter)
      VALUES (?, ?, 'passkey', ?, ?, ?, ?)`,
    [
      sqlTime(new Date()),
      userId,
      name,
      secretHash(key.credentialId),
      JSON.stringify(key),
      Math.min(counter, MOST_COUNTED),
    ],
  );
}

/** Notes that a passkey is signed in with, within a transaction; false when it is gone, or another use came first. */
export async function usePasskey(
  session: Session,
  { id, counter }: Pick<StoredPasskey, 'id' | 'counter'>,
  counted: number,
): Promise<boolean> {
  const met = await session.execute(
    `UPDATE vedette_factors SET counter = ?, last_used_at = ? WHERE id = ? AND kind = 'passkey' AND counter = ?`,
    [Math.min(counted, MOST_COUNTED), sqlTime(new Date()), id, counter],
  );
  return met === 1;
}

/** Takes a passkey off somebody, within a transaction; false when it is none of theirs. */
export async function removePasskeyOf(session: Session, userId: number, id: number): Promise<boolean> {
  const met = await session.execute(
    "DELETE FROM vedette_factors WHERE id = ? AND user_id = ? AND kind = 'passkey'",
    [id, userId],
  );
  return met === 1;
}

function passkeyRows(
  query: Session['query'],
  condition: string,
  values: readonly (string | number)[],
): Promise<PasskeyRow[]> {
  return query<PasskeyRow>(
    `SELECT ${COLUMNS} FROM vedette_factors WHERE kind = 'passkey' AND ${condition}`,
    values,
  );
}

function passkeyOf(row: PasskeyRow): StoredPasskey {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    key: JSON.parse(row.secret) as PasskeyKey,
    counter: row.counter,
    createdAt: isoTime(row.created_at),
    lastUsedAt: isoTimeOrNull(row.last_used_at),
  };
}
