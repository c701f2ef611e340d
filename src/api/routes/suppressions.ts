import { defaultExpiry } from '../../model/suppression.ts';
import { changeSuppression, endSuppression, listSuppressions } from '../../store/events/suppression-list.ts';
import { addSuppressionRule } from '../../store/events/suppression-rules.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { BASE } from '../base.ts';
import { operation } from '../operation.ts';
import { idParameter } from '../schemas/common.ts';
import * as shapes from '../schemas/events.ts';

const listing = operation({
  id: 'listSuppressions',
  tag: 'Events',
  access: 'look',
  summary: 'The suppressions that are in force, those that end first first',
  querystring: shapes.suppressionQuery,
  answers: { 200: shapes.suppressionList },
});

const write = { tag: 'Events', access: 'suppress' } as const;

const adding = operation({
  ...write,
  id: 'addSuppressionRule',
  action: 'suppressions.add',
  summary: 'Suppress the active events that a rule meets, those of scans to come too',
  body: shapes.suppressionRuleRequest,
  answers: { 201: shapes.suppressResult },
});

const changing = operation({
  ...write,
  id: 'changeSuppression',
  action: 'suppressions.change',
  summary: 'Change the kind, reason, owner or end of a suppression',
  params: idParameter,
  body: shapes.suppressionChange,
  answers: { 200: shapes.listedSuppression },
});

const ending = operation({
  ...write,
  id: 'endSuppression',
  action: 'suppressions.end',
  summary: 'End a suppression: its events are active again',
  params: idParameter,
  answers: { 200: shapes.suppressResult },
});

export function suppressionRoutes(app: App, { store }: Api): void {
  app.get('/suppressions', listing, async (request) => {
    const { organizationId } = callerIn(request);
    return { suppressions: await listSuppressions(await store(), organizationId, request.query) };
  });
  app.post('/suppressions', adding, async (request, reply) => {
    const { organizationId, actor } = callerIn(request);
    const { rule, expiresAt = defaultExpiry(), ...why } = request.body;
    const added = await addSuppressionRule(await store(), organizationId, rule, {
      ...why,
      expiresAt,
      by: actor,
    });
    return reply.code(201).header('location', `${BASE}/suppressions/${added.suppressionId}`).send(added);
  });
  app.patch('/suppressions/:id', changing, async (request) =>
    changeSuppression(await store(), callerIn(request).organizationId, request.params.id, request.body),
  );
  app.delete('/suppressions/:id', ending, async (request) => {
    const { organizationId, actor } = callerIn(request);
    const { id } = request.params;
    return { suppressionId: id, ...(await endSuppression(await store(), organizationId, id, actor)) };
  });
}
