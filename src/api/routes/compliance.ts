import { z } from 'zod';
import { withAccountName } from '../../accounts/directory.ts';
import type { AccountDirectory } from '../../accounts/directory.ts';
import { scoreHistory } from '../../compliance/history.ts';
import { reportOf } from '../../compliance/report.ts';
import { overview, standingOf } from '../../compliance/standing.ts';
import { VedetteError } from '../../errors.ts';
import type { FrameworkSummary } from '../../model/compliance.ts';
import { complianceHtml } from '../../report/compliance-html.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { commonFilter, directoryOf } from '../filters.ts';
import { operation } from '../operation.ts';
import * as shapes from '../schemas/compliance.ts';

const read = { tag: 'Compliance', access: 'look' } as const;
/** Failing resources that a report names of each check. */
const RESOURCES_SHOWN = 10;

const listing = operation({
  ...read,
  id: 'listFrameworks',
  summary: 'How accounts stand by each framework, at a glance',
  querystring: shapes.complianceQuery,
  answers: { 200: shapes.frameworkList },
});

const showing = operation({
  ...read,
  id: 'showFramework',
  summary: 'How each requirement of a framework stands, and the checks that it rests on',
  description: 'What fails is what is active now; suppressed events count as accepted.',
  params: shapes.frameworkParameter,
  querystring: shapes.complianceQuery,
  answers: { 200: shapes.frameworkStanding },
});

const telling = operation({
  ...read,
  id: 'showScoreHistory',
  summary: 'How the score of a framework has changed, one point a day',
  params: shapes.frameworkParameter,
  querystring: shapes.scoreHistoryQuery,
  answers: { 200: shapes.scoreHistory },
});

const reporting = operation({
  ...read,
  id: 'reportFramework',
  summary: 'The same as one HTML page to print, which needs nothing else',
  params: shapes.frameworkParameter,
  querystring: shapes.complianceQuery,
  produces: ['text/html'],
  answers: { 200: z.string() },
});

export function complianceRoutes(app: App, api: Api): void {
  app.get('/compliance', listing, async (request) => {
    const caller = callerIn(request);
    const filter = await commonFilter(api, caller, request.query);
    const found = await overview(await api.store(), await api.compliance(), filter);
    const directory = await directoryOf(api, caller);
    return { frameworks: found.map((one) => withAccountNames(directory, one)) };
  });
  app.get('/compliance/:framework', showing, async (request) => {
    const caller = callerIn(request);
    const { framework, basis } = await asked(api, request.params.framework);
    const filter = await commonFilter(api, caller, request.query);
    const found = await standingOf(await api.store(), framework, basis, filter);
    return {
      ...withAccountNames(await directoryOf(api, caller), found),
      source: basis.source,
      requirements: found.requirements.map((requirement) => ({
        ...requirement,
        checks: requirement.checks.map((check) => {
          const { title = check.checkId, service = '' } = basis.checks.get(check.checkId) ?? {};
          return { ...check, title, service };
        }),
      })),
    };
  });
  app.get('/compliance/:framework/history', telling, async (request) => {
    const caller = callerIn(request);
    const { account, days } = request.query;
    const { framework } = await asked(api, request.params.framework);
    const { organizationId, accountIds } = await commonFilter(
      api,
      caller,
      account ? { account: [account] } : {},
    );
    const filter = { organizationId, framework: framework.id, accountId: accountIds?.[0] };
    return { points: await scoreHistory(await api.store(), filter, days, new Date()) };
  });
  app.get(
    '/compliance/:framework/report',
    { ...reporting, exposeHeadRoute: false },
    async (request, reply) => {
      const caller = callerIn(request);
      const { framework, basis } = await asked(api, request.params.framework);
      const filter = await commonFilter(api, caller, request.query);
      const store = await api.store();
      const standing = await standingOf(store, framework, basis, filter);
      const { names } = await directoryOf(api, caller);
      const { organizationId } = caller;
      const report = await reportOf(store, standing, basis, {
        organizationId,
        names,
        resources: RESOURCES_SHOWN,
      });
      return reply
        .type('text/html; charset=utf-8')
        .header(
          'content-disposition',
          `attachment; filename="${framework.id}-${report.writtenAt.slice(0, 10)}.html"`,
        )
        .send(complianceHtml(report));
    },
  );
}

/** @throws VedetteError `not-found` */
async function asked(api: Api, id: string) {
  const basis = await api.compliance();
  const framework = basis.frameworks.find((one) => one.id === id);
  if (framework === undefined)
    throw new VedetteError('not-found', `There is no framework ${JSON.stringify(id)}.`);
  return { basis, framework };
}

function withAccountNames<Summary extends FrameworkSummary>(directory: AccountDirectory, summary: Summary) {
  return { ...summary, accounts: summary.accounts.map((account) => withAccountName(directory, account)) };
}
