import { listIn, textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface ViewSearch {
  sort?: string | undefined;
  where?: string[] | undefined;
  cursor?: string | undefined;
}

export function readView(search: RawSearch): ViewSearch {
  return { sort: textIn(search, 'sort'), where: listIn(search, 'where'), cursor: textIn(search, 'cursor') };
}
