import { enterAccount, tryAccount } from '../../accounts/entering.ts';
import { accountOverviews, knownOfAccounts } from '../../accounts/overview.ts';
import { roleOffer } from '../../accounts/role-for-account.ts';
import { listTargets } from '../../accounts/targets.ts';
import { plannedScans } from '../../client/planned-scans.ts';
import { neededPermissions } from '../../planning/needed-permissions.ts';
import { getAccount, listAccounts, removeAccount } from '../../store/accounts/accounts.ts';
import { externalIdOf } from '../../store/organizations/organizations.ts';
import { reading } from '../../store/people/users.ts';
import type { Api, App } from '../api.ts';
import { callerIn, configFor, placeOf } from '../authentication.ts';
import { BASE } from '../base.ts';
import { operation } from '../operation.ts';
import * as shapes from '../schemas/accounts.ts';
import { nothing } from '../schemas/common.ts';

const admin = { tag: 'Accounts', access: 'configure' } as const;
const one = { ...admin, params: shapes.roleAccountParameter } as const;

const listing = operation({
  id: 'listAccounts',
  tag: 'Accounts',
  access: 'look',
  summary: 'What can be scanned and every account that was, with how much of it is known',
  answers: { 200: shapes.accountList },
});
const listingRoles = operation({
  ...admin,
  id: 'listRoleAccounts',
  summary: 'The accounts that are entered by a role, and whether that was possible',
  answers: { 200: shapes.roleAccountList },
});
const adding = operation({
  ...admin,
  id: 'addRoleAccount',
  action: 'accounts.add',
  summary: 'Add an account by the ARN of a role in it',
  description: 'It is scanned once it has been checked.',
  body: shapes.newRoleAccount,
  answers: { 201: shapes.roleAccount },
});
const checking = operation({
  ...one,
  id: 'checkRoleAccount',
  action: 'accounts.check',
  summary: 'Try whether the role of an account can be assumed, and only with the external id',
  description: 'What is wrong, if anything, is the `problem` of the answer.',
  answers: { 200: shapes.roleAccount },
});
const removing = operation({
  ...one,
  id: 'removeRoleAccount',
  action: 'accounts.remove',
  summary: 'Forget how to get into an account; what its scans have found stays',
  answers: { 204: nothing },
});
const offering = operation({
  ...admin,
  id: 'showRoleOffer',
  summary: 'A template for the role that accounts need, and a link that makes it',
  description: 'With the least permissions for the sources, those of a run that names none by default.',
  querystring: shapes.roleOfferQuery,
  answers: { 200: shapes.roleOffer },
});

export function accountRoutes(app: App, api: Api): void {
  const { config, store } = api;
  app.get('/accounts', listing, async (request) => {
    const caller = callerIn(request);
    const { organizationId } = caller;
    const [targets, planned, known] = await Promise.all([
      listTargets(organizationId, { config, store }),
      plannedScans(placeOf(api, caller)),
      knownOfAccounts(await store(), organizationId),
    ]);
    return { accounts: accountOverviews({ targets, planned, ...known }, new Date()) };
  });
  app.get('/accounts/roles', listingRoles, async (request) => ({
    accounts: await listAccounts(await store(), callerIn(request).organizationId),
  }));
  app.get('/accounts/role-offer', offering, async (request) => {
    const caller = callerIn(request);
    const own = await configFor(api, caller);
    const { source = [], depth } = request.query;
    const opened = await store();
    const externalId = await externalIdOf(reading(opened), caller.organizationId);
    const actions = await neededPermissions(own, { named: source, depth });
    return roleOffer(own, { externalId, baseProfile: null, actions }, api.closing);
  });
  app.post('/accounts/roles', adding, async (request, reply) => {
    const { organizationId, actor } = callerIn(request);
    const { name, roleArn } = request.body;
    const wanted = { name, roleArn, baseProfile: null, createdBy: actor };
    const account = await enterAccount(await store(), config, organizationId, wanted);
    return reply.code(201).header('location', `${BASE}/accounts/roles/${name}`).send(account);
  });
  app.post('/accounts/roles/:name/check', checking, async (request) => {
    const { organizationId } = callerIn(request);
    const opened = await store();
    const account = await getAccount(opened, organizationId, request.params.name);
    await tryAccount(opened, config, account, api.closing);
    return getAccount(opened, organizationId, account.name);
  });
  app.delete('/accounts/roles/:name', removing, async (request, reply) => {
    await removeAccount(await store(), callerIn(request).organizationId, request.params.name);
    return reply.code(204).send();
  });
}
