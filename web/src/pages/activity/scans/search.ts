import { listIn, textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface ScansSearch {
  account?: string[] | undefined;
  run?: string | undefined;
  cursor?: string | undefined;
}

export function readScans(search: RawSearch): ScansSearch {
  return {
    account: listIn(search, 'account'),
    run: textIn(search, 'run'),
    cursor: textIn(search, 'cursor'),
  };
}
