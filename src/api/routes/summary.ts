import { withAccountName } from '../../accounts/directory.ts';
import { withDueDate } from '../../model/due-date.ts';
import { summarise } from '../../store/events/summary.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { commonFilter, directoryOf } from '../filters.ts';
import { operation } from '../operation.ts';
import { summary, summaryQuery } from '../schemas/summary.ts';

const summarising = operation({
  id: 'summarise',
  tag: 'Events',
  access: 'look',
  summary: 'How the organisation stands: active events by level, changes by day, the worst accounts',
  querystring: summaryQuery,
  answers: { 200: summary },
});

export function summaryRoutes(app: App, api: Api): void {
  app.get('/summary', summarising, async (request) => {
    const caller = callerIn(request);
    const { account, days } = request.query;
    const filter = await commonFilter(api, caller, { account });
    const found = await summarise(await api.store(), filter, { days });
    const directory = await directoryOf(api, caller);
    const named = <Row extends { accountId: string }>(row: Row) => withAccountName(directory, row);
    const { services, accounts } = found.accountsByService;
    return {
      ...found,
      worstAccounts: found.worstAccounts.map(named),
      accountsByService: { services, accounts: accounts.map(named) },
      oldest: found.oldest.map((event) => withDueDate(api.config.general.due, named(event))),
    };
  });
}
