import { z } from 'zod';
import { datedEvents } from '../../accounts/directory.ts';
import type { EventSort } from '../../model/event.ts';
import { exportEvents, exportFile } from '../../report/event-export.ts';
import { describeEvents } from '../../store/events/described.ts';
import { streamEvents } from '../../store/events/events.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { directoryOf, eventFilter } from '../filters.ts';
import { operation } from '../operation.ts';
import { exportQuery } from '../schemas/events.ts';
import { startedStream } from '../streaming.ts';

const exporting = operation({
  id: 'exportEvents',
  tag: 'Events',
  access: 'look',
  summary: 'All events that match, as a file',
  description:
    'CSV for spreadsheets, a report as one printable HTML page, JSON lines, or JSON lines of OCSF Compliance Findings (class 2003).',
  querystring: exportQuery,
  produces: ['text/csv', 'text/html', 'application/jsonl'],
  answers: { 200: z.string() },
});

export function eventExportRoutes(app: App, api: Api): void {
  // To answer HEAD, all would have to be read.
  app.get('/events/export', { ...exporting, exposeHeadRoute: false }, async (request, reply) => {
    const { format } = request.query;
    const caller = callerIn(request);
    const filter = await eventFilter(api, caller, request.query);
    const directory = await directoryOf(api, caller);
    const store = await api.store();
    const dated = (sort?: EventSort) =>
      datedEvents(directory, api.config.general.due, streamEvents(store, filter, sort));
    const events = {
      plain: dated,
      described: (sort: EventSort) => describeEvents(store, caller.organizationId, dated(sort)),
    };
    const now = new Date();
    const stream = await startedStream(exportEvents(format, events, now), api.streams.open(caller));
    const { type, name } = exportFile(format, now);
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(stream as never);
  });
}
