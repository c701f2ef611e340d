import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import {
  addPasskey,
  beginPasskeySignIn,
  beginToAddPasskey,
  removePasskey,
  signInByPasskey,
} from '../../people/passkeys.ts';
import { passkeysOf } from '../../store/people/passkeys.ts';
import { reading } from '../../store/people/users.ts';
import type { Api, App } from '../api.ts';
import { callerIn, personIn, setSessionCookie } from '../authentication.ts';
import { operation } from '../operation.ts';
import { idParameter, nothing } from '../schemas/common.ts';
import {
  addPasskeyRequest,
  askedOfPasskeys,
  beginPasskeySignInRequest,
  passkeyList,
  passkeySignInRequest,
  signedInByProvider,
} from '../schemas/sign-in.ts';
import { beginningBrowser, browserIn, freshPersonIn, limited } from '../signing-in.ts';

const open = { tag: 'Access', access: 'anyone' } as const;
const own = { tag: 'Own account', access: 'own-account' } as const;

const beginning = operation({
  ...open,
  id: 'beginPasskeySignIn',
  action: 'session.begin',
  summary: 'Begin to sign in with a passkey',
  body: beginPasskeySignInRequest,
  answers: { 200: askedOfPasskeys },
});

const signingIn = operation({
  ...open,
  id: 'signInByPasskey',
  action: 'session.open',
  summary: 'Sign a browser in with a passkey, which is two factors in one',
  body: passkeySignInRequest,
  answers: { 200: signedInByProvider },
});

const showing = operation({
  ...own,
  id: 'listPasskeys',
  summary: "One's own passkeys, the oldest first",
  answers: { 200: passkeyList },
});

const beginningToAdd = operation({
  ...own,
  id: 'beginPasskey',
  action: 'passkeys.begin',
  summary: 'Begin to add a passkey, within 15 minutes of signing in',
  answers: { 200: askedOfPasskeys },
});

const adding = operation({
  ...own,
  id: 'addPasskey',
  action: 'passkeys.add',
  summary: 'Add the passkey that the browser has made',
  body: addPasskeyRequest,
  answers: { 204: nothing },
});

const removing = operation({
  ...own,
  id: 'removePasskey',
  action: 'passkeys.remove',
  summary: 'Take a passkey away, within 15 minutes of signing in; every other browser is signed out',
  params: idParameter,
  answers: { 204: nothing },
});

/** Signing in with what a device or a password manager keeps. */
export function passkeyRoutes(app: App, { config, store, streams }: Api): void {
  app.post('/sign-in/passkey/begin', limited(beginning), async (request, reply) => {
    const at = beginningBrowser(request, reply, config);
    return beginPasskeySignIn({ store: await store(), config }, at, request.body.returnTo);
  });
  app.post('/sign-in/passkey', limited(signingIn), async (request, reply) => {
    const { state, response } = request.body;
    const { opened, returnTo } = await signInByPasskey(
      { store: await store(), config },
      browserIn(request, config),
      { state, response: response as unknown as AuthenticationResponseJSON },
    );
    setSessionCookie(reply, config, opened);
    return { returnTo };
  });
  app.get('/me/passkeys', showing, async (request) => {
    const all = await passkeysOf(reading(await store()), personIn(request).userId);
    return {
      passkeys: all.map(({ id, name, createdAt, lastUsedAt }) => ({ id, name, createdAt, lastUsedAt })),
    };
  });
  app.post('/me/passkeys/begin', limited(beginningToAdd), async (request, reply) => {
    const { userId } = freshPersonIn(request);
    const at = beginningBrowser(request, reply, config);
    return beginToAddPasskey({ store: await store(), config }, at, userId);
  });
  app.post('/me/passkeys', limited(adding), async (request, reply) => {
    const { organizationId } = callerIn(request);
    const self = { userId: personIn(request).userId, organizationId };
    const { response, ...given } = request.body;
    await addPasskey({ store: await store(), config }, browserIn(request, config), self, {
      ...given,
      response: response as unknown as RegistrationResponseJSON,
    });
    return reply.code(204).send();
  });
  app.delete('/me/passkeys/:id', removing, async (request, reply) => {
    const person = freshPersonIn(request);
    const opened = await removePasskey({ store: await store(), config }, person, request.params.id);
    await streams.endRevoked();
    return setSessionCookie(reply, config, opened).code(204).send();
  });
}
