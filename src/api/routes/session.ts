import { temporalLink } from '../../client/links.ts';
import { VedetteError } from '../../errors.ts';
import type { Credential, NewCredential } from '../../model/credential.ts';
import { packageVersion } from '../../package-root.ts';
import type { Vault } from '../../people/sealing.ts';
import { signInByPassword } from '../../people/sign-in.ts';
import {
  actorOf,
  endOf,
  endSession,
  findCredential,
  openSession,
  redeemLink,
} from '../../store/access/credentials.ts';
import { membershipsOf } from '../../store/people/members.ts';
import { getUser, reading } from '../../store/people/users.ts';
import type { Api, App } from '../api.ts';
import {
  callerIn,
  csrfTokenOf,
  isOwn,
  sessionCookie,
  setSessionCookie,
  SIGN_INS_PER_MINUTE,
} from '../authentication.ts';
import { operation } from '../operation.ts';
import { session, signInRequest } from '../schemas/access.ts';
import type { Session, SignInRequest } from '../schemas/access.ts';
import { nothing } from '../schemas/common.ts';

const showing = operation({
  id: 'showSession',
  tag: 'Access',
  access: 'look',
  summary: 'Who is signed in, and what they may do',
  answers: { 200: session },
});

const signingIn = operation({
  id: 'signIn',
  tag: 'Access',
  access: 'anyone',
  action: 'session.open',
  summary: 'Sign a browser in: by the code of a one-time link, a token, or address and password',
  description:
    'The session is kept in a cookie. Who has a second factor is answered `second-factor-required` to the right password alone, and sends its code along as `otp`.',
  body: signInRequest,
  answers: { 200: session },
});

const signingOut = operation({
  id: 'signOut',
  tag: 'Access',
  access: 'look',
  action: 'session.close',
  summary: 'Sign a browser out',
  answers: { 204: nothing },
});

export function sessionRoutes(app: App, { config, store, streams }: Api): void {
  const { temporal, plans } = config;

  async function sessionView(credential: Credential, csrfToken: string | null): Promise<Session> {
    const { organizationId, name, scope, role, method, authenticatedAt } = credential;
    const own = isOwn(config, credential);
    return {
      organizationId,
      name,
      scope,
      role,
      person: await personOf(credential),
      method,
      authenticatedAt,
      csrfToken,
      expiresAt: endOf(credential),
      version: packageVersion(),
      plans: plans.enabled,
      temporalUiUrl: own ? temporalLink(temporal.uiUrl, temporal.namespace) : null,
    };
  }

  async function personOf({ userId }: Credential): Promise<Session['person']> {
    if (userId === null) return null;
    const query = reading(await store());
    const { email, name, emailVerifiedAt } = await getUser(query, userId);
    const emailVerified = emailVerifiedAt !== null;
    return { userId, email, name, emailVerified, organizations: await membershipsOf(query, userId) };
  }

  app.get('/session', showing, async (request) => {
    const { credential, csrfToken } = callerIn(request);
    return sessionView(credential, csrfToken);
  });
  app.post(
    '/session',
    { ...signingIn, config: { ...signingIn.config, rateLimit: { max: SIGN_INS_PER_MINUTE } } },
    async (request, reply) => {
      const opened = await sessionFor({ store: await store(), config }, request.body);
      const { secret, organizationId, scope } = opened;
      request.caller = {
        organizationId,
        scope,
        credential: opened,
        actor: actorOf(opened),
        csrfToken: csrfTokenOf(secret),
      };
      setSessionCookie(reply, config, opened);
      return sessionView(opened, csrfTokenOf(secret));
    },
  );
  app.delete('/session', signingOut, async (request, reply) => {
    const { credential } = callerIn(request);
    if (credential.kind === 'session') await endSession(await store(), credential, 'session.close');
    await streams.endRevoked();
    return reply.clearCookie(sessionCookie(request, config), { path: '/' }).code(204).send();
  });
}

async function sessionFor(vault: Vault, request: SignInRequest): Promise<NewCredential> {
  const { store, config } = vault;
  if ('code' in request) return redeemLink(store, request.code);
  if ('email' in request) {
    return signInByPassword(vault, { ...request, preferred: config.general.organizationId });
  }
  const token = await findCredential(store, 'token', request.token);
  if (token !== undefined) return openSession(store, token);
  throw new VedetteError('unauthenticated', 'The token is unknown, has run out or was revoked.');
}
