import { z } from 'zod';
import { exportEvents, exportFile } from '../../report/event-export.ts';
import { streamEvents } from '../../store/events/events.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { eventFilter } from '../filters.ts';
import { operation } from '../operation.ts';
import { exportQuery } from '../schemas/events.ts';
import { startedStream } from '../streaming.ts';

const exporting = operation({
  id: 'exportEvents',
  tag: 'Events',
  access: 'read',
  summary: 'All events that match, as a file',
  description:
    'CSV with the columns of `vedette event list`, JSON lines, or JSON lines of OCSF Compliance Findings (class 2003).',
  querystring: exportQuery,
  produces: ['text/csv', 'application/jsonl'],
  answers: { 200: z.string() },
});

export function eventExportRoutes(app: App, { store, streams }: Api): void {
  // To answer HEAD, all would have to be read.
  app.get('/events/export', { ...exporting, exposeHeadRoute: false }, async (request, reply) => {
    const { format } = request.query;
    const caller = callerIn(request);
    const filter = await eventFilter(await store(), caller.organizationId, request.query);
    const pieces = exportEvents(format, streamEvents(await store(), filter));
    const stream = await startedStream(pieces, streams.open(caller));
    const { type, name } = exportFile(format, new Date());
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(stream as never);
  });
}
