import { acceptByPassword, inviteByMail } from '../../people/invite.ts';
import { getOrganization } from '../../store/organizations/organizations.ts';
import {
  endInvitation,
  findInvitation,
  getInvitation,
  listInvitations,
} from '../../store/people/invitations.ts';
import { reading } from '../../store/people/users.ts';
import type { Api, App } from '../api.ts';
import { callerIn, setSessionCookie, SIGN_INS_PER_MINUTE } from '../authentication.ts';
import { BASE } from '../base.ts';
import { operation } from '../operation.ts';
import { idParameter, nothing } from '../schemas/common.ts';
import {
  acceptInvitationRequest,
  invitationList,
  invited,
  inviteRequest,
  showInvitationRequest,
  shownInvitation,
} from '../schemas/people.ts';
import { requireRight } from './members.ts';

const manage = { tag: 'People', access: 'manage-people' } as const;
const open = { tag: 'People', access: 'anyone' } as const;

const listing = operation({
  ...manage,
  id: 'listInvites',
  summary: 'Invitations that can still be accepted, newest first; never their links',
  answers: { 200: invitationList },
});

const inviting = operation({
  ...manage,
  id: 'createInvite',
  action: 'invites.create',
  summary: 'Invite somebody for seven days, by e-mail or by a link to hand over',
  description: 'An earlier invitation of the same address ends.',
  body: inviteRequest,
  answers: { 201: invited },
});

const resending = operation({
  ...manage,
  id: 'resendInvite',
  action: 'invites.resend',
  summary: 'Invite once more, with another link; the earlier one ends',
  params: idParameter,
  answers: { 201: invited },
});

const ending = operation({
  ...manage,
  id: 'endInvite',
  action: 'invites.end',
  summary: 'Take an invitation back',
  params: idParameter,
  answers: { 204: nothing },
});

const showing = operation({
  ...open,
  id: 'showInvite',
  action: 'invites.show',
  summary: 'What a link invites to',
  body: showInvitationRequest,
  answers: { 200: shownInvitation },
  mayBeMissing: true,
});

const accepting = operation({
  ...open,
  id: 'acceptInvite',
  action: 'invites.accept',
  summary: 'Accept an invitation, by the password of the invited address or a new one, and sign in',
  body: acceptInvitationRequest,
  answers: { 204: nothing },
  mayBeMissing: true,
});

export function inviteRoutes(app: App, { config, store, logger, streams }: Api): void {
  const rateLimit = { max: SIGN_INS_PER_MINUTE };
  app.get('/teams/invites', listing, async (request) => ({
    invites: await listInvitations(await store(), callerIn(request).organizationId),
  }));
  app.post('/teams/invites', inviting, async (request, reply) => {
    const caller = callerIn(request);
    const { email, role } = request.body;
    requireRight(caller, role);
    const base = `${request.protocol}://${request.host}`;
    const given = { email, role, by: caller.actor, base };
    const made = await inviteByMail({ store: await store(), config, logger }, caller.organizationId, given);
    const { invitation, link } = made;
    return reply
      .code(201)
      .header('location', `${BASE}/teams/invites/${invitation.id}`)
      .send({ ...invitation, link });
  });
  app.post('/teams/invites/:id/resend', resending, async (request, reply) => {
    const caller = callerIn(request);
    const opened = await store();
    const before = await getInvitation(reading(opened), caller.organizationId, request.params.id);
    requireRight(caller, before.role);
    const base = `${request.protocol}://${request.host}`;
    const { email, role } = before;
    const given = { email, role, by: caller.actor, isAgain: true, base };
    const { invitation, link } = await inviteByMail(
      { store: opened, config, logger },
      caller.organizationId,
      given,
    );
    return reply.code(201).send({ ...invitation, link });
  });
  app.delete('/teams/invites/:id', ending, async (request, reply) => {
    const caller = callerIn(request);
    await endInvitation(await store(), caller.organizationId, request.params.id, {
      by: caller.actor,
      mayTouch: ({ role }) => requireRight(caller, role),
    });
    return reply.code(204).send();
  });
  app.post('/invites/show', { ...showing, config: { ...showing.config, rateLimit } }, async (request) => {
    const opened = await store();
    const found = await findInvitation(reading(opened), request.body.code);
    const { organizationId, email, role, expiresAt, hasPassword } = found;
    const { name: organizationName } = await getOrganization(opened, config, organizationId);
    return { organizationId, organizationName, email, role, expiresAt, hasPassword };
  });
  app.post(
    '/invites/accept',
    { ...accepting, config: { ...accepting.config, rateLimit } },
    async (request, reply) => {
      const opened = await acceptByPassword({ store: await store(), config }, request.body);
      await streams.endRevoked();
      return setSessionCookie(reply, config, opened).code(204).send();
    },
  );
}
