import { z } from 'zod';
import { auditFile } from '../../report/audit-file.ts';
import { listAudit, streamAudit } from '../../store/access/audit.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { pageOf } from '../filters.ts';
import { operation } from '../operation.ts';
import { auditExportQuery, auditList, auditQuery } from '../schemas/access.ts';
import { startedStream } from '../streaming.ts';

const listing = operation({
  id: 'listAudit',
  tag: 'Access',
  access: 'manage-access',
  summary: 'Who changed what, or tried to, how it was before and after: newest first, in pages',
  querystring: auditQuery,
  answers: { 200: auditList },
});

const exporting = operation({
  id: 'exportAudit',
  tag: 'Access',
  access: 'manage-access',
  summary: 'The entries of the audit log that match, as a file: CSV or JSON lines',
  querystring: auditExportQuery,
  produces: ['text/csv', 'application/jsonl'],
  answers: { 200: z.string() },
});

export function auditRoutes(app: App, { store, audit, streams }: Api): void {
  app.get('/audit', listing, async (request) => {
    await audit.settled();
    const { organizationId } = callerIn(request);
    return listAudit(await store(), organizationId, pageOf(request.query), request.query);
  });
  // To answer HEAD, all would have to be read.
  app.get('/audit/export', { ...exporting, exposeHeadRoute: false }, async (request, reply) => {
    await audit.settled();
    const caller = callerIn(request);
    const { format, ...filter } = request.query;
    const entries = streamAudit(await store(), caller.organizationId, filter);
    const { name, type, rows } = auditFile(format, entries, new Date());
    const stream = await startedStream(rows, streams.open(caller));
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(stream as never);
  });
}
