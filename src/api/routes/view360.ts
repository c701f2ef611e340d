import { decodeCursor, encodeCursor } from '../../store/database/cursor.ts';
import {
  conditionsOf,
  queryView,
  usualOrder,
  viewColumns,
  viewNamed,
  views,
} from '../../store/view360/views.ts';
import type { Api, App } from '../api.ts';
import { callerIn } from '../authentication.ts';
import { commonFilter } from '../filters.ts';
import { operation } from '../operation.ts';
import * as shapes from '../schemas/view360.ts';

const read = { tag: 'Views', access: 'look' } as const;

const listing = operation({
  ...read,
  id: 'listViews',
  summary: 'The views of accounts, costs and compliance',
  answers: { 200: shapes.viewList },
});

const showing = operation({
  ...read,
  id: 'readView',
  summary: 'Rows of a view, in pages',
  description: 'Those of the accounts of the organisation. Money is in the currency that the row names.',
  params: shapes.viewParameter,
  querystring: shapes.viewQuery,
  answers: { 200: shapes.viewRows },
});

export function viewRoutes(app: App, api: Api): void {
  app.get('/views', listing, async () => ({ views }));
  app.get('/views/:name', showing, async (request) => {
    const { query, params } = request;
    const { name, purpose } = viewNamed(params.name);
    const store = await api.store();
    const columns = await viewColumns(store, name);
    const { organizationId, accountIds } = await commonFilter(api, callerIn(request), query);
    const offset = query.cursor === undefined ? 0 : decodeCursor(query.cursor);
    const { rows } = await queryView(store, name, {
      organizationId,
      ...(accountIds && { accountIds }),
      ...(query.where && { where: conditionsOf(query.where) }),
      ...(query.since && { since: query.since }),
      ...(query.until && { until: query.until }),
      sort: query.sort ?? usualOrder(columns),
      limit: query.limit + 1,
      offset,
    });
    return {
      view: name,
      purpose,
      columns: columns.map((column) => column.name),
      rows: rows.slice(0, query.limit),
      nextCursor: rows.length > query.limit ? encodeCursor(offset + query.limit) : null,
    };
  });
}
