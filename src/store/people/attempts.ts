import { emailKey } from '../../model/person.ts';
import { transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { isoTimeOrNull, sqlTime } from '../database/values.ts';

const FREE_ATTEMPTS = 4;
const FIRST_DELAY_MS = 1000;
const MOST_DELAY_MS = 15 * 60_000;

/** Who may try a password now, and against what. */
export interface Attempt {
  userId: number;
  passwordHash: string | null;
  /** With this one. */
  failed: number;
}

/**
 * Counts an attempt before it is judged, so that many at once are not judged for one; undefined for nobody, somebody who is
 * disabled, and while one has to wait.
 */
export function beginAttempt(store: Store, email: string): Promise<Attempt | undefined> {
  return transaction(store, async (session) => {
    const [row] = await session.query<{
      id: number;
      password_hash: string | null;
      failed_sign_ins: number;
      next_sign_in_at: string | null;
      disabled_at: string | null;
    }>(
      `SELECT id, password_hash, failed_sign_ins, next_sign_in_at, disabled_at FROM vedette_users
        WHERE email_key = ?${store.dialect === 'mysql' ? ' FOR UPDATE' : ''}`,
      [emailKey(email)],
    );
    if (row === undefined || row.disabled_at !== null) return undefined;
    const now = Date.now();
    const next = isoTimeOrNull(row.next_sign_in_at);
    if (next !== null && Date.parse(next) > now) return undefined;
    const failed = row.failed_sign_ins + 1;
    const delay = delayAfter(failed);
    await session.execute('UPDATE vedette_users SET failed_sign_ins = ?, next_sign_in_at = ? WHERE id = ?', [
      failed,
      delay === 0 ? null : sqlTime(new Date(now + delay)),
      row.id,
    ]);
    return { userId: row.id, passwordHash: row.password_hash, failed };
  });
}

/**
 * Takes an attempt back that was right as far as it went. What went wrong before stays counted, and so does this one when
 * others have come since: whoever tries many at once is not let off.
 */
export async function takeBackAttempt(session: Session, { userId, failed }: Attempt): Promise<void> {
  await session.execute(
    'UPDATE vedette_users SET failed_sign_ins = ?, next_sign_in_at = NULL WHERE id = ? AND failed_sign_ins = ?',
    [failed - 1, userId, failed],
  );
}

/**
 * What went wrong before is forgotten when somebody has signed in. To be called within the transaction that lets them in:
 * judging a password takes a while, in which it may have been changed to keep somebody out.
 *
 * @returns whether the person still has the password that was judged, and may sign in
 */
export async function endAttempts(
  session: Session,
  { userId, passwordHash }: Pick<Attempt, 'userId' | 'passwordHash'>,
): Promise<boolean> {
  const met = await session.execute(
    `UPDATE vedette_users SET failed_sign_ins = 0, next_sign_in_at = NULL, last_sign_in_at = ?
      WHERE id = ? AND password_hash = ? AND disabled_at IS NULL`,
    [sqlTime(new Date()), userId, passwordHash],
  );
  return met === 1;
}

/** Who has just set a password by a code need not wait for what others tried; it stays counted. */
export async function endWait(session: Session, userId: number): Promise<void> {
  await session.execute('UPDATE vedette_users SET next_sign_in_at = NULL WHERE id = ?', [userId]);
}

/** Nothing at first, then twice as long each time, up to a quarter of an hour. In milliseconds. */
export function delayAfter(failed: number): number {
  if (failed <= FREE_ATTEMPTS) return 0;
  return Math.min(MOST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failed - FREE_ATTEMPTS - 1, 20));
}
