import { randomBytes } from 'node:crypto';
import { VedetteError } from '../errors.ts';
import type { Credential, NewCredential } from '../model/credential.ts';
import { emailKey } from '../model/person.ts';
import { recordChange } from '../store/access/audit.ts';
import { transaction } from '../store/database/store.ts';
import type { Session } from '../store/database/store.ts';
import { beginAttempt } from '../store/people/attempts.ts';
import { findFactor } from '../store/people/factors.ts';
import {
  addIdentity,
  findIdentity,
  identitiesOf,
  removeIdentity,
  useIdentity,
} from '../store/people/identities.ts';
import { acceptInvitation, findInvitation } from '../store/people/invitations.ts';
import type { Accepting } from '../store/people/invitations.ts';
import { beginSignInOf, endSignIn, findWaiting, takeSignIn } from '../store/people/sign-ins.ts';
import type { SignIn, SignInPurpose } from '../store/people/sign-ins.ts';
import { getUser, lockUser, noteSignIn, reading, verifyEmail } from '../store/people/users.ts';
import { memberLimit } from './limits.ts';
import { isSecondFactor } from './one-time-codes.ts';
import type { Providers } from './providers/open-providers.ts';
import type { Proven } from './providers/provider.ts';
import type { Vault } from './sealing.ts';
import { sessionOf } from './sign-in.ts';
import { requireOtherWay, signOutElsewhere } from './ways-in.ts';

const RANDOM_BYTES = 32;
/** As the standard limits it; nothing else could be told apart in every database. */
const SUBJECT = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** Where a browser signs in from. */
export interface AtProvider {
  providers: Providers;
  /** What only this browser knows. */
  browser: string;
  /** Of the dashboard, as the browser reaches it. */
  base: string;
}

/** What the browser brought back: an answer, or why there is none. */
export interface Returned {
  state: string;
  code?: string | undefined;
  iss?: string | undefined;
  error?: string | undefined;
}

/** A browser that is signed in, and the path that it was to go to. */
export interface SignedInByProvider {
  opened: NewCredential;
  returnTo: string;
}

/**
 * Begins to sign in, or to link.
 *
 * @returns where the browser goes
 * @throws VedetteError `not-found` for an unknown provider, and as its `begin`
 */
export async function beginAtProvider(
  { store }: Vault,
  { providers, browser, base }: AtProvider,
  wish: { provider: string; purpose: SignInPurpose; returnTo: string; userId: number | null },
): Promise<URL> {
  const provider = providers.named(wish.provider);
  const [nonce, codeVerifier] = [newRandom(), newRandom()];
  const state = await transaction(store, (session) =>
    beginSignInOf(session, browser, { ...wish, nonce, codeVerifier }),
  );
  return provider.begin({ redirectUri: returnAddress(base), state, nonce, codeVerifier });
}

/**
 * Signs in whose account at the provider it is. With an invitation, it is accepted: by who has an account here, or by somebody
 * new whose address the provider has verified.
 *
 * @throws VedetteError `unauthenticated` for what is no answer to this browser; `forbidden` for an account of nobody here;
 *   `second-factor-required`: `finishByFactor` goes on; as `acceptInvitation`
 */
export async function signInByProvider(
  vault: Vault,
  at: AtProvider,
  { invitation, ...returned }: Returned & { invitation?: string | undefined },
): Promise<SignedInByProvider> {
  const { begun, proven } = await answer(vault, at, returned, ['sign-in', 'invitation']);
  const identity = await findIdentity(reading(vault.store), proven);
  if (identity === undefined) {
    if (invitation === undefined) throw linkedWithNobody(at, begun);
    return { opened: await comeIn(vault, begun, proven, invitation), returnTo: begun.returnTo };
  }
  if ((await findFactor(reading(vault.store), identity.userId)) !== undefined) {
    const waiting: SignIn = { ...begun, purpose: 'factor', userId: identity.userId };
    await transaction(vault.store, (session) => beginSignInOf(session, at.browser, waiting));
    throw new VedetteError('second-factor-required', 'The code of your second factor is needed as well.');
  }
  const opened = await finish(vault, identity.userId, invitation, (session) =>
    useIdentity(session, identity, proven),
  );
  return { opened, returnTo: begun.returnTo };
}

/**
 * The second half for who has a second factor.
 *
 * @throws VedetteError `unauthenticated` for a wrong code, which counts like a wrong password, or when nothing waits for one
 */
export async function finishByFactor(
  vault: Vault,
  browser: string,
  { otp, invitation }: { otp: string; invitation?: string | undefined },
): Promise<SignedInByProvider> {
  const { store } = vault;
  const waiting = await findWaiting(reading(store), browser);
  if (waiting?.userId == null) throw notBegun();
  const { id, userId, returnTo } = waiting;
  const { email } = await getUser(reading(store), userId);
  const attempt = await beginAttempt(store, email);
  const factor = await findFactor(reading(store), userId);
  if (
    attempt === undefined ||
    factor === undefined ||
    !(await isSecondFactor(vault, factor, { userId, otp }))
  ) {
    throw new VedetteError(
      'unauthenticated',
      'The code of your second factor is wrong, or was used before, or too many attempts went before.',
      {
        remedy:
          'Wait for the next one of the app and type it, or take a recovery code; after several wrong ones wait up to 15 minutes.',
      },
    );
  }
  const opened = await finish(vault, userId, invitation, (session) => endSignIn(session, id));
  return { opened, returnTo };
}

/**
 * Links an account at a provider with who is signed in.
 *
 * @throws VedetteError as `signInByProvider`; `usage` for one that is somebody's already
 */
export async function linkIdentity(
  vault: Vault,
  at: AtProvider,
  { userId, organizationId, ...returned }: Returned & { userId: number; organizationId: string },
): Promise<void> {
  const { begun, proven } = await answer(vault, at, returned, ['link']);
  if (begun.userId !== userId) throw notBegun();
  const { name } = at.providers.named(begun.provider);
  await transaction(vault.store, async (session) => {
    const known = await findIdentity(session.query, proven);
    if (known !== undefined) {
      throw new VedetteError('usage', `This account of ${name} is linked already.`, {
        remedy:
          known.userId === userId
            ? 'Sign in with it.'
            : 'It is somebody else’s here: sign in with it and unlink it there, or choose another account.',
      });
    }
    await addIdentity(session, { userId, provider: begun.provider, ...proven });
    await recordChange(session, {
      organizationId,
      action: 'identities.link',
      target: `members/${userId}`,
      before: null,
      after: { provider: begun.provider, email: proven.email },
    });
  });
}

/**
 * Takes an account of a provider off who is signed in. Every browser but this one is signed out, and this one gets a new secret,
 * no fresher than before.
 *
 * @throws VedetteError `not-found`; `usage` for the last way in
 */
export function unlinkIdentity(
  { store }: Vault,
  self: Credential & { userId: number },
  id: number,
): Promise<NewCredential> {
  const { userId, organizationId } = self;
  return transaction(store, async (session) => {
    await lockUser(store, session, userId);
    const found = (await identitiesOf(session.query, userId)).find((one) => one.id === id);
    if (found === undefined) throw new VedetteError('not-found', `You have linked no account ${id}.`);
    await requireOtherWay(session, userId);
    await removeIdentity(session, userId, id);
    const { provider, email } = found;
    await recordChange(session, {
      organizationId,
      action: 'identities.unlink',
      target: `members/${userId}`,
      before: { provider, email },
      after: null,
    });
    return signOutElsewhere(session, self);
  });
}

/** What nobody can guess. */
function newRandom(): string {
  return randomBytes(RANDOM_BYTES).toString('base64url');
}

/** The page that providers lead back to; they want to know it beforehand. */
function returnAddress(base: string): string {
  return `${base.replace(/\/$/, '')}/sign-in/return`;
}

/** What the provider says to what this browser has asked for, once. */
async function answer(
  { store }: Vault,
  { providers, browser, base }: AtProvider,
  { state, code, iss, error }: Returned,
  purposes: readonly SignInPurpose[],
): Promise<{ begun: SignIn; proven: Proven }> {
  const begun = await transaction(store, (session) => takeSignIn(session, browser, state));
  if (begun === undefined || !purposes.includes(begun.purpose)) throw notBegun();
  const provider = providers.named(begun.provider);
  if (code === undefined) {
    throw new VedetteError(
      'unauthenticated',
      `${provider.name} did not sign you in: ${error ?? 'no code'}.`,
      {
        remedy: 'Begin again on the page to sign in.',
      },
    );
  }
  const { nonce, codeVerifier } = begun;
  const asked = { redirectUri: returnAddress(base), state, nonce, codeVerifier };
  const proven = await provider.complete(asked, { code, iss });
  if (SUBJECT.test(proven.subject)) return { begun, proven };
  throw new VedetteError('unauthenticated', `${provider.name} names you in a way that is not known here.`, {
    remedy: 'Sign in another way.',
  });
}

/** Lets somebody new in by an invitation of the address that the provider has verified. */
async function comeIn(
  { store, config }: Vault,
  { provider }: SignIn,
  proven: Proven,
  code: string,
): Promise<NewCredential> {
  const { email } = await findInvitation(reading(store), code);
  if (!proven.emailVerified || proven.email === null || emailKey(proven.email) !== emailKey(email)) {
    throw new VedetteError('forbidden', `The provider does not say that ${email} is yours.`, {
      remedy: 'Accept with a password, or sign in there with the account of this address.',
    });
  }
  const { userId, organizationId } = await acceptInvitation(
    store,
    code,
    {
      as: null,
      name: email,
      letIn: async (session, newcomer) => {
        await addIdentity(session, { userId: newcomer, provider, ...proven });
        await verifyEmail(session, newcomer, email);
      },
    },
    memberLimit(config),
  );
  return transaction(store, async (session) => {
    await requireEnabled(session, userId);
    return sessionOf(session, userId, { preferred: organizationId, method: 'provider' });
  });
}

/** Opens the session of somebody who has shown who they are, in the organisation of the invitation that they accept. */
async function finish(
  { store, config }: Vault,
  userId: number,
  invitation: string | undefined,
  isStill: (session: Session) => Promise<boolean>,
): Promise<NewCredential> {
  if ((await getUser(reading(store), userId)).disabledAt !== null) throw isDisabled();
  const as: Accepting = { as: userId };
  const accepted =
    invitation === undefined ? undefined : await acceptInvitation(store, invitation, as, memberLimit(config));
  const preferred = accepted?.organizationId ?? config.general.organizationId;
  return transaction(store, async (session) => {
    if (!(await isStill(session))) throw notBegun();
    await requireEnabled(session, userId);
    return sessionOf(session, userId, { preferred, method: 'provider' });
  });
}

async function requireEnabled(session: Session, userId: number): Promise<void> {
  if (!(await noteSignIn(session, userId))) throw isDisabled();
}

function linkedWithNobody({ providers }: AtProvider, { provider }: SignIn): VedetteError {
  return new VedetteError(
    'forbidden',
    `This account of ${providers.named(provider).name} is linked with nobody here.`,
    {
      remedy:
        'Sign in as you always do, and link it under Settings → Your account; or open your invitation once more.',
    },
  );
}

function isDisabled(): VedetteError {
  return new VedetteError('forbidden', 'Your account here is disabled.', {
    remedy: 'Ask one of the owners or admins of your organisation.',
  });
}

function notBegun(): VedetteError {
  return new VedetteError(
    'unauthenticated',
    'This sign-in was not begun in this browser, has ended, or was begun more than ten minutes ago.',
    { remedy: 'Begin again on the page to sign in.' },
  );
}
