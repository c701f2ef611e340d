import { VedetteError } from '../../errors.ts';
import { changeOrganization, changePassword, setPasswordByCode } from '../../people/sign-in.ts';
import { endSession, listOwnSessions } from '../../store/access/credentials.ts';
import type { Api, App } from '../api.ts';
import { callerIn, personIn, setSessionCookie, SIGN_INS_PER_MINUTE } from '../authentication.ts';
import { operation } from '../operation.ts';
import { sessionList } from '../schemas/access.ts';
import { idParameter, nothing } from '../schemas/common.ts';
import {
  changeOrganizationRequest,
  changePasswordRequest,
  passwordSet,
  setPasswordRequest,
} from '../schemas/people.ts';

const own = { tag: 'Own account', access: 'own-account' } as const;

const setting = operation({
  id: 'setPassword',
  tag: 'Own account',
  access: 'anyone',
  action: 'password.set',
  summary:
    'Set a password by the code of a link, which works once; every browser of the person is signed out',
  body: setPasswordRequest,
  answers: { 200: passwordSet },
});

const changing = operation({
  ...own,
  id: 'changePassword',
  action: 'password.change',
  summary: "Change one's own password; every other browser is signed out",
  body: changePasswordRequest,
  answers: { 204: nothing },
});

const listing = operation({
  ...own,
  id: 'listOwnSessions',
  summary: "One's own browsers that are signed in, newest first",
  answers: { 200: sessionList },
});

const ending = operation({
  ...own,
  id: 'endOwnSession',
  action: 'own-sessions.end',
  summary: "Sign one of one's own browsers out",
  params: idParameter,
  answers: { 204: nothing },
});

const moving = operation({
  ...own,
  id: 'changeOrganization',
  action: 'session.move',
  summary: "Go over to another of one's organisations",
  body: changeOrganizationRequest,
  answers: { 204: nothing },
});

/** What people do about themselves. */
export function ownRoutes(app: App, { config, store, streams }: Api): void {
  const rateLimit = { max: SIGN_INS_PER_MINUTE };
  app.post('/password', { ...setting, config: { ...setting.config, rateLimit } }, async (request) => {
    const done = await setPasswordByCode(await store(), request.body);
    await streams.endRevoked();
    return done;
  });
  app.put(
    '/me/password',
    { ...changing, config: { ...changing.config, rateLimit } },
    async (request, reply) => {
      const { organizationId } = callerIn(request);
      const opened = await changePassword(
        await store(),
        { userId: personIn(request).userId, organizationId },
        request.body,
      );
      await streams.endRevoked();
      return setSessionCookie(reply, config, opened).code(204).send();
    },
  );
  app.get('/me/sessions', listing, async (request) => {
    const { id, userId } = personIn(request);
    const sessions = await listOwnSessions(await store(), userId);
    return { sessions: sessions.map((one) => ({ ...one, own: one.id === id })) };
  });
  app.delete('/me/sessions/:id', ending, async (request, reply) => {
    const { id } = request.params;
    const sessions = await listOwnSessions(await store(), personIn(request).userId);
    const found = sessions.find((one) => one.id === id);
    if (found === undefined) throw new VedetteError('not-found', `There is no session ${id}.`);
    await endSession(await store(), found);
    await streams.endRevoked();
    return reply.code(204).send();
  });
  app.put('/me/organization', moving, async (request, reply) => {
    const opened = await changeOrganization(await store(), personIn(request), request.body.organizationId);
    await streams.endRevoked();
    return setSessionCookie(reply, config, opened).code(204).send();
  });
}
