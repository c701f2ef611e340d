import { summarise } from '../../store/events/summary.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
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

export function summaryRoutes(app: App, { store }: Api): void {
  app.get('/summary', summarising, async (request) =>
    summarise(await store(), callerIn(request).organizationId, { days: request.query.days }),
  );
}
