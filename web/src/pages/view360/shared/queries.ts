import type { ViewRows } from '../../../../../src/api/schemas/view360.ts';
import { readList } from '../../../api/read.ts';

export type ViewRow = ViewRows['rows'][number];

export interface ViewRequest {
  account?: string[] | undefined;
  where?: string[] | undefined;
  since?: string | undefined;
  sort?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export const viewQuery = (name: string, request: ViewRequest) =>
  readList<ViewRows>('views', `/views/${encodeURIComponent(name)}`, request);
