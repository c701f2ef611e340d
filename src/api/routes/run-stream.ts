import { z } from 'zod';
import type { RunDetails } from '../../client/run-details.ts';
import { describeRun } from '../../client/runs.ts';
import { ask } from '../../client/temporal.ts';
import type { Api, App } from '../api.ts';
import { callerIn, placeOf } from '../authentication.ts';
import { operation } from '../operation.ts';
import { runOf } from '../run-view.ts';
import { runParameter } from '../schemas/runs.ts';
import { startedStream } from '../streaming.ts';

const RETRY_MS = 2000;

const following = operation({
  id: 'followRun',
  tag: 'Runs',
  access: 'look',
  summary: 'A run as server-sent events',
  description:
    'Each message is the whole run, as `showRun` gives it: `progress` at once and whenever it has changed, `end` when it is ' +
    'over; close the stream then. Comments keep the connection alive.',
  params: runParameter,
  produces: ['text/event-stream'],
  answers: { 200: z.string() },
});

export function runStreamRoutes(app: App, api: Api): void {
  const { config, temporal, watch, closing, streams } = api;
  // A HEAD would stay for as long as the run.
  app.get('/runs/:id/events', { ...following, exposeHeadRoute: false }, async (request, reply) => {
    const { id } = request.params;
    const caller = callerIn(request);
    const place = placeOf(api, caller);
    await ask(temporal, () => describeRun(place, id));
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    const opened = streams.open(caller);
    const messages = watch.follow(place, id, AbortSignal.any([left.signal, closing, opened.signal]));
    const stream = await startedStream(
      text(messages, (run) => runOf(run, config)),
      opened,
    );
    return reply
      .type('text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(stream as never);
  });
}

async function* text(
  runs: AsyncIterable<RunDetails | null>,
  view: (run: RunDetails) => unknown,
): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`;
  for await (const run of runs) {
    if (run === null) yield ': still here\n\n';
    else {
      const event = run.status === 'running' ? 'progress' : 'end';
      yield `event: ${event}\ndata: ${JSON.stringify(view(run))}\n\n`;
    }
  }
}
