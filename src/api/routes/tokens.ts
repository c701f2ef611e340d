import { createToken, listTokens, revokeToken } from '../../store/access/credentials.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { BASE } from '../base.ts';
import { operation } from '../operation.ts';
import { createdToken, createTokenRequest, tokenList } from '../schemas/access.ts';
import { idParameter, nothing } from '../schemas/common.ts';

const DAY_MS = 86_400_000;
const manage = { tag: 'Access', access: 'manage-access' } as const;

const listing = operation({
  ...manage,
  id: 'listTokens',
  summary: 'API tokens, newest first; never their secrets',
  answers: { 200: tokenList },
});

const creating = operation({
  ...manage,
  id: 'createToken',
  action: 'tokens.create',
  summary: 'Make an API token; its secret is shown this once',
  body: createTokenRequest,
  answers: { 201: createdToken },
});

const revoking = operation({
  ...manage,
  id: 'revokeToken',
  action: 'tokens.revoke',
  summary: 'End a token, and the sessions that came from it',
  params: idParameter,
  answers: { 204: nothing },
});

export function tokenRoutes(app: App, { store, streams }: Api): void {
  app.get('/tokens', listing, async (request) => ({
    tokens: await listTokens(await store(), callerIn(request).organizationId),
  }));
  app.post('/tokens', creating, async (request, reply) => {
    const { organizationId, actor } = callerIn(request);
    const { name, scope, expiresInDays } = request.body;
    const expiresAt = new Date(Date.now() + expiresInDays * DAY_MS).toISOString();
    const token = await createToken(await store(), organizationId, {
      name,
      scope,
      createdBy: actor,
      expiresAt,
    });
    return reply.code(201).header('location', `${BASE}/tokens/${token.id}`).send(token);
  });
  app.delete('/tokens/:id', revoking, async (request, reply) => {
    await revokeToken(await store(), callerIn(request).organizationId, request.params.id);
    await streams.endRevoked();
    return reply.code(204).send();
  });
}
