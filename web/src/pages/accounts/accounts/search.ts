import { textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface AccountsSearch {
  sort?: string | undefined;
}

export function readAccounts(search: RawSearch): AccountsSearch {
  return { sort: textIn(search, 'sort') };
}
