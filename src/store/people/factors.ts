import type { Session } from '../database/store.ts';
import { isoTime, sqlTime } from '../database/values.ts';

/** One that is being set up proves nothing yet. */
type Kind = 'totp' | 'totp-begun';
const RECOVERY = 'recovery';
const SET_UP_MS = 60 * 60_000;

/** What an authenticator app and we share. */
export interface Factor {
  id: number;
  /** Encrypted. */
  secret: string;
  /** ISO 8601 in UTC. */
  createdAt: string;
}

/** The second factor that somebody signs in with; undefined for one who has none. */
export function findFactor(query: Session['query'], userId: number): Promise<Factor | undefined> {
  return factorOf(query, userId, 'totp');
}

/** The one that somebody began to set up within the last hour. */
export async function findBegunFactor(query: Session['query'], userId: number): Promise<Factor | undefined> {
  const begun = await factorOf(query, userId, 'totp-begun');
  return begun !== undefined && Date.now() - Date.parse(begun.createdAt) < SET_UP_MS ? begun : undefined;
}

/** Begins a factor, in place of one that was begun before, within a transaction. */
export async function beginFactorOf(session: Session, userId: number, secret: string): Promise<void> {
  await session.execute("DELETE FROM vedette_factors WHERE user_id = ? AND kind = 'totp-begun'", [userId]);
  await insert(session, { userId, kind: 'totp-begun', secret, hash: null });
}

/** Makes a begun factor the one that counts, within a transaction; false when it is no longer there. */
export async function confirmFactorOf(
  session: Session,
  userId: number,
  { id, step, recoveryHashes }: { id: number; step: number; recoveryHashes: readonly string[] },
): Promise<boolean> {
  const met = await session.execute(
    `UPDATE vedette_factors SET kind = 'totp', created_at = ?, counter = ?
      WHERE id = ? AND user_id = ? AND kind = 'totp-begun'`,
    [sqlTime(new Date()), step, id, userId],
  );
  if (met !== 1) return false;
  await session.execute("DELETE FROM vedette_factors WHERE user_id = ? AND id <> ? AND kind <> 'passkey'", [
    userId,
    id,
  ]);
  await addRecoveryCodes(session, userId, recoveryHashes);
  return true;
}

/** Puts other recovery codes in place of those that are left, within a transaction; false for one without a factor. */
export async function replaceRecoveryCodes(
  session: Session,
  userId: number,
  recoveryHashes: readonly string[],
): Promise<boolean> {
  if ((await findFactor(session.query, userId)) === undefined) return false;
  await session.execute(`DELETE FROM vedette_factors WHERE user_id = ? AND kind = '${RECOVERY}'`, [userId]);
  await addRecoveryCodes(session, userId, recoveryHashes);
  return true;
}

/** Uses the code of a step of time up, within a transaction; false when it or a later one was used before. */
export async function useStep(session: Session, id: number, step: number): Promise<boolean> {
  const met = await session.execute(
    "UPDATE vedette_factors SET counter = ?, last_used_at = ? WHERE id = ? AND kind = 'totp' AND counter < ?",
    [step, sqlTime(new Date()), id, step],
  );
  return met === 1;
}

/** Uses a recovery code up, within a transaction; false when it is none of theirs. */
export async function useRecoveryCode(session: Session, userId: number, hash: string): Promise<boolean> {
  const met = await session.execute(
    `DELETE FROM vedette_factors WHERE user_id = ? AND kind = '${RECOVERY}' AND credential_sha256 = ?`,
    [userId, hash],
  );
  return met === 1;
}

export async function countRecoveryCodes(query: Session['query'], userId: number): Promise<number> {
  const [row] = await query<{ codes: number }>(
    `SELECT COUNT(*) AS codes FROM vedette_factors WHERE user_id = ? AND kind = '${RECOVERY}'`,
    [userId],
  );
  return row?.codes ?? 0;
}

/** Takes the factor and its recovery codes away, within a transaction; false when there was none. */
export async function removeFactorOf(session: Session, userId: number): Promise<boolean> {
  const found = await findFactor(session.query, userId);
  await session.execute("DELETE FROM vedette_factors WHERE user_id = ? AND kind <> 'passkey'", [userId]);
  return found !== undefined;
}

async function addRecoveryCodes(session: Session, userId: number, hashes: readonly string[]): Promise<void> {
  for (const hash of hashes) await insert(session, { userId, kind: RECOVERY, secret: '', hash });
}

async function factorOf(query: Session['query'], userId: number, kind: Kind): Promise<Factor | undefined> {
  const [row] = await query<{ id: number; secret: string; created_at: string }>(
    'SELECT id, secret, created_at FROM vedette_factors WHERE user_id = ? AND kind = ? ORDER BY id DESC',
    [userId, kind],
  );
  return row && { id: row.id, secret: row.secret, createdAt: isoTime(row.created_at) };
}

async function insert(
  session: Session,
  { userId, kind, secret, hash }: { userId: number; kind: string; secret: string; hash: string | null },
): Promise<void> {
  await session.execute(
    `INSERT INTO vedette_factors (created_at, user_id, kind, name, credential_sha256, secret)
      VALUES (?, ?, ?, ?, ?, ?)`,
    [sqlTime(new Date()), userId, kind, '', hash, secret],
  );
}
