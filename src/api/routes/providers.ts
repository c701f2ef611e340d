import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  beginAtProvider,
  finishByFactor,
  linkIdentity,
  signInByProvider,
  unlinkIdentity,
} from '../../people/provider-sign-in.ts';
import type { AtProvider } from '../../people/provider-sign-in.ts';
import { Providers } from '../../people/providers/open-providers.ts';
import { identitiesOf } from '../../store/people/identities.ts';
import { reading } from '../../store/people/users.ts';
import type { Api, App } from '../api.ts';
import { callerIn, personIn, setSessionCookie } from '../authentication.ts';
import { operation } from '../operation.ts';
import { idParameter, nothing } from '../schemas/common.ts';
import {
  beginProviderSignInRequest,
  begunAtProvider,
  factorSignInRequest,
  identityList,
  providerList,
  providerParameter,
  providerSignInRequest,
  returnedFromProvider,
  signedInByProvider,
} from '../schemas/sign-in.ts';
import { beginningBrowser, browserIn, freshPersonIn, limited } from '../signing-in.ts';

const open = { tag: 'Access', access: 'anyone' } as const;
const own = { tag: 'Own account', access: 'own-account' } as const;

const listing = operation({
  ...open,
  id: 'listSignInProviders',
  summary: 'Who else vouches for people here, such as Google',
  answers: { 200: providerList },
});

const beginning = operation({
  ...open,
  id: 'beginProviderSignIn',
  action: 'session.begin',
  summary: 'Begin to sign in at a provider, or to accept an invitation by it',
  params: providerParameter,
  body: beginProviderSignInRequest,
  answers: { 200: begunAtProvider },
});

const returning = operation({
  ...open,
  id: 'signInByProvider',
  action: 'session.open',
  summary: 'Sign a browser in by what a provider answered it',
  description:
    'Who has a second factor is answered `second-factor-required`, and sends its code to `/sign-in/factor`.',
  body: providerSignInRequest,
  answers: { 200: signedInByProvider },
  mayBeMissing: true,
});

const finishing = operation({
  ...open,
  id: 'finishProviderSignIn',
  action: 'session.open',
  summary: 'Sign a browser in by the second factor, after what a provider answered',
  body: factorSignInRequest,
  answers: { 200: signedInByProvider },
  mayBeMissing: true,
});

const showing = operation({
  ...own,
  id: 'listIdentities',
  summary: 'The accounts at providers that one signs in with',
  answers: { 200: identityList },
});

const beginningToLink = operation({
  ...own,
  id: 'beginIdentity',
  action: 'identities.begin',
  summary: 'Begin to link an account at a provider, within 15 minutes of signing in',
  params: providerParameter,
  answers: { 200: begunAtProvider },
});

const linking = operation({
  ...own,
  id: 'linkIdentity',
  action: 'identities.link',
  summary: 'Link an account at a provider by what it answered',
  body: returnedFromProvider,
  answers: { 204: nothing },
  mayBeMissing: true,
});

const unlinking = operation({
  ...own,
  id: 'unlinkIdentity',
  action: 'identities.unlink',
  summary:
    'Sign in with an account at a provider no more, within 15 minutes of signing in; every other browser is signed out',
  params: idParameter,
  answers: { 204: nothing },
});

/** Signing in by those who vouch for people. */
export function providerRoutes(app: App, { config, store, streams }: Api): void {
  const providers = new Providers(config);
  const at = (request: FastifyRequest): AtProvider => ({ providers, ...browserIn(request, config) });
  const beginningAt = (request: FastifyRequest, reply: FastifyReply): AtProvider => ({
    providers,
    ...beginningBrowser(request, reply, config),
  });

  app.get('/sign-in/providers', listing, async () => ({
    providers: providers.all.map(({ id, name }) => ({ id, name })),
  }));
  app.post('/sign-in/providers/:provider', limited(beginning), async (request, reply) => {
    const wish = { provider: request.params.provider, ...request.body, userId: null };
    const url = await beginAtProvider({ store: await store(), config }, beginningAt(request, reply), wish);
    return { url: url.href };
  });
  app.post('/sign-in/return', limited(returning), async (request, reply) => {
    const vault = { store: await store(), config };
    const { opened, returnTo } = await signInByProvider(vault, at(request), request.body);
    setSessionCookie(reply, config, opened);
    return { returnTo };
  });
  app.post('/sign-in/factor', limited(finishing), async (request, reply) => {
    const vault = { store: await store(), config };
    const { opened, returnTo } = await finishByFactor(vault, at(request).browser, request.body);
    setSessionCookie(reply, config, opened);
    return { returnTo };
  });
  app.get('/me/identities', showing, async (request) => {
    return { identities: await identitiesOf(reading(await store()), personIn(request).userId) };
  });
  app.post('/me/identities/:provider/begin', limited(beginningToLink), async (request, reply) => {
    const person = freshPersonIn(request);
    const wish = {
      provider: request.params.provider,
      purpose: 'link',
      returnTo: '/settings/account',
      userId: person.userId,
    } as const;
    const url = await beginAtProvider({ store: await store(), config }, beginningAt(request, reply), wish);
    return { url: url.href };
  });
  app.post('/me/identities', limited(linking), async (request, reply) => {
    const { organizationId } = callerIn(request);
    const self = { userId: personIn(request).userId, organizationId };
    await linkIdentity({ store: await store(), config }, at(request), { ...self, ...request.body });
    return reply.code(204).send();
  });
  app.delete('/me/identities/:id', unlinking, async (request, reply) => {
    const person = freshPersonIn(request);
    const opened = await unlinkIdentity({ store: await store(), config }, person, request.params.id);
    await streams.endRevoked();
    return setSessionCookie(reply, config, opened).code(204).send();
  });
}
