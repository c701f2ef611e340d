import type { Place } from '../../client/place.ts';
import {
  deleteSchedule,
  getSchedule,
  listSchedules,
  pauseSchedule,
  putSchedule,
  resumeSchedule,
  triggerSchedule,
} from '../../client/schedules.ts';
import type { StoredSchedule } from '../../client/schedules.ts';
import { ask } from '../../client/temporal.ts';
import { entryOf } from '../../model/schedule.ts';
import { definitionOfEntry } from '../../planning/schedule-definition.ts';
import type { Api, App } from '../api.ts';
import { callerIn, placeOf, requireOwn } from '../authentication.ts';
import { BASE } from '../base.ts';
import { operation } from '../operation.ts';
import { nothing } from '../schemas/common.ts';
import { startedRun } from '../schemas/runs.ts';
import * as shapes from '../schemas/schedules.ts';

const one = { tag: 'Schedules', params: shapes.scheduleParameter } as const;

const listing = operation({
  id: 'listSchedules',
  tag: 'Schedules',
  access: 'look',
  summary: 'The schedules, with their next and last runs',
  answers: { 200: shapes.scheduleList },
});

const showing = operation({
  ...one,
  id: 'showSchedule',
  access: 'look',
  summary: 'One schedule',
  answers: { 200: shapes.schedule },
});

const putting = operation({
  ...one,
  id: 'putSchedule',
  access: 'configure',
  action: 'schedules.put',
  summary: 'Make a schedule, or make it what is wanted',
  description: 'A paused one stays paused. What is left out has its default.',
  body: shapes.scheduleEntry,
  answers: { 200: shapes.schedule, 201: shapes.schedule },
});

const deleting = operation({
  ...one,
  id: 'deleteSchedule',
  access: 'configure',
  action: 'schedules.delete',
  summary: 'Remove a schedule; its runs stay',
  answers: { 204: nothing },
});

const pausing = operation({
  ...one,
  id: 'pauseSchedule',
  access: 'run',
  action: 'schedules.pause',
  summary: 'Begin no more runs until it is resumed',
  answers: { 200: shapes.schedule },
});

const resuming = operation({
  ...one,
  id: 'resumeSchedule',
  access: 'run',
  action: 'schedules.resume',
  summary: 'Let a paused schedule go on',
  answers: { 200: shapes.schedule },
});

const triggering = operation({
  ...one,
  id: 'triggerSchedule',
  access: 'run',
  action: 'schedules.trigger',
  summary: 'Begin a run of it now',
  answers: { 202: startedRun },
});

export function scheduleRoutes(app: App, api: Api): void {
  const { config, temporal } = api;
  const show = async (place: Place, name: string) =>
    scheduleView(await ask(temporal, () => getSchedule(place, name)));

  app.get('/schedules', listing, async (request) => {
    const place = placeOf(api, callerIn(request));
    return { schedules: (await ask(temporal, () => listSchedules(place))).map(scheduleView) };
  });
  app.get('/schedules/:name', showing, async (request) => {
    return show(placeOf(api, callerIn(request)), request.params.name);
  });
  app.put('/schedules/:name', putting, async (request, reply) => {
    const { name } = request.params;
    const caller = callerIn(request);
    requireOwn(config, caller);
    const place = placeOf(api, caller);
    const definition = definitionOfEntry(name, request.body, config);
    const { change } = await ask(temporal, () => putSchedule(place, definition));
    return reply.code(change === 'create' ? 201 : 200).send(await show(place, name));
  });
  app.delete('/schedules/:name', deleting, async (request, reply) => {
    const { name } = request.params;
    const place = placeOf(api, callerIn(request));
    await ask(temporal, () => deleteSchedule(place, name));
    return reply.code(204).send();
  });
  app.post('/schedules/:name/pause', pausing, async (request) => {
    const { name } = request.params;
    const caller = callerIn(request);
    const place = placeOf(api, caller);
    await ask(temporal, () => pauseSchedule(place, name, `paused by ${caller.actor}`));
    return show(place, name);
  });
  app.post('/schedules/:name/resume', resuming, async (request) => {
    const { name } = request.params;
    const place = placeOf(api, callerIn(request));
    await ask(temporal, () => resumeSchedule(place, name));
    return show(place, name);
  });
  app.post('/schedules/:name/trigger', triggering, async (request, reply) => {
    const { name } = request.params;
    const place = placeOf(api, callerIn(request));
    const runId = await ask(temporal, () => triggerSchedule(place, name));
    return reply.code(202).header('location', `${BASE}/runs/${runId}`).send({ runId });
  });
}

function scheduleView({ definition, ...state }: StoredSchedule): shapes.Schedule {
  return { name: definition.name, entry: entryOf(definition) as shapes.Schedule['entry'], ...state };
}
