import { withAccountName } from '../../accounts/directory.ts';
import { withDueDate } from '../../model/due-date.ts';
import { countFacets } from '../../store/events/counts.ts';
import { getEvent, listEvents } from '../../store/events/events.ts';
import { groupEvents } from '../../store/events/groups.ts';
import { eventHistory } from '../../store/events/history.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { directoryOf, eventFilter, pageOf } from '../filters.ts';
import { operation } from '../operation.ts';
import { idParameter } from '../schemas/common.ts';
import * as shapes from '../schemas/events.ts';

const read = { tag: 'Events', access: 'look' } as const;

const listing = operation({
  ...read,
  id: 'listEvents',
  summary: 'Events, in pages',
  querystring: shapes.eventListQuery,
  answers: { 200: shapes.eventList },
});

const counting = operation({
  ...read,
  id: 'countEvents',
  summary: 'How many events have which level, status, service, account, source, region and check',
  description: 'The filter of a facet itself does not narrow that facet.',
  querystring: shapes.eventFilterQuery,
  answers: { 200: shapes.eventFacets },
});

const grouping = operation({
  ...read,
  id: 'groupEvents',
  summary: 'Events by check or by resource, in pages',
  querystring: shapes.eventGroupQuery,
  answers: { 200: shapes.eventGroupList },
});

const showing = operation({
  ...read,
  id: 'showEvent',
  summary: 'One event with its evidence, its finding, its suppression and its history',
  params: idParameter,
  answers: { 200: shapes.eventWithDetails },
});

export function eventRoutes(app: App, api: Api): void {
  const { store, config } = api;
  const { due } = config.general;
  app.get('/events', listing, async (request) => {
    const { query } = request;
    const caller = callerIn(request);
    const filter = await eventFilter(api, caller, query);
    const { events, nextCursor } = await listEvents(await store(), filter, {
      ...pageOf(query),
      sort: query.sort,
    });
    const directory = await directoryOf(api, caller);
    return { events: events.map((event) => withDueDate(due, withAccountName(directory, event))), nextCursor };
  });
  app.get('/events/facets', counting, async (request) => {
    const caller = callerIn(request);
    const filter = await eventFilter(api, caller, request.query);
    const facets = await countFacets(await store(), filter);
    const { names } = await directoryOf(api, caller);
    const account = facets.account.map((one) => ({ ...one, name: names.get(one.value) ?? null }));
    return { ...facets, account };
  });
  app.get('/events/groups', grouping, async (request) => {
    const { query } = request;
    const caller = callerIn(request);
    const filter = await eventFilter(api, caller, query);
    const { groups, nextCursor } = await groupEvents(await store(), filter, query.by, pageOf(query));
    const { names } = await directoryOf(api, caller);
    const nameOf = (accountId: string | null) => (accountId === null ? null : (names.get(accountId) ?? null));
    return {
      groups: groups.map((group) => ({ ...group, accountName: nameOf(group.accountId) })),
      nextCursor,
    };
  });
  app.get('/events/:id', showing, async (request) => {
    const caller = callerIn(request);
    const { id } = request.params;
    const event = await getEvent(await store(), caller.organizationId, id);
    const history = await eventHistory(await store(), caller.organizationId, id);
    return { ...withDueDate(due, withAccountName(await directoryOf(api, caller), event)), history };
  });
}
