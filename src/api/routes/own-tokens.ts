import { createOwnToken, revokeOwnToken } from '../../people/own-tokens.ts';
import { listOwnTokens } from '../../store/access/credentials.ts';
import type { Api, App } from '../api.ts';
import { callerIn, personIn } from '../authentication.ts';
import { BASE } from '../base.ts';
import { operation } from '../operation.ts';
import { createdToken, createTokenRequest, tokenList } from '../schemas/access.ts';
import { idParameter, nothing } from '../schemas/common.ts';

const DAY_MS = 86_400_000;
const own = { tag: 'Own account', access: 'own-account' } as const;

const listing = operation({
  ...own,
  id: 'listOwnTokens',
  summary: "One's own API tokens of this organisation, newest first; never their secrets",
  answers: { 200: tokenList },
});

const creating = operation({
  ...own,
  id: 'createOwnToken',
  action: 'tokens.create',
  summary: "Make an API token of one's own; its secret is shown this once",
  description: 'It does what its scope and the role of its person allow at that moment, and ends with them.',
  body: createTokenRequest,
  answers: { 201: createdToken },
});

const revoking = operation({
  ...own,
  id: 'revokeOwnToken',
  action: 'tokens.revoke',
  summary: "End a token of one's own, and the sessions that came from it",
  params: idParameter,
  answers: { 204: nothing },
});

/** Tokens that people make for themselves. */
export function ownTokenRoutes(app: App, { store, streams }: Api): void {
  app.get('/me/tokens', listing, async (request) => {
    const { organizationId, userId } = personIn(request);
    return { tokens: await listOwnTokens(await store(), organizationId, userId) };
  });
  app.post('/me/tokens', creating, async (request, reply) => {
    const { name, scope, expiresInDays } = request.body;
    const token = await createOwnToken(await store(), personIn(request), {
      name,
      scope,
      createdBy: callerIn(request).actor,
      expiresAt: new Date(Date.now() + expiresInDays * DAY_MS).toISOString(),
    });
    return reply.code(201).header('location', `${BASE}/me/tokens/${token.id}`).send(token);
  });
  app.delete('/me/tokens/:id', revoking, async (request, reply) => {
    await revokeOwnToken(await store(), personIn(request), request.params.id);
    await streams.endRevoked();
    return reply.code(204).send();
  });
}
