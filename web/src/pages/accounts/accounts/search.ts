import { idIn, listIn, textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface AccountsSearch {
  sort?: string | undefined;
  /** What the name or the number holds. */
  find?: string | undefined;
  health?: string[] | undefined;
  /** From 1. */
  page?: number | undefined;
}

export function readAccounts(search: RawSearch): AccountsSearch {
  return {
    sort: textIn(search, 'sort'),
    find: textIn(search, 'find'),
    health: listIn(search, 'health'),
    page: idIn(search, 'page'),
  };
}
