import { summarise } from '../../store/events/summary.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { commonFilter } from '../filters.ts';
import { operation } from '../operation.ts';
import { summary, summaryQuery } from '../schemas/summary.ts';

const summarising = operation({
  id: 'summarise',
  tag: 'Events',
  access: 'read',
  summary: 'How the organisation stands: active events by level, changes by day, the worst accounts',
  querystring: summaryQuery,
  answers: { 200: summary },
});

export function summaryRoutes(app: App, { store }: Api): void {
  app.get('/summary', summarising, async (request) => {
    const { account, days } = request.query;
    const filter = await commonFilter(await store(), callerIn(request).organizationId, { account });
    return summarise(await store(), filter, { days });
  });
}
