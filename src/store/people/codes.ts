import { VedetteError } from '../../errors.ts';
import { isSecret, newSecret, secretHash } from '../access/secrets.ts';
import { isAmong } from '../database/statements.ts';
import type { Session } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';

/** What a code is for: to set a password, handed over or sent to who has forgotten it; or to show that an address is one's own. */
export type CodeKind = 'password' | 'reset' | 'verify';

const MINUTE_MS = 60_000;
export const CODE_VALID_MS: Readonly<Record<CodeKind, number>> = {
  password: 24 * 60 * MINUTE_MS,
  reset: 60 * MINUTE_MS,
  verify: 24 * 60 * MINUTE_MS,
};

/**
 * Makes a code that works once, for a while; earlier ones of the same kind end.
 *
 * @param email to which it is sent, so that who has it has shown that the address is theirs; null for one that is handed over
 */
export async function createCode(
  session: Session,
  { userId, kind, email }: { userId: number; kind: CodeKind; email: string | null },
): Promise<string> {
  const secret = newSecret('code');
  const now = Date.now();
  await session.execute('DELETE FROM vedette_user_codes WHERE (user_id = ? AND kind = ?) OR expires_at < ?', [
    userId,
    kind,
    sqlTime(new Date(now)),
  ]);
  await session.execute(
    `INSERT INTO vedette_user_codes (created_at, user_id, kind, secret_sha256, email, expires_at)
      VALUES (?, ?, ?, ?, ?, ?)`,
    [
      sqlTime(new Date(now)),
      userId,
      kind,
      secretHash(secret),
      email,
      sqlTime(new Date(now + CODE_VALID_MS[kind])),
    ],
  );
  return secret;
}

/** Whether a code of the kind that can still be used was made for a person since, in milliseconds of the epoch. */
export async function wasMadeSince(
  session: Session,
  { userId, kind, since }: { userId: number; kind: CodeKind; since: number },
): Promise<boolean> {
  const rows = await session.query(
    'SELECT id FROM vedette_user_codes WHERE user_id = ? AND kind = ? AND used_at IS NULL AND created_at > ?',
    [userId, kind, sqlTime(new Date(since))],
  );
  return rows.length > 0;
}

/**
 * Whose a code is that could be used now.

 *
 * @throws VedetteError `unauthenticated`
 */
export async function holderOf(
  query: Session['query'],
  kinds: readonly CodeKind[],
  secret: string,
): Promise<number> {
  const [among, ...values] = isAmong('kind', kinds);
  const [row] = isSecret('code', secret)
    ? await query<{ user_id: number }>(
        `SELECT user_id FROM vedette_user_codes
          WHERE secret_sha256 = ? AND ${among} AND used_at IS NULL AND expires_at > ?`,
        [secretHash(secret), ...values, sqlTime(new Date())],
      )
    : [];
  if (row === undefined) throw notInForce();
  return row.user_id;
}

/**
 * Uses a code up, within a transaction. Of several that come with the same one, one gets it.
 *
 * @throws VedetteError `unauthenticated`
 */
export async function useCode(
  session: Session,
  kinds: readonly CodeKind[],
  secret: string,
): Promise<{ userId: number; email: string | null }> {
  const now = sqlTime(new Date());
  const hash = secretHash(secret);
  const [among, ...values] = isAmong('kind', kinds);
  const met = isSecret('code', secret)
    ? await session.execute(
        `UPDATE vedette_user_codes SET used_at = ?
          WHERE secret_sha256 = ? AND ${among} AND used_at IS NULL AND expires_at > ?`,
        [now, hash, ...values, now],
      )
    : 0;
  const [row] =
    met === 1
      ? await session.query<{ user_id: number; email: string | null }>(
          'SELECT user_id, email FROM vedette_user_codes WHERE secret_sha256 = ?',
          [hash],
        )
      : [];
  if (row === undefined) throw notInForce();
  return { userId: row.user_id, email: row.email };
}

function notInForce(): VedetteError {
  return new VedetteError('unauthenticated', 'This link has been used, has run out, or never was one.', {
    remedy: 'Ask for a new one on the page to sign in, or have one made with vedette user link.',
  });
}
