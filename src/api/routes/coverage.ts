import { z } from 'zod';
import { attackOf } from '../../coverage/attack.ts';
import type { AttackVersion } from '../../coverage/attack.ts';
import { coverageHtml, LOST_SINCE_DAYS } from '../../coverage/report-html.ts';
import { reportOf } from '../../coverage/scoring/accounts.ts';
import {
  documentedDetections,
  documentedReport,
  documentedTechnique,
} from '../../coverage/scoring/documented.ts';
import { documentedGap, rankGaps } from '../../coverage/scoring/gaps.ts';
import { historyOf } from '../../coverage/scoring/history.ts';
import { navigatorLayer } from '../../coverage/scoring/navigator.ts';
import { generateTemplate, templatesOf } from '../../coverage/templates/generate.ts';
import { VedetteError } from '../../errors.ts';
import { correctMapping, listCorrections, removeCorrection } from '../../store/coverage/corrections.ts';
import { readCoverage, readHistory } from '../../store/coverage/coverage.ts';
import { openEventsByService } from '../../store/coverage/open-events.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import type { Caller } from '../caller.ts';
import { commonFilter, directoryOf } from '../filters.ts';
import { operation } from '../operation.ts';
import { nothing } from '../schemas/common.ts';
import * as shapes from '../schemas/coverage.ts';

const read = { tag: 'Coverage', access: 'look' } as const;
const write = { tag: 'Coverage', access: 'correct' } as const;
const DAY_MS = 86_400_000;

const showing = operation({
  ...read,
  id: 'showCoverage',
  summary: 'How much of ATT&CK healthy detections see: techniques, tactics and controls',
  description: 'Of the newest scan of each account; without any, nothing is covered and `accounts` is empty.',
  querystring: shapes.coverageQuery,
  answers: { 200: shapes.coverageReport },
});

const layer = operation({
  ...read,
  id: 'coverageLayer',
  summary: 'The same as a layer of the ATT&CK Navigator',
  querystring: shapes.coverageQuery,
  answers: { 200: shapes.navigatorLayer },
});

const reporting = operation({
  ...read,
  id: 'reportCoverage',
  summary: 'The same with gaps and broken detections as one HTML page to print, which needs nothing else',
  querystring: shapes.coverageQuery,
  produces: ['text/html'],
  answers: { 200: z.string() },
});

const technique = operation({
  ...read,
  id: 'showTechnique',
  summary: 'One technique: who sees it, how well, what is missing, and templates that close the gap',
  params: shapes.techniqueParameter,
  querystring: shapes.accountsQuery,
  answers: { 200: shapes.techniqueDetails },
});

const template = operation({
  ...read,
  id: 'showTemplate',
  summary: 'A template that notices a technique',
  params: shapes.techniqueParameter,
  querystring: shapes.templateQuery,
  answers: { 200: shapes.detectionTemplate },
});

const detections = operation({
  ...read,
  id: 'listDetections',
  summary: 'Detections, whether they work and why not, and what they see',
  querystring: shapes.detectionsQuery,
  answers: { 200: shapes.detectionList },
});

const gaps = operation({
  ...read,
  id: 'listCoverageGaps',
  summary: 'Techniques that nobody would notice, those first that most is open to',
  querystring: shapes.accountsQuery,
  answers: { 200: shapes.gapList },
});

const history = operation({
  ...read,
  id: 'coverageHistory',
  summary: 'The figures of each scan, and what was lost and won, and why',
  querystring: shapes.historyQuery,
  answers: { 200: shapes.coverageHistory },
});

const corrections = operation({
  ...read,
  id: 'listMappingCorrections',
  summary: 'What people have said of mappings',
  answers: { 200: shapes.correctionList },
});

const correcting = operation({
  ...write,
  id: 'correctMapping',
  action: 'coverage.correct',
  summary: 'Say that a detection sees a technique, or does not: it holds for every later scan',
  body: shapes.correction,
  mayBeMissing: true,
  answers: { 204: nothing },
});

const undoing = operation({
  ...write,
  id: 'undoMappingCorrection',
  action: 'coverage.undo',
  summary: 'Take a correction back',
  body: shapes.correctionKey,
  mayBeMissing: true,
  answers: { 204: nothing },
});

export function coverageRoutes(app: App, api: Api): void {
  const known = async (caller: Caller, account: readonly string[] | undefined) => {
    const store = await api.store();
    const filter = await commonFilter(api, caller, { account });
    const [scans, corrected] = [
      await readCoverage(store, filter),
      await listCorrections(store, caller.organizationId),
    ];
    return { store, filter, scans, corrections: corrected };
  };
  const reported = async (
    caller: Caller,
    account: readonly string[] | undefined,
    version?: AttackVersion,
  ) => {
    const found = await known(caller, account);
    return { ...found, report: reportOf(found.scans, found.corrections, version) };
  };

  app.get('/coverage', showing, async (request) => {
    const { account, attack } = request.query;
    const { report, scans } = await reported(callerIn(request), account, attack);
    return documentedReport(report, scans);
  });
  app.get('/coverage/layer', layer, async (request) => {
    const { account, attack } = request.query;
    const { report } = await reported(callerIn(request), account, attack);
    return navigatorLayer(report) as Record<string, unknown>;
  });
  app.get('/coverage/report', { ...reporting, exposeHeadRoute: false }, async (request, reply) => {
    const caller = callerIn(request);
    const { account, attack } = request.query;
    const { report, scans, corrections: said, store, filter } = await reported(caller, account, attack);
    const { names } = await directoryOf(api, caller);
    const writtenAt = new Date().toISOString();
    const { organizationId } = caller;
    const open = await openEventsByService(store, filter);
    const since = new Date(Date.parse(writtenAt) - LOST_SINCE_DAYS * DAY_MS).toISOString();
    const { lost } = historyOf(await readHistory(store, filter, since), said);
    return reply
      .type('text/html; charset=utf-8')
      .header('content-disposition', `attachment; filename="coverage-${writtenAt.slice(0, 10)}.html"`)
      .send(
        coverageHtml({
          report: documentedReport(report, scans),
          gaps: rankGaps(report, open).map(documentedGap),
          detections: documentedDetections(scans, said),
          lost,
          names,
          organizationId,
          writtenAt,
        }),
      );
  });
  app.get('/coverage/techniques/:technique', technique, async (request) => {
    const { technique: id } = request.params;
    const { report } = await reported(callerIn(request), request.query.account);
    const found = report.techniques.find((one) => one.id === id);
    if (found === undefined) throw notOfClouds(id);
    const templates = templatesOf(id).map(({ provider, format }) => generateTemplate(id, provider, format));
    return { technique: documentedTechnique(found), templates };
  });
  app.get('/coverage/techniques/:technique/template', template, async (request) => {
    const { technique: id } = request.params;
    const { provider, format } = request.query;
    const isThere = templatesOf(id).some((one) => one.provider === provider && one.format === format);
    if (!isThere)
      throw new VedetteError('not-found', `There is no template of ${id} for ${provider} as ${format}.`);
    return generateTemplate(id, provider, format);
  });
  app.get('/coverage/detections', detections, async (request) => {
    const { account, health } = request.query;
    const { scans, corrections: corrected } = await known(callerIn(request), account);
    return { detections: documentedDetections(scans, corrected, health) };
  });
  app.get('/coverage/gaps', gaps, async (request) => {
    const { report, store, filter } = await reported(callerIn(request), request.query.account);
    if (report.accounts.length === 0) return { gaps: [] };
    const open = await openEventsByService(store, filter);
    return {
      gaps: rankGaps(report, open).map((gap) => ({
        ...documentedGap(gap),
        hasTemplate: templatesOf(gap.technique.id).length > 0,
      })),
    };
  });
  app.get('/coverage/history', history, async (request) => {
    const { account, days } = request.query;
    const since = new Date(Date.now() - days * DAY_MS).toISOString();
    const caller = callerIn(request);
    const store = await api.store();
    const filter = await commonFilter(api, caller, { account });
    return historyOf(
      await readHistory(store, filter, since),
      await listCorrections(store, caller.organizationId),
    );
  });
  app.get('/coverage/corrections', corrections, async (request) => ({
    corrections: await listCorrections(await api.store(), callerIn(request).organizationId),
  }));
  app.put('/coverage/corrections', correcting, async (request, reply) => {
    const { organizationId, actor } = callerIn(request);
    const { techniqueId } = request.body;
    if (!attackOf().techniques.some(({ id }) => id === techniqueId)) throw notOfClouds(techniqueId);
    await correctMapping(await api.store(), organizationId, { ...request.body, by: actor });
    return reply.code(204).send();
  });
  app.post('/coverage/corrections/undo', undoing, async (request, reply) => {
    await removeCorrection(await api.store(), callerIn(request).organizationId, request.body);
    return reply.code(204).send();
  });
}

function notOfClouds(id: string): VedetteError {
  return new VedetteError('not-found', `${id} is no technique of ATT&CK 18.1 that shows in a cloud account.`);
}
