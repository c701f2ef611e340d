import { VedetteError } from '../errors.ts';
import type { Credential, NewCredential } from '../model/credential.ts';
import type { SignInMethod } from '../model/permissions.ts';
import { endSessionIn, openPersonSession } from '../store/access/credentials.ts';
import { transaction } from '../store/database/store.ts';
import type { Session, Store } from '../store/database/store.ts';
import { beginAttempt, endAttempts, endWait, takeBackAttempt } from '../store/people/attempts.ts';
import type { Attempt } from '../store/people/attempts.ts';
import { holderOf, useCode } from '../store/people/codes.ts';
import { findFactor } from '../store/people/factors.ts';
import { membershipsOf } from '../store/people/members.ts';
import { getUser, passwordHashOf, reading, setPasswordHash, verifyEmail } from '../store/people/users.ts';
import { isSecondFactor } from './one-time-codes.ts';
import { hashPassword, isPassword, ownNames, requireStrong } from './passwords.ts';
import type { Vault } from './sealing.ts';

/** Who somebody says they are, and what shows it. */
export interface Proof {
  email: string;
  password: string;
  /** Of the second factor, where there is one: its code, or a recovery code. */
  otp?: string | undefined;
}

/**
 * Signs somebody in by their password, and their second factor where they have one.
 *
 * @param preferred the organisation to begin in, where they belong to it
 * @throws VedetteError as `requireProof`; `forbidden` for one who belongs to no organisation
 */
export async function signInByPassword(
  vault: Vault,
  { preferred, ...proof }: Proof & { preferred: string },
): Promise<NewCredential> {
  const attempt = await requireProof(vault, proof);
  return transaction(vault.store, async (session) => {
    await requireStill(session, attempt);
    return sessionOf(session, attempt.userId, { preferred, method: 'password' });
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
    await endWait(session, used.userId);
    if (used.email !== null) await verifyEmail(session, used.userId, used.email);
    return { email: (await getUser(session.query, used.userId)).email };
  });
}

/**
 * Changes one's own password; every browser but this one is signed out, and this one gets a new secret.
 *
 * @throws VedetteError `forbidden` for a wrong current password, counted as an attempt to sign in
 */
export async function changePassword(
  store: Store,
  { userId, organizationId }: { userId: number; organizationId: string },
  { currentPassword, password }: { currentPassword: string; password: string },
): Promise<NewCredential> {
  const attempt = await requireOwnPassword(store, userId, currentPassword);
  const hash = await strongHash(store, userId, password);
  return transaction(store, async (session) => {
    if (!(await setPasswordHash(session, userId, hash, attempt.passwordHash))) throw wrongPassword();
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
 * Whose the proof is, for `requireStill` in the transaction that lets them in. Who is unknown, disabled, has no password or
 * must wait gets the same answer after the same time as who types a wrong one; only who knows the password learns that there
 * is a second factor.
 *
 * @throws VedetteError `unauthenticated`; `second-factor-required` when the code is missing. Wrong ones count.
 */
export async function requireProof(vault: Vault, { email, password, otp }: Proof): Promise<Attempt> {
  return requireCode(vault, await judged(vault.store, email, password), otp);
}

/**
 * That the password is still the one that was judged: that takes a while, in which it may have been changed to keep somebody
 * out.
 *
 * @throws VedetteError `unauthenticated`
 */
export async function requireStill(session: Session, attempt: Attempt): Promise<void> {
  if (!(await endAttempts(session, attempt))) throw wrongPassword();
}

/**
 * That who is signed in is who they say, before something that matters. The session holds on: it is not refused for a typing
 * error.
 *
 * @throws VedetteError `forbidden`; wrong ones count as attempts to sign in
 */
export async function requireOwnPassword(store: Store, userId: number, password: string): Promise<Attempt> {
  const attempt = await judgedOwn(store, userId, password);
  await transaction(store, (session) => takeBackAttempt(session, attempt));
  return attempt;
}

/** The same with the second factor, where there is one. @throws VedetteError `forbidden` */
export async function requireOwnProof(
  vault: Vault,
  userId: number,
  { password, otp }: { password: string; otp: string },
): Promise<void> {
  const attempt = await judgedOwn(vault.store, userId, password);
  await requireCode(vault, attempt, otp).catch((error: unknown) => {
    throw refusedInSession(error, (error as Error).message);
  });
}

/** The second half of a proof. */
async function requireCode(vault: Vault, attempt: Attempt, otp: string | undefined): Promise<Attempt> {
  const { store } = vault;
  const { userId } = attempt;
  const factor = await findFactor(reading(store), userId);
  if (factor !== undefined && otp === undefined) {
    await transaction(store, (session) => takeBackAttempt(session, attempt));
    throw new VedetteError('second-factor-required', 'The code of your second factor is needed as well.');
  }
  if (factor !== undefined && !(await isSecondFactor(vault, factor, { userId, otp: otp ?? '' }))) {
    throw new VedetteError(
      'unauthenticated',
      'The code of your second factor is wrong, or was used before.',
      {
        remedy: 'Wait for the next one of the app and type it, or take a recovery code.',
      },
    );
  }
  await transaction(store, (session) => requireStill(session, attempt));
  return attempt;
}

async function judgedOwn(store: Store, userId: number, password: string): Promise<Attempt> {
  const { email } = await getUser(reading(store), userId);
  return judged(store, email, password).catch((error: unknown) => {
    throw refusedInSession(error, 'Your current password is wrong, or too many attempts went before.');
  });
}

/** What would end the session as an answer, said without that. */
function refusedInSession(error: unknown, message: string): unknown {
  if (!(error instanceof VedetteError) || error.type !== 'unauthenticated') return error;
  return new VedetteError('forbidden', message, {
    remedy: 'Type it again; after several wrong attempts, wait up to 15 minutes.',
  });
}

/** An attempt whose password is right. @throws VedetteError `unauthenticated` */
async function judged(store: Store, email: string, password: string): Promise<Attempt> {
  const attempt = await beginAttempt(store, email);
  const matches = await isPassword(password, attempt?.passwordHash ?? null);
  if (attempt === undefined || !matches) throw wrongPassword();
  return attempt;
}

async function strongHash(store: Store, userId: number, password: string): Promise<string> {
  const { email, name } = await getUser(reading(store), userId);
  const organizations = await membershipsOf(reading(store), userId);
  const own = ownNames(email, name, ...organizations.map(({ organizationId }) => organizationId));
  const hasSecondFactor = (await findFactor(reading(store), userId)) !== undefined;
  await requireStrong(password, { own, hasSecondFactor });
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
