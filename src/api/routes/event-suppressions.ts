import type { z } from 'zod';
import type { EventSelection } from '../../model/filters.ts';
import { defaultExpiry } from '../../model/suppression.ts';
import { suppressEvents, unsuppressEvents } from '../../store/events/suppressions.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import type { Caller } from '../caller.ts';
import { eventFilter } from '../filters.ts';
import { operation } from '../operation.ts';
import * as shapes from '../schemas/events.ts';

const write = { tag: 'Events', access: 'suppress' } as const;

const suppressing = operation({
  ...write,
  id: 'suppressEvents',
  action: 'events.suppress',
  summary: 'Suppress events: say why they need no attention for now',
  description:
    'They are not notified until the suppression ends: at its time, or with unsuppress. Resolved events and ids of others ' +
    'are left out.',
  body: shapes.suppressRequest,
  answers: { 200: shapes.suppressResult },
});

const unsuppressing = operation({
  ...write,
  id: 'unsuppressEvents',
  action: 'events.unsuppress',
  summary: 'End the suppression of events',
  body: shapes.unsuppressRequest,
  answers: { 200: shapes.suppressResult },
});

export function eventSuppressionRoutes(app: App, api: Api): void {
  const { store } = api;
  app.post('/events/suppress', suppressing, async (request) => {
    const caller = callerIn(request);
    const { targets, kind, reason, owner, expiresAt = defaultExpiry() } = request.body;
    const selection = await selectionOf(api, caller, targets);
    const order = { kind, reason, owner, expiresAt, by: caller.actor };
    return suppressEvents(await store(), caller.organizationId, selection, order);
  });
  app.post('/events/unsuppress', unsuppressing, async (request) => {
    const caller = callerIn(request);
    const { organizationId, actor } = caller;
    const selection = await selectionOf(api, caller, request.body.targets);
    const { events } = await unsuppressEvents(await store(), organizationId, selection, actor);
    return { suppressionId: null, events };
  });
}

type Targets = z.output<typeof shapes.suppressRequest>['targets'];

async function selectionOf(api: Api, caller: Caller, targets: Targets): Promise<EventSelection> {
  if ('ids' in targets) return targets;
  const { organizationId: _, ...filter } = await eventFilter(api, caller, targets.filter);
  return { filter };
}
