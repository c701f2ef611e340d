import { listFindings } from '../../store/scans/findings.ts';
import { getScan } from '../../store/scans/scan-details.ts';
import { listScans } from '../../store/scans/scans.ts';
import { withdrawScan } from '../../store/scans/withdraw.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { commonFilter, pageOf } from '../filters.ts';
import { operation } from '../operation.ts';
import { idParameter } from '../schemas/common.ts';
import * as shapes from '../schemas/scans.ts';

const read = { tag: 'Scans', access: 'look' } as const;

const listing = operation({
  ...read,
  id: 'listScans',
  summary: 'Scans, newest first, in pages',
  querystring: shapes.scanListQuery,
  answers: { 200: shapes.scanList },
});

const showing = operation({
  ...read,
  id: 'showScan',
  summary: 'One scan: where it looked, and what it could not evaluate',
  params: idParameter,
  answers: { 200: shapes.scanWithScope },
});

const withdrawing = operation({
  tag: 'Scans',
  access: 'run',
  id: 'withdrawScan',
  action: 'scans.withdraw',
  summary: 'Take a scan back that should not have been stored',
  description:
    'Events that only it has seen go; the others are what the other scans make of them. `setAside` names scans that were ' +
    'not stored in full because this one was newer.',
  params: idParameter,
  body: shapes.withdrawRequest,
  answers: { 200: shapes.withdrawnScan },
});

const findings = operation({
  ...read,
  id: 'listFindings',
  summary: 'What each check reported, in pages',
  description: 'Of one scan; without `scan`, of the newest scan of each account.',
  querystring: shapes.findingListQuery,
  answers: { 200: shapes.findingList },
});

export function scanRoutes(app: App, api: Api): void {
  const { store, logger } = api;
  app.get('/scans', listing, async (request) => {
    const { query } = request;
    const filter = {
      ...(await commonFilter(api, callerIn(request), query)),
      ...(query.run && { runId: query.run }),
      ...(query.since && { since: query.since }),
    };
    return listScans(await store(), filter, pageOf(query));
  });
  app.get('/scans/:id', showing, async (request) =>
    getScan(await store(), callerIn(request).organizationId, request.params.id),
  );
  app.post('/scans/:id/withdraw', withdrawing, async (request) => {
    const { signal } = new AbortController();
    const context = { signal, logger, onProgress: () => undefined };
    return withdrawScan(await store(), callerIn(request).organizationId, request.params.id, context);
  });
  app.get('/findings', findings, async (request) => {
    const { query } = request;
    const { scan, service, check, level, flagged } = query;
    const filter = {
      ...(await commonFilter(api, callerIn(request), query)),
      ...(scan && { scanId: scan }),
      ...(service && { services: service }),
      ...(check && { checkIds: check }),
      ...(level && { levels: level }),
      ...(flagged === 'true' && { flagged: true }),
    };
    return listFindings(await store(), filter, pageOf(query));
  });
}
