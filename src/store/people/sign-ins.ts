import { isSecret, newSecret, secretHash } from '../access/secrets.ts';
import type { Session } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';

/** What a browser has gone to a provider or a passkey for, or that its second factor is still to come. */
export type SignInPurpose = 'sign-in' | 'invitation' | 'link' | 'factor' | 'passkey' | 'add-passkey';

const VALID_MS = 10 * 60_000;

/** A sign-in under way. */
export interface SignIn {
  provider: string;
  purpose: SignInPurpose;
  /** Of a passkey its challenge. */
  nonce: string;
  codeVerifier: string;
  /** A path of the dashboard. */
  returnTo: string;
  /** Who links, or has still to show their second factor; null for one who is not known yet. */
  userId: number | null;
}

interface SignInRow {
  id: number;
  provider: string;
  purpose: SignInPurpose;
  nonce: string;
  code_verifier: string;
  return_to: string;
  user_id: number | null;
}

/** Notes that a browser signs in, within a transaction; it has ten minutes. Gives the state that its answer has to carry. */
export async function beginSignInOf(session: Session, browser: string, begun: SignIn): Promise<string> {
  const { provider, purpose, nonce, codeVerifier, returnTo, userId } = begun;
  const state = `${purpose}.${newSecret('state')}`;
  const now = Date.now();
  await session.execute('DELETE FROM vedette_sign_ins WHERE expires_at < ?', [sqlTime(new Date(now))]);
  await session.execute(
    `INSERT INTO vedette_sign_ins
        (created_at, provider, purpose, state_sha256, browser_sha256, nonce, code_verifier, return_to, user_id, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      sqlTime(new Date(now)),
      provider,
      purpose,
      secretHash(state),
      secretHash(browser),
      nonce,
      codeVerifier,
      returnTo,
      userId,
      sqlTime(new Date(now + VALID_MS)),
    ],
  );
  return state;
}

/** The sign-in that a state is of, if this browser began it; once, within a transaction. */
export async function takeSignIn(
  session: Session,
  browser: string,
  state: string,
): Promise<SignIn | undefined> {
  const [, secret = ''] = state.split('.', 2);
  if (!isSecret('state', secret)) return undefined;
  const found = await findSignIn(session.query, 'state_sha256 = ?', browser, secretHash(state));
  return found !== undefined && (await endSignIn(session, found.id)) ? found : undefined;
}

/** The browser's sign-in that waits for a second factor; undefined where none does. */
export function findWaiting(
  query: Session['query'],
  browser: string,
): Promise<(SignIn & { id: number }) | undefined> {
  return findSignIn(query, 'purpose = ?', browser, 'factor');
}

/** Ends a sign-in, within a transaction; false when it has ended before. */
export async function endSignIn(session: Session, id: number): Promise<boolean> {
  return (await session.execute('DELETE FROM vedette_sign_ins WHERE id = ?', [id])) === 1;
}

/** Ends what a person has begun, or has still to finish, within a transaction. */
export async function endSignInsOf(session: Session, userId: number): Promise<void> {
  await session.execute('DELETE FROM vedette_sign_ins WHERE user_id = ?', [userId]);
}

async function findSignIn(
  query: Session['query'],
  condition: string,
  browser: string,
  value: string,
): Promise<(SignIn & { id: number }) | undefined> {
  const [row] = await query<SignInRow>(
    `SELECT id, provider, purpose, nonce, code_verifier, return_to, user_id FROM vedette_sign_ins
      WHERE ${condition} AND browser_sha256 = ? AND expires_at > ? ORDER BY id DESC`,
    [value, secretHash(browser), sqlTime(new Date())],
  );
  if (row === undefined) return undefined;
  const { id, provider, purpose, nonce, code_verifier: codeVerifier, return_to: returnTo } = row;
  return { id, provider, purpose, nonce, codeVerifier, returnTo, userId: row.user_id };
}
