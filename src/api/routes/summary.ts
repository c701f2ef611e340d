import { withAccountName } from '../../accounts/directory.ts';
import { summarise } from '../../store/events/summary.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { directoryOf } from '../filters.ts';
import { operation } from '../operation.ts';
import { summary, summaryQuery } from '../schemas/summary.ts';

const summarising = operation({
  id: 'summarise',
  tag: 'Events',
  access: 'read',
  summary: 'How the organisation stands: open events by level, changes by day, the worst accounts',
  querystring: summaryQuery,
  answers: { 200: summary },
});

export function summaryRoutes(app: App, api: Api): void {
  app.get('/summary', summarising, async (request) => {
    const caller = callerIn(request);
    const { days } = request.query;
    const found = await summarise(await api.store(), caller.organizationId, { days });
    const directory = await directoryOf(api, caller);
    return {
      ...found,
      worstAccounts: found.worstAccounts.map((account) => withAccountName(directory, account)),
      oldest: found.oldest.map((event) => withAccountName(directory, event)),
    };
  });
}
