import { listAudit } from '../../store/access/audit.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { pageOf } from '../filters.ts';
import { operation } from '../operation.ts';
import { auditList, auditQuery } from '../schemas/access.ts';

const listing = operation({
  id: 'listAudit',
  tag: 'Access',
  access: 'manage-access',
  summary: 'Who changed something, or tried to: newest first, in pages',
  querystring: auditQuery,
  answers: { 200: auditList },
});

export function auditRoutes(app: App, { store, audit }: Api): void {
  app.get('/audit', listing, async (request) => {
    await audit.settled();
    return listAudit(await store(), callerIn(request).organizationId, pageOf(request.query));
  });
}
