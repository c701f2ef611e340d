import { textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface SignInSearch {
  returnTo?: string | undefined;
}

export function readSignIn(search: RawSearch): SignInSearch {
  return { returnTo: textIn(search, 'returnTo') };
}
