import { VedetteError } from '../errors.ts';
import type { Credential, NewCredential } from '../model/credential.ts';
import { recordChange } from '../store/access/audit.ts';
import { transaction } from '../store/database/store.ts';
import type { Session } from '../store/database/store.ts';
import {
  beginFactorOf,
  confirmFactorOf,
  countRecoveryCodes,
  findBegunFactor,
  findFactor,
  removeFactorOf,
  replaceRecoveryCodes,
} from '../store/people/factors.ts';
import { endOwnSessions, getUser, reading } from '../store/people/users.ts';
import { newFactorSecret, newRecoveryCode, recoveryHash, stepOf } from './one-time-codes.ts';
import { PASSWORD_LENGTH } from './passwords.ts';
import type { Vault } from './sealing.ts';
import { replaceSession, requireOwnPassword, requireOwnProof, sessionOf } from './sign-in.ts';

const RECOVERY_CODES = 10;

interface Self {
  userId: number;
  organizationId: string;
}

/** The browser of somebody who changes their own. */
type Asking = Credential & { userId: number };

/** How one's own second factor is. */
export async function factorState(
  { store }: Pick<Vault, 'store'>,
  userId: number,
): Promise<{ since: string | null; recoveryCodesLeft: number }> {
  const query = reading(store);
  const factor = await findFactor(query, userId);
  return { since: factor?.createdAt ?? null, recoveryCodesLeft: await countRecoveryCodes(query, userId) };
}

/**
 * Begins to set a second factor up; it counts when a code of it is given.
 *
 * @throws VedetteError `forbidden` for a wrong password; `usage` for one who has a factor, or without a key to encrypt it with
 */
export async function beginFactor(
  vault: Vault,
  userId: number,
  currentPassword: string,
): Promise<{ secret: string; otpauthUrl: string }> {
  const { store } = vault;
  await requireOwnPassword(store, userId, currentPassword);
  if ((await findFactor(reading(store), userId)) !== undefined) {
    throw new VedetteError('usage', 'You have a second factor already.', { remedy: 'Remove it first.' });
  }
  const { email } = await getUser(reading(store), userId);
  const { secret, otpauthUrl, sealed } = await newFactorSecret(vault, { userId, email });
  await transaction(store, (session) => beginFactorOf(session, userId, sealed));
  return { secret, otpauthUrl };
}

/**
 * Makes the factor that was begun count. Every browser but this one is signed out, and this one gets a new secret.
 *
 * @returns also the recovery codes, this once
 * @throws VedetteError `forbidden` for a wrong code; `usage` when none was begun, or too long ago; `unauthenticated` for a
 *   browser that was signed out meanwhile
 */
export async function confirmFactor(
  vault: Vault,
  from: Asking,
  otp: string,
): Promise<{ recoveryCodes: string[]; opened: NewCredential }> {
  const { store } = vault;
  const { userId, organizationId } = from;
  const begun = await findBegunFactor(reading(store), userId);
  if (begun === undefined) throw notBegun();
  const step = await stepOf(vault, begun, { userId, otp });
  if (step === null) {
    throw new VedetteError('forbidden', 'This is not the code of now.', {
      remedy:
        'Type the six digits that the app shows; if they are refused again, set the clock of its device.',
    });
  }
  const recoveryCodes = newRecoveryCodes();
  const opened = await transaction(store, async (session) => {
    await replaceSession(session, from);
    const recoveryHashes = recoveryCodes.map(recoveryHash);
    if (!(await confirmFactorOf(session, userId, { id: begun.id, step, recoveryHashes }))) throw notBegun();
    await recordFactor(session, { userId, organizationId, action: 'factor.set-up', isThere: true });
    return signInAnew(session, { userId, organizationId });
  });
  return { recoveryCodes, opened };
}

/**
 * Gives other recovery codes, by the factor and the password; those before end.
 *
 * @returns the codes, this once
 * @throws VedetteError `forbidden` for a wrong password or code; `usage` for one who has no second factor
 */
export async function renewRecoveryCodes(
  vault: Vault,
  { userId, organizationId }: Self,
  { currentPassword, otp }: { currentPassword: string; otp: string },
): Promise<string[]> {
  await requireOwnProof(vault, userId, { password: currentPassword, otp });
  const codes = newRecoveryCodes();
  await transaction(vault.store, async (session) => {
    const left = await countRecoveryCodes(session.query, userId);
    if (!(await replaceRecoveryCodes(session, userId, codes.map(recoveryHash)))) {
      throw new VedetteError('usage', 'You have no second factor.', { remedy: 'Set one up first.' });
    }
    await recordChange(session, {
      organizationId,
      action: 'factor.renew',
      target: `members/${userId}`,
      before: { left },
      after: { left: codes.length },
    });
  });
  return codes;
}

/**
 * Takes one's own second factor away, by it and the password. Every browser but this one is signed out.
 *
 * @throws VedetteError `forbidden` for a wrong password or code; `usage` for a password that is too short to stand alone;
 *   `unauthenticated` for a browser that was signed out meanwhile
 */
export async function removeOwnFactor(
  vault: Vault,
  from: Asking,
  { currentPassword, otp }: { currentPassword: string; otp: string },
): Promise<NewCredential> {
  const { userId, organizationId } = from;
  await requireOwnProof(vault, userId, { password: currentPassword, otp });
  if (Array.from(currentPassword).length < PASSWORD_LENGTH.least) {
    throw new VedetteError('usage', 'Your password is too short to stand alone.', {
      remedy: `Change it first, to one of at least ${PASSWORD_LENGTH.least} characters.`,
    });
  }
  return transaction(vault.store, async (session) => {
    await replaceSession(session, from);
    await removeFactor(session, { userId, organizationId });
    return signInAnew(session, { userId, organizationId });
  });
}

/** Takes somebody's second factor away, within a transaction; false when there is none. */
export async function removeFactor(session: Session, self: Self): Promise<boolean> {
  const wasThere = await removeFactorOf(session, self.userId);
  if (wasThere) await recordFactor(session, { ...self, action: 'factor.remove', isThere: false });
  return wasThere;
}

function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
}

async function signInAnew(session: Session, { userId, organizationId }: Self): Promise<NewCredential> {
  await endOwnSessions(session, userId);
  return sessionOf(session, userId, { preferred: organizationId, method: 'password' });
}

function recordFactor(
  session: Session,
  { userId, organizationId, action, isThere }: Self & { action: string; isThere: boolean },
): Promise<void> {
  const state = (there: boolean) => ({ secondFactor: there ? 'on' : 'off' });
  return recordChange(session, {
    organizationId,
    action,
    target: `members/${userId}`,
    before: state(!isThere),
    after: state(isThere),
  });
}

function notBegun(): VedetteError {
  return new VedetteError('usage', 'No second factor is being set up, or it was begun too long ago.', {
    remedy: 'Begin again.',
  });
}
