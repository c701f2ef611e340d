import { endSession, listSessions } from '../../store/access/credentials.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { operation } from '../operation.ts';
import { sessionList } from '../schemas/access.ts';
import { idParameter, nothing } from '../schemas/common.ts';

const manage = { tag: 'Access', access: 'manage-access' } as const;

const listing = operation({
  ...manage,
  id: 'listSessions',
  summary: 'Browsers that are signed in, newest first',
  answers: { 200: sessionList },
});

const ending = operation({
  ...manage,
  id: 'endSession',
  action: 'sessions.end',
  summary: 'Sign a browser out, and end its streams',
  params: idParameter,
  answers: { 204: nothing },
});

export function signedInRoutes(app: App, { store, streams }: Api): void {
  app.get('/sessions', listing, async (request) => {
    const { organizationId, credential } = callerIn(request);
    const sessions = await listSessions(await store(), organizationId);
    return { sessions: sessions.map((one) => ({ ...one, own: one.id === credential.id })) };
  });
  app.delete('/sessions/:id', ending, async (request, reply) => {
    const { organizationId } = callerIn(request);
    await endSession(await store(), { organizationId, id: request.params.id });
    await streams.endRevoked();
    return reply.code(204).send();
  });
}
