import { listIn, textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface ScansSearch {
  source?: string[] | undefined;
  run?: string | undefined;
  cursor?: string | undefined;
}

export function readScans(search: RawSearch): ScansSearch {
  return {
    source: listIn(search, 'source'),
    run: textIn(search, 'run'),
    cursor: textIn(search, 'cursor'),
  };
}
