import { choiceIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface JobSearch {
  /** Objects that ended so; without it, all that were not scanned whole. */
  status?: 'failed' | 'skipped' | undefined;
}

export function readJob(search: RawSearch): JobSearch {
  return { status: choiceIn(search, 'status', ['failed', 'skipped']) };
}
