import {
  beginFactor,
  confirmFactor,
  factorState,
  removeOwnFactor,
  renewRecoveryCodes,
} from '../../people/second-factor.ts';
import type { Api, App } from '../api.ts';
import { callerIn, personIn, setSessionCookie, SIGN_INS_PER_MINUTE } from '../authentication.ts';
import { operation } from '../operation.ts';
import { nothing } from '../schemas/common.ts';
import {
  beginSecondFactorRequest,
  begunSecondFactor,
  confirmSecondFactorRequest,
  recoveryCodes,
  removeSecondFactorRequest,
  renewRecoveryCodesRequest,
  secondFactor,
} from '../schemas/people.ts';

const own = { tag: 'Own account', access: 'own-account' } as const;

const showing = operation({
  ...own,
  id: 'showSecondFactor',
  summary: "Whether one's own second factor is on",
  answers: { 200: secondFactor },
});

const beginning = operation({
  ...own,
  id: 'beginSecondFactor',
  action: 'factor.begin',
  summary: 'Begin to set a second factor up; it counts when a code of it is given, within an hour',
  body: beginSecondFactorRequest,
  answers: { 200: begunSecondFactor },
});

const confirming = operation({
  ...own,
  id: 'confirmSecondFactor',
  action: 'factor.set-up',
  summary: 'Make the second factor count that was begun; every other browser is signed out',
  body: confirmSecondFactorRequest,
  answers: { 200: recoveryCodes },
});

const renewing = operation({
  ...own,
  id: 'renewRecoveryCodes',
  action: 'factor.renew',
  summary: 'Get other recovery codes; those before end',
  body: renewRecoveryCodesRequest,
  answers: { 200: recoveryCodes },
});

const removing = operation({
  ...own,
  id: 'removeSecondFactor',
  action: 'factor.remove',
  summary: "Take one's own second factor away; every other browser is signed out",
  body: removeSecondFactorRequest,
  answers: { 204: nothing },
});

/** One's own second factor. */
export function secondFactorRoutes(app: App, { config, store, streams }: Api): void {
  const rateLimit = { max: SIGN_INS_PER_MINUTE };
  app.get('/me/second-factor', showing, async (request) =>
    factorState({ store: await store() }, personIn(request).userId),
  );
  app.post(
    '/me/second-factor',
    { ...beginning, config: { ...beginning.config, rateLimit } },
    async (request) => {
      const { currentPassword } = request.body;
      return beginFactor({ store: await store(), config }, personIn(request).userId, currentPassword);
    },
  );
  app.post(
    '/me/second-factor/confirm',
    { ...confirming, config: { ...confirming.config, rateLimit } },
    async (request, reply) => {
      const { opened, recoveryCodes: codes } = await confirmFactor(
        { store: await store(), config },
        personIn(request),
        request.body.otp,
      );
      await streams.endRevoked();
      setSessionCookie(reply, config, opened);
      return { recoveryCodes: codes };
    },
  );
  app.post(
    '/me/second-factor/recovery-codes',
    { ...renewing, config: { ...renewing.config, rateLimit } },
    async (request) => {
      const { organizationId } = callerIn(request);
      const self = { userId: personIn(request).userId, organizationId };
      return {
        recoveryCodes: await renewRecoveryCodes({ store: await store(), config }, self, request.body),
      };
    },
  );
  app.post(
    '/me/second-factor/remove',
    { ...removing, config: { ...removing.config, rateLimit } },
    async (request, reply) => {
      const opened = await removeOwnFactor({ store: await store(), config }, personIn(request), request.body);
      await streams.endRevoked();
      return setSessionCookie(reply, config, opened).code(204).send();
    },
  );
}
