import { VedetteError } from '../errors.ts';
import type { Credential, NewCredential } from '../model/credential.ts';
import type { SignInMethod } from '../model/permissions.ts';
import { endSessionIn, openPersonSession } from '../store/access/credentials.ts';
import { transaction } from '../store/database/store.ts';
import type { Session, Store } from '../store/database/store.ts';
import { beginAttempt, endAttempts } from '../store/people/attempts.ts';
import type { Attempt } from '../store/people/attempts.ts';
import { holderOf, useCode } from '../store/people/codes.ts';
import { membershipsOf } from '../store/people/members.ts';
import { getUser, passwordHashOf, reading, setPasswordHash, verifyEmail } from '../store/people/users.ts';
import { hashPassword, isPassword, ownNames, requireStrong } from './passwords.ts';

/**
 * Signs somebody in by their password. Who is unknown, disabled, has none or must wait gets the same answer after the same
 * time as who types a wrong one.
 *
 * @param preferred the organisation to begin in, where they belong to it
 * @throws VedetteError `unauthenticated`; `forbidden` for one who belongs to no organisation
 */
export async function signInByPassword(
  store: Store,
  given: { email: string; password: string; preferred: string },
): Promise<NewCredential> {
  const attempt = await judgedPassword(store, given.email, given.password);
  return transaction(store, async (session) => {
    await requireStill(session, attempt);
    return sessionOf(session, attempt.userId, { preferred: given.preferred, method: 'password' });
  });
}

/**
 * A session of somebody who has shown who they are, in the preferred organisation or the first they joined.
 *
 * @throws VedetteError `forbidden`
 */
export async function sessionOf(
  session: Session,
  userId: number,
  { preferred, method }: { preferred: string; method: SignInMethod },
): Promise<NewCredential> {
  const memberships = await membershipsOf(session.query, userId);
  const chosen = memberships.find(({ organizationId }) => organizationId === preferred) ?? memberships[0];
  if (chosen === undefined) {
    throw new VedetteError('forbidden', 'You belong to no organisation.', {
      remedy: 'Ask one of its owners or admins to invite you.',
    });
  }
  const { email } = await getUser(session.query, userId);
  return openPersonSession(session, chosen.organizationId, { userId, email, method });
}

/**
 * Sets a password by a code, which then is used up. Every browser and every other code of the person ends.
 *
 * @throws VedetteError `unauthenticated` for the code, `usage` for the password; the code then stays as it was.
 */
export async function setPasswordByCode(
  store: Store,
  { code, password }: { code: string; password: string },
): Promise<{ email: string }> {
  // The password is judged by whom it is for, and hashed for a while: only then is the code used up.
  const userId = await holderOf(reading(store), 'password', code);
  const hash = await strongHash(store, userId, password);
  return transaction(store, async (session) => {
    const used = await useCode(session, 'password', code);
    await setPasswordHash(session, used.userId, hash);
    if (used.email !== null) await verifyEmail(session, used.userId, used.email);
    return { email: (await getUser(session.query, used.userId)).email };
  });
}

/**
 * Changes one's own password; every browser but this one is signed out, and this one gets a new secret.
 *
 * @throws VedetteError `unauthenticated` for a wrong current password, counted as an attempt to sign in
 */
export async function changePassword(
  store: Store,
  { userId, organizationId }: { userId: number; organizationId: string },
  { currentPassword, password }: { currentPassword: string; password: string },
): Promise<NewCredential> {
  const { email } = await getUser(reading(store), userId);
  const attempt = await requirePassword(store, email, currentPassword);
  const hash = await strongHash(store, userId, password);
  return transaction(store, async (session) => {
    await requireStill(session, attempt);
    await setPasswordHash(session, userId, hash);
    return sessionOf(session, userId, { preferred: organizationId, method: 'password' });
  });
}

/**
 * Goes over to another organisation of the person: with a new secret, and as fresh as before.
 *
 * @throws VedetteError `not-found` for one they do not belong to; `unauthenticated` where the session has ended meanwhile
 */
export function changeOrganization(
  store: Store,
  from: Credential & { userId: number },
  organizationId: string,
): Promise<NewCredential> {
  return transaction(store, async (session) => {
    const memberships = await membershipsOf(session.query, from.userId);
    if (!memberships.some((one) => one.organizationId === organizationId)) {
      throw new VedetteError('not-found', 'You belong to no such organisation.');
    }
    const { email } = await getUser(session.query, from.userId);
    const { userId, method, authenticatedAt } = from;
    if (!(await endSessionIn(session, from, 'session.close'))) {
      throw new VedetteError('unauthenticated', 'This browser has been signed out.');
    }
    return openPersonSession(session, organizationId, {
      userId,
      email,
      method: method ?? 'password',
      authenticatedAt,
    });
  });
}

/**
 * Gives whose it is, for `requireStill` in the transaction that changes something by it.
 *
 * @throws VedetteError `unauthenticated`; wrong ones count as attempts to sign in
 */
export async function requirePassword(store: Store, email: string, password: string): Promise<Attempt> {
  const attempt = await judgedPassword(store, email, password);
  await transaction(store, (session) => requireStill(session, attempt));
  return attempt;
}

/** @throws VedetteError `unauthenticated` where the password is no longer that which was judged */
export async function requireStill(session: Session, attempt: Attempt): Promise<void> {
  if (!(await endAttempts(session, attempt))) throw wrongPassword();
}

async function judgedPassword(store: Store, email: string, password: string): Promise<Attempt> {
  const attempt = await beginAttempt(store, email);
  const matches = await isPassword(password, attempt?.passwordHash ?? null);
  if (attempt === undefined || !matches) throw wrongPassword();
  return attempt;
}

async function strongHash(store: Store, userId: number, password: string): Promise<string> {
  const { email, name } = await getUser(reading(store), userId);
  const organizations = await membershipsOf(reading(store), userId);
  const own = ownNames(email, name, ...organizations.map(({ organizationId }) => organizationId));
  await requireStrong(password, { own, hasSecondFactor: false });
  const before = await passwordHashOf(reading(store), userId);
  if (before !== null && (await isPassword(password, before))) {
    throw new VedetteError('usage', 'This is the password that you have already.', {
      remedy: 'Choose another one.',
    });
  }
  return hashPassword(password);
}

/** One for all reasons: nobody learns by it who is there. */
function wrongPassword(): VedetteError {
  return new VedetteError(
    'unauthenticated',
    'The address or the password is wrong, or too many attempts went before.',
    {
      remedy: 'Check both. After several wrong attempts, wait up to 15 minutes; or set a new password.',
    },
  );
}
