import { randomBytes } from 'node:crypto';
import { secretHash } from '../store/access/secrets.ts';
import { transaction } from '../store/database/store.ts';
import { useRecoveryCode, useStep } from '../store/people/factors.ts';
import type { Factor } from '../store/people/factors.ts';
import { seal, unseal } from './sealing.ts';
import type { Vault } from './sealing.ts';

const ISSUER = 'vedette';
/** Clocks may be so far apart, in seconds; a code is one of 30. */
const TOLERANCE_S = 30;
const RECOVERY_BYTES = 10;

/** What an authenticator app takes, and the secret as it is stored. */
export async function newFactorSecret(
  vault: Vault,
  { userId, email }: { userId: number; email: string },
): Promise<{ secret: string; otpauthUrl: string; sealed: string }> {
  const { generateSecret, generateURI } = await import('otplib');
  const secret = generateSecret();
  return {
    secret,
    otpauthUrl: generateURI({ issuer: ISSUER, label: email, secret }),
    sealed: await seal(vault, secret, ownerOf(userId)),
  };
}

/**
 * Whether a code is one of the factor's now, or a recovery code; it is used up. A lost key makes no recovery code useless.
 */
export async function isSecondFactor(
  vault: Vault,
  factor: Factor,
  { userId, otp }: { userId: number; otp: string },
): Promise<boolean> {
  if (!isDigits(otp)) {
    return transaction(vault.store, (session) => useRecoveryCode(session, userId, recoveryHash(otp)));
  }
  const step = await stepOf(vault, factor, { userId, otp });
  return step !== null && transaction(vault.store, (session) => useStep(session, factor.id, step));
}

/** The step of time that a code is of; null for none of now. */
export async function stepOf(
  vault: Vault,
  factor: Factor,
  { userId, otp }: { userId: number; otp: string },
): Promise<number | null> {
  if (!isDigits(otp)) return null;
  const { verify } = await import('otplib');
  const secret = await unseal(vault, factor.secret, ownerOf(userId));
  const judged = await verify({ secret, token: withoutSpace(otp), epochTolerance: TOLERANCE_S });
  return judged.valid && 'timeStep' in judged ? judged.timeStep : null;
}

/** 80 random bits, in groups that can be read aloud. */
export function newRecoveryCode(): string {
  const text = randomBytes(RECOVERY_BYTES).toString('hex');
  return text.match(/.{5}/g)?.join('-') ?? text;
}

export function recoveryHash(code: string): string {
  return secretHash(withoutSpace(code).replaceAll('-', '').toLowerCase());
}

function isDigits(otp: string): boolean {
  return /^\d{6}$/.test(withoutSpace(otp));
}

/** Apps show a space in the middle, and who types copies it. */
function withoutSpace(otp: string): string {
  return otp.replaceAll(/\s/g, '');
}

function ownerOf(userId: number): string {
  return `user ${userId}`;
}
