import { isIP } from 'node:net';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { withoutBrackets } from '../config/listen-address.ts';
import { VedetteError } from '../errors.ts';
import type { Credential, NewCredential } from '../model/credential.ts';
import { recordChange } from '../store/access/audit.ts';
import { transaction } from '../store/database/store.ts';
import type { Session } from '../store/database/store.ts';
import {
  addPasskeyOf,
  findPasskey,
  passkeysOf,
  removePasskeyOf,
  usePasskey,
} from '../store/people/passkeys.ts';
import { beginSignInOf, takeSignIn } from '../store/people/sign-ins.ts';
import type { SignIn, SignInPurpose } from '../store/people/sign-ins.ts';
import { getUser, lockUser, noteSignIn, reading } from '../store/people/users.ts';
import type { Vault } from './sealing.ts';
import { sessionOf } from './sign-in.ts';
import { requireOtherWay, signOutElsewhere } from './ways-in.ts';

const PRODUCT = 'vedette';
const MOST = 20;

/** The browser that asks, and where it has the dashboard. */
export interface InBrowser {
  browser: string;
  base: string;
}

/** What the browser hands to its passkeys, and the state that its answer has to carry. */
export interface AskedOfPasskeys {
  state: string;
  options: Record<string, unknown>;
}

/**
 * Begins to add a passkey.
 *
 * @throws VedetteError `usage` where the dashboard has no name, but an address; or for one too many
 */
export async function beginToAddPasskey(
  vault: Vault,
  at: InBrowser,
  userId: number,
): Promise<AskedOfPasskeys> {
  const { id: rpID } = ourselves(at);
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const { email, name } = await getUser(reading(vault.store), userId);
  const known = await passkeysOf(reading(vault.store), userId);
  if (known.length >= MOST) {
    throw new VedetteError('usage', `You have ${MOST} passkeys already.`, { remedy: 'Remove one first.' });
  }
  const options = await generateRegistrationOptions({
    rpName: PRODUCT,
    rpID,
    userID: handleOf(userId),
    userName: email,
    userDisplayName: name,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ key }) => ({ id: key.credentialId })),
  });
  return ask(
    vault,
    at,
    { purpose: 'add-passkey', challenge: options.challenge, userId, returnTo: '/' },
    options,
  );
}

/**
 * Adds a passkey to who is signed in.
 *
 * @throws VedetteError `unauthenticated` for an answer that is none; `usage` for one that is somebody's already
 */
export async function addPasskey(
  { store }: Vault,
  at: InBrowser,
  { userId, organizationId }: { userId: number; organizationId: string },
  { state, name, response }: { state: string; name: string; response: RegistrationResponseJSON },
): Promise<void> {
  const { id: expectedRPID, origin: expectedOrigin } = ourselves(at);
  const begun = await transaction(store, (session) => takeSignIn(session, at.browser, state));
  if (begun?.purpose !== 'add-passkey' || begun.userId !== userId) throw notBegun();
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const judged = await verifyRegistrationResponse({
    response,
    expectedChallenge: begun.nonce,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
  }).catch(refused);
  if (!judged.verified) throw notOurs();
  const { id: credentialId, publicKey, counter } = judged.registrationInfo.credential;
  const key = { credentialId, publicKey: Buffer.from(publicKey).toString('base64url') };
  await transaction(store, async (session) => {
    if ((await findPasskey(session.query, credentialId)) !== undefined) {
      throw new VedetteError('usage', 'This passkey is known already.', { remedy: 'Sign in with it.' });
    }
    await addPasskeyOf(session, userId, { name, key, counter });
    await record(session, { userId, organizationId }, 'passkeys.add', { before: null, after: { name } });
  });
}

/** Begins to sign in with a passkey, whosever it is. @throws VedetteError `usage` where the dashboard has no name */
export async function beginPasskeySignIn(
  vault: Vault,
  at: InBrowser,
  returnTo: string,
): Promise<AskedOfPasskeys> {
  const { id: rpID } = ourselves(at);
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required' });
  return ask(
    vault,
    at,
    { purpose: 'passkey', challenge: options.challenge, userId: null, returnTo },
    options,
  );
}

/**
 * Signs in whose passkey it is. It is two factors in one: the device, and what unlocks it.
 *
 * @throws VedetteError `unauthenticated`
 */
export async function signInByPasskey(
  { store, config }: Vault,
  at: InBrowser,
  { state, response }: { state: string; response: AuthenticationResponseJSON },
): Promise<{ opened: NewCredential; returnTo: string }> {
  const { id: expectedRPID, origin: expectedOrigin } = ourselves(at);
  const begun = await transaction(store, (session) => takeSignIn(session, at.browser, state));
  if (begun?.purpose !== 'passkey') throw notBegun();
  const passkey = await findPasskey(reading(store), response.id);
  if (passkey === undefined) throw notOurs();
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { credentialId: id, publicKey } = passkey.key;
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: begun.nonce,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
    credential: {
      id,
      publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(refused);
  if (!verified) throw notOurs();
  const opened = await transaction(store, async (session) => {
    const isStill = await usePasskey(session, passkey, authenticationInfo.newCounter);
    if (!isStill || !(await noteSignIn(session, passkey.userId))) throw notOurs();
    const preferred = config.general.organizationId;
    return sessionOf(session, passkey.userId, { preferred, method: 'passkey' });
  });
  return { opened, returnTo: begun.returnTo };
}

/**
 * Takes a passkey off who is signed in. Every browser but this one is signed out, and this one gets a new secret.
 *
 * @throws VedetteError `not-found`; `usage` for the last way in
 */
export function removePasskey(
  { store }: Vault,
  self: Credential & { userId: number },
  id: number,
): Promise<NewCredential> {
  return transaction(store, async (session) => {
    await lockUser(store, session, self.userId);
    const found = (await passkeysOf(session.query, self.userId)).find((one) => one.id === id);
    if (found === undefined) throw new VedetteError('not-found', `You have no passkey ${id}.`);
    await requireOtherWay(session, self.userId);
    await removePasskeyOf(session, self.userId, id);
    const { name } = found;
    await record(session, self, 'passkeys.remove', { before: { name }, after: null });
    return signOutElsewhere(session, self);
  });
}

async function ask(
  { store }: Vault,
  { browser }: InBrowser,
  {
    challenge,
    ...begun
  }: Pick<SignIn, 'userId' | 'returnTo'> & { purpose: SignInPurpose; challenge: string },
  options: object,
): Promise<AskedOfPasskeys> {
  const signIn: SignIn = { provider: 'passkey', nonce: challenge, codeVerifier: '', ...begun };
  return {
    state: await transaction(store, (session) => beginSignInOf(session, browser, signIn)),
    options: { ...options },
  };
}

/** What passkeys are made for: a name, which no address is. */
function ourselves({ base }: InBrowser): { id: string; origin: string } {
  const { hostname, origin, port } = new URL(base);
  if (isIP(withoutBrackets(hostname)) === 0) return { id: hostname, origin };
  const here = `http://localhost${port === '' ? '' : `:${port}`}`;
  throw new VedetteError('usage', 'Passkeys need a name, and the dashboard was opened by an address.', {
    remedy: `On this machine open ${here}; for others set VEDETTE_PUBLIC_URL.`,
  });
}

/** Tells the device whose passkey it keeps, so that it replaces one of the same person. */
function handleOf(userId: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(`user ${userId}`));
}

function record(
  session: Session,
  { userId, organizationId }: { userId: number; organizationId: string },
  action: string,
  change: { before: { name: string } | null; after: { name: string } | null },
): Promise<void> {
  return recordChange(session, { organizationId, action, target: `members/${userId}`, ...change });
}

function refused(cause: unknown): never {
  throw notOurs(cause);
}

function notOurs(cause?: unknown): VedetteError {
  return new VedetteError('unauthenticated', 'This passkey is not known here, or its answer is not valid.', {
    remedy: 'Sign in another way, and add it under Settings → Your account.',
    cause,
  });
}

function notBegun(): VedetteError {
  return new VedetteError(
    'unauthenticated',
    'This was not begun in this browser, has ended, or was begun more than ten minutes ago.',
    { remedy: 'Begin again.' },
  );
}
