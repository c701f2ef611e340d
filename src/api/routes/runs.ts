import { runDetails } from '../../client/run-details.ts';
import { listRunPage } from '../../client/run-pages.ts';
import { cancelRun, refuseEnded, retryInput, startRun } from '../../client/runs.ts';
import { ask } from '../../client/temporal.ts';
import type { ScanRunInput } from '../../model/pipeline.ts';
import { planRun } from '../../planning/plan-run.ts';
import type { Api, App } from '../api.ts';
import { callerIn, placeOf, requireOwn } from '../authentication.ts';
import { BASE } from '../base.ts';
import { pageOf } from '../filters.ts';
import { operation } from '../operation.ts';
import { runOf } from '../run-view.ts';
import * as shapes from '../schemas/runs.ts';

const read = { tag: 'Runs', access: 'look' } as const;
const write = { tag: 'Runs', access: 'run' } as const;
const one = { params: shapes.runParameter } as const;

const listing = operation({
  ...read,
  id: 'listRuns',
  summary: 'Runs, newest first, in pages',
  description: 'As long as Temporal keeps them; their scans stay.',
  querystring: shapes.runListQuery,
  answers: { 200: shapes.runList },
});

const showing = operation({
  ...read,
  ...one,
  id: 'showRun',
  summary: 'One run: where its accounts are, or what came of them',
  answers: { 200: shapes.run },
});

const starting = operation({
  ...write,
  id: 'startRun',
  action: 'runs.start',
  summary: 'Start a run, and do not wait for it',
  body: shapes.startRunRequest,
  answers: { 202: shapes.startedRun },
});

const cancelling = operation({
  ...write,
  ...one,
  id: 'cancelRun',
  action: 'runs.cancel',
  summary: 'Ask a run to stop; what is stored stays',
  answers: { 202: shapes.startedRun },
});

const retrying = operation({
  ...write,
  ...one,
  id: 'retryRun',
  action: 'runs.retry',
  summary: 'Start a new run over the accounts of a run that did not succeed',
  answers: { 202: shapes.startedRun },
});

export function runRoutes(app: App, api: Api): void {
  const { config, store, temporal } = api;

  async function start(input: ScanRunInput): Promise<{ runId: string }> {
    const runId = await ask(temporal, () => startRun(temporal, api.place.taskQueue, input));
    return { runId };
  }

  app.get('/runs', listing, async (request) => {
    return listRunPage(placeOf(api, callerIn(request)), pageOf(request.query));
  });
  app.get('/runs/:id', showing, async (request) => {
    const place = placeOf(api, callerIn(request));
    return runOf(await runDetails(place, request.params.id), config);
  });
  app.post('/runs', starting, async (request, reply) => {
    requireOwn(config, callerIn(request));
    const { source, sources, ...wanted } = request.body;
    const ids = sources ?? (source === undefined ? [] : [source]);
    const started = await start(await planRun({ config, store }, { ...wanted, sources: ids }));
    return reply.code(202).header('location', `${BASE}/runs/${started.runId}`).send(started);
  });
  app.post('/runs/:id/cancel', cancelling, async (request, reply) => {
    const { id } = request.params;
    const place = placeOf(api, callerIn(request));
    await ask(temporal, () => refuseEnded(place, id));
    await ask(temporal, () => cancelRun(place, id));
    return reply.code(202).send({ runId: id });
  });
  app.post('/runs/:id/retry', retrying, async (request, reply) => {
    const { id } = request.params;
    const place = placeOf(api, callerIn(request));
    const started = await start(await ask(temporal, () => retryInput(place, id)));
    return reply.code(202).header('location', `${BASE}/runs/${started.runId}`).send(started);
  });
}
