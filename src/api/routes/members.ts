import { VedetteError } from '../../errors.ts';
import { isFresh, refusal } from '../../model/permissions.ts';
import type { Role } from '../../model/permissions.ts';
import { changeRole, listMembers, removeMember } from '../../store/people/members.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import type { Caller } from '../caller.ts';
import { operation } from '../operation.ts';
import { idParameter, nothing } from '../schemas/common.ts';
import { changeMemberRequest, member, memberList } from '../schemas/people.ts';

const manage = { tag: 'People', access: 'manage-people' } as const;

const listing = operation({
  id: 'listMembers',
  tag: 'People',
  access: 'look',
  summary: "The organisation's people and their roles, by address",
  answers: { 200: memberList },
});

const changing = operation({
  ...manage,
  id: 'changeMember',
  action: 'members.change',
  summary: 'Give somebody another role; their browsers are signed out',
  description: 'Who is an owner, or is to become one, only an owner changes who has just signed in.',
  params: idParameter,
  body: changeMemberRequest,
  answers: { 200: member },
});

const removing = operation({
  ...manage,
  id: 'removeMember',
  action: 'members.remove',
  summary: 'Take somebody out of the organisation; their sessions and tokens of it end',
  params: idParameter,
  answers: { 204: nothing },
});

const leaving = operation({
  id: 'leaveOrganization',
  tag: 'People',
  access: 'own-account',
  action: 'members.leave',
  summary: 'Leave the organisation; its last owner cannot',
  answers: { 204: nothing },
});

export function memberRoutes(app: App, { store, streams }: Api): void {
  app.get('/teams/members', listing, async (request) => {
    const { organizationId, credential } = callerIn(request);
    const members = await listMembers(await store(), organizationId);
    if (refusal('manage-people', credential, true) === null) return { members };
    return { members: members.map((one) => ({ ...one, hasSecondFactor: null })) };
  });
  app.put('/teams/members/:id', changing, async (request) => {
    const caller = callerIn(request);
    const { role } = request.body;
    requireRight(caller, role);
    const changed = await changeRole(await store(), caller.organizationId, request.params.id, {
      role,
      mayTouch: (one) => requireRight(caller, one.role),
    });
    await streams.endRevoked();
    return changed;
  });
  app.delete('/teams/members/:id', removing, async (request, reply) => {
    const caller = callerIn(request);
    await removeMember(await store(), caller.organizationId, request.params.id, {
      mayTouch: (one) => requireRight(caller, one.role),
    });
    await streams.endRevoked();
    return reply.code(204).send();
  });
  app.delete('/teams/membership', leaving, async (request, reply) => {
    const { organizationId, credential } = callerIn(request);
    await removeMember(await store(), organizationId, credential.userId ?? 0, {
      mayTouch: () => undefined,
      action: 'members.leave',
    });
    await streams.endRevoked();
    return reply.code(204).send();
  });
}

/**
 * Owners are made, changed and removed by owners only.
 *
 * @throws VedetteError `forbidden`
 */
export function requireRight({ credential }: Caller, role: Role): void {
  if (role !== 'OWNER') return;
  const refused = refusal('govern', credential, isFresh(credential, Date.now()));
  if (refused !== null) throw new VedetteError('forbidden', `Owners are owners' business. ${refused}`);
}
