import type { ViewRows } from '../../../../../src/api/schemas/view360.ts';
import { readList } from '../../../api/read.ts';
import { stringifySearch } from '../../../lib/search-params.ts';
import { plainCondition } from './conditions.ts';

export type ViewRow = ViewRows['rows'][number];

export interface ViewRequest {
  account?: string[] | undefined;
  /** Conditions, as `conditionOf` makes them. */
  where?: string[] | undefined;
  since?: string | undefined;
  sort?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export const viewQuery = (name: string, { where = [], ...request }: ViewRequest) =>
  readList<ViewRows>('views', `/views/${encodeURIComponent(name)}${searchOf(where, request)}`);

/** Each condition by itself: a list between commas would break those of values that have some. */
function searchOf(where: readonly string[], request: Omit<ViewRequest, 'where'>): string {
  const parameters = new URLSearchParams(stringifySearch({ ...request }));
  for (const condition of where) parameters.append('where', plainCondition(condition));
  return parameters.size === 0 ? '' : `?${parameters}`;
}
