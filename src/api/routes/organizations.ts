import { startEnd } from '../../client/organizations.ts';
import { ask } from '../../client/temporal.ts';
import { beginDeletion, requireDeletable } from '../../store/organizations/delete.ts';
import {
  addOrganization,
  getOrganization,
  listOrganizations,
  renameOrganization,
} from '../../store/organizations/organizations.ts';
import { organizationSettings, setOrganizationSettings } from '../../store/organizations/settings.ts';
import type { Api, App } from '../api.ts';
import { callerIn, requireOperator, sessionCookie } from '../authentication.ts';
import { BASE } from '../base.ts';
import { operation } from '../operation.ts';
import { nothing } from '../schemas/common.ts';
import * as shapes from '../schemas/organizations.ts';

const admin = { tag: 'Organisations', access: 'configure' } as const;
const one = { ...admin, params: shapes.organizationParameter } as const;
const OPERATOR = 'For those who run the installation; they see nothing of what the others have found.';

const showing = operation({
  tag: 'Organisations',
  access: 'look',
  id: 'showOwnOrganisation',
  summary: 'The organisation of the caller',
  answers: { 200: shapes.organization },
});
const settingsOf = operation({
  ...admin,
  id: 'showOrganisationSettings',
  summary: 'What the organisation of the caller has set for itself',
  answers: { 200: shapes.organizationSettings },
});
const setting = operation({
  ...admin,
  id: 'setOrganisationSettings',
  action: 'organizations.set',
  summary: 'Set some of it; what is not named stays',
  body: shapes.organizationSettingValues,
  answers: { 200: shapes.organizationSettings },
});
const deleting = operation({
  tag: 'Organisations',
  access: 'govern',
  id: 'deleteOwnOrganisation',
  action: 'organizations.delete',
  summary: 'End the organisation of the caller: everything of it goes',
  description:
    "Its name is typed so that no other one is meant. Nobody gets in from then on; workers remove the rest. The installation's own cannot be deleted.",
  body: shapes.organizationName,
  answers: { 204: nothing },
});
const listing = operation({
  ...admin,
  id: 'listOrganisations',
  summary: 'The organisations of the installation',
  description: OPERATOR,
  answers: { 200: shapes.organizationList },
});
const adding = operation({
  ...admin,
  id: 'addOrganisation',
  action: 'organizations.add',
  summary: 'Make an organisation',
  description: OPERATOR,
  body: shapes.newOrganization,
  answers: { 201: shapes.organization },
});
const renaming = operation({
  ...one,
  id: 'renameOrganisation',
  action: 'organizations.rename',
  summary: 'Call an organisation otherwise; its id stays',
  description: OPERATOR,
  body: shapes.organizationName,
  answers: { 200: shapes.organization },
});

export function organizationRoutes(app: App, api: Api): void {
  const { config, store, temporal, streams } = api;
  app.get('/organization', showing, async (request) =>
    getOrganization(await store(), config, callerIn(request).organizationId),
  );
  app.get('/organization/settings', settingsOf, async (request) => ({
    settings: await organizationSettings(await store(), callerIn(request).organizationId),
  }));
  app.patch('/organization/settings', setting, async (request) => {
    const { organizationId, actor } = callerIn(request);
    const { values } = request.body;
    await setOrganizationSettings(await store(), config, organizationId, { values, by: actor });
    return { settings: await organizationSettings(await store(), organizationId) };
  });
  app.post('/organization/delete', deleting, async (request, reply) => {
    const { organizationId, actor, credential } = callerIn(request);
    const { name } = request.body;
    const opened = await store();
    await requireDeletable(opened, config, { organizationId, name });
    const ending = { organizationId, by: { actor, userId: credential.userId } };
    // First: what could not be brought to its end is not begun.
    await ask(temporal, () => startEnd(temporal, api.place.taskQueue, ending));
    await beginDeletion(opened, config, organizationId);
    await streams.endRevoked();
    return reply.clearCookie(sessionCookie(request, config), { path: '/' }).code(204).send();
  });
  app.get('/organizations', listing, async (request) => {
    await requireOperator(api, callerIn(request));
    return { organizations: await listOrganizations(await store(), config) };
  });
  app.post('/organizations', adding, async (request, reply) => {
    const caller = callerIn(request);
    await requireOperator(api, caller);
    const { organizationId, name = organizationId } = request.body;
    const made = await addOrganization(await store(), config, {
      organizationId,
      name,
      createdBy: caller.actor,
    });
    return reply.code(201).header('location', `${BASE}/organizations/${organizationId}`).send(made);
  });
  app.patch('/organizations/:organization', renaming, async (request) => {
    await requireOperator(api, callerIn(request));
    const { organization } = request.params;
    await renameOrganization(await store(), config, organization, request.body.name);
    return getOrganization(await store(), config, organization);
  });
}
