import { reportOf, VedetteError } from '../../errors.ts';
import { requirePost } from '../../people/letters.ts';
import {
  confirmEmail,
  sendPasswordReset,
  sendVerification,
  tellOfNewPassword,
} from '../../people/own-address.ts';
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
  confirmEmailRequest,
  passwordResetAsked,
  passwordResetRequest,
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

const resetting = operation({
  id: 'requestPasswordReset',
  tag: 'Own account',
  access: 'anyone',
  action: 'password.reset',
  summary: 'Have a link to a new password sent to an address, where it is somebody’s',
  description: 'The answer is the same for every address, and comes before anything is looked up.',
  body: passwordResetRequest,
  answers: { 202: passwordResetAsked },
});

const verifying = operation({
  ...own,
  id: 'requestEmailVerification',
  action: 'email.send',
  summary: "Have a link sent to one's own address that shows that it is one's own",
  answers: { 204: nothing },
});

const confirming = operation({
  ...own,
  id: 'confirmEmail',
  action: 'email.verify',
  summary: "Confirm one's own address by the code that was sent to it",
  body: confirmEmailRequest,
  answers: { 204: nothing },
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
export function ownRoutes(app: App, { config, store, streams, logger }: Api): void {
  const rateLimit = { max: SIGN_INS_PER_MINUTE };

  /** Nobody waits for it: mail servers take their time, and that time could tell who is there. */
  function inBackground(work: () => Promise<void>): void {
    work().catch((error: unknown) => logger.warn({ failure: reportOf(error) }, 'a letter was not sent'));
  }

  function tell(email: string): void {
    inBackground(async () => tellOfNewPassword({ store: await store(), config, logger }, email));
  }

  app.post('/password', { ...setting, config: { ...setting.config, rateLimit } }, async (request) => {
    const done = await setPasswordByCode({ store: await store(), config }, request.body);
    await streams.endRevoked();
    tell(done.email);
    return done;
  });
  app.post(
    '/password/reset',
    { ...resetting, config: { ...resetting.config, rateLimit } },
    async (request, reply) => {
      requirePost({ config });
      const { email } = request.body;
      inBackground(async () => sendPasswordReset({ store: await store(), config, logger }, email));
      return reply.code(202).send({ accepted: true });
    },
  );
  app.post('/me/email/verification', verifying, async (request, reply) => {
    await sendVerification({ store: await store(), config, logger }, personIn(request).userId);
    return reply.code(204).send();
  });
  app.post(
    '/me/email/confirm',
    { ...confirming, config: { ...confirming.config, rateLimit } },
    async (request, reply) => {
      await confirmEmail({ store: await store() }, personIn(request), request.body.code);
      return reply.code(204).send();
    },
  );
  app.put(
    '/me/password',
    { ...changing, config: { ...changing.config, rateLimit } },
    async (request, reply) => {
      const { organizationId } = callerIn(request);
      const { userId } = personIn(request);
      const vault = { store: await store(), config };
      const opened = await changePassword(vault, { userId, organizationId }, request.body);
      await streams.endRevoked();
      tell(opened.name);
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
