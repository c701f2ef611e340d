import type { z } from 'zod';
import type { EventSelection } from '../../model/filters.ts';
import { defaultExpiry } from '../../model/suppression.ts';
import type { Store } from '../../store/database/store.ts';
import { suppressEvents, unsuppressEvents } from '../../store/events/suppressions.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { eventFilter } from '../filters.ts';
import { operation } from '../operation.ts';
import * as shapes from '../schemas/events.ts';

const write = { tag: 'Events', access: 'operate' } as const;

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

export function eventSuppressionRoutes(app: App, { store }: Api): void {
  app.post('/events/suppress', suppressing, async (request) => {
    const { organizationId, actor } = callerIn(request);
    const { targets, kind, reason, owner, expiresAt = defaultExpiry() } = request.body;
    const selection = await selectionOf(await store(), organizationId, targets);
    const order = { kind, reason, owner, expiresAt, by: actor };
    return suppressEvents(await store(), organizationId, selection, order);
  });
  app.post('/events/unsuppress', unsuppressing, async (request) => {
    const { organizationId, actor } = callerIn(request);
    const selection = await selectionOf(await store(), organizationId, request.body.targets);
    const { events } = await unsuppressEvents(await store(), organizationId, selection, actor);
    return { suppressionId: null, events };
  });
}

type Targets = z.output<typeof shapes.suppressRequest>['targets'];

async function selectionOf(store: Store, organizationId: string, targets: Targets): Promise<EventSelection> {
  if ('ids' in targets) return targets;
  const { organizationId: _, ...filter } = await eventFilter(store, organizationId, targets.filter);
  return { filter };
}
