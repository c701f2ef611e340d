import { withAccountName } from '../../accounts/directory.ts';
import { frameworksOf } from '../../compliance/framework.ts';
import { VedetteError } from '../../errors.ts';
import { countsByAccount, countsOfAll } from '../../store/compliance/check-counts.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { commonFilter, directoryOf } from '../filters.ts';
import { operation } from '../operation.ts';
import * as shapes from '../schemas/checks.ts';

const read = { tag: 'Compliance', access: 'look' } as const;

const listing = operation({
  ...read,
  id: 'listChecks',
  summary: 'The catalogue of our own checks, with what they say now',
  querystring: shapes.checkCatalogueQuery,
  answers: { 200: shapes.checkCatalogue },
});

const showing = operation({
  ...read,
  id: 'showCheck',
  summary:
    'One check: when it fails, what to do, what it needs, which requirements it bears on, and what it says where',
  params: shapes.checkParameter,
  querystring: shapes.checkCatalogueQuery,
  answers: { 200: shapes.catalogueCheck },
});

export function checkRoutes(app: App, api: Api): void {
  app.get('/checks', listing, async (request) => {
    const { source, checks, frameworks } = await api.compliance();
    const filter = await commonFilter(api, callerIn(request), request.query);
    const counts = await countsOfAll(await api.store(), { ...filter, source });
    return {
      source,
      checks: [...checks.values()].map(({ id, title, service, depth, level, category }) => ({
        id,
        title,
        service,
        depth,
        level,
        category,
        frameworks: [...new Set(frameworksOf(frameworks, id).map((one) => one.id))],
        counts: counts.get(id) ?? null,
      })),
    };
  });
  app.get('/checks/:id', showing, async (request) => {
    const { id } = request.params;
    const { source, checks, frameworks } = await api.compliance();
    const check = checks.get(id);
    if (check === undefined)
      throw new VedetteError('not-found', `There is no check ${JSON.stringify(id)} in the catalogue.`);
    const caller = callerIn(request);
    const filter = await commonFilter(api, caller, request.query);
    const counts = await countsByAccount(await api.store(), { ...filter, source, checkIds: [id] });
    const directory = await directoryOf(api, caller);
    return {
      ...check,
      frameworks: frameworksOf(frameworks, id).map((mapped) => {
        const { name = '', version = '' } = frameworks.find((one) => one.id === mapped.id) ?? {};
        return { ...mapped, name, version };
      }),
      accounts: [...counts].flatMap(([accountId, byCheck]) =>
        [...byCheck.values()].map((said) => withAccountName(directory, { accountId, ...said })),
      ),
    };
  });
}
