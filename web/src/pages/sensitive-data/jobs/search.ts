import { choiceIn, idIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface JobsSearch {
  dialog?: 'start' | undefined;
  /** From 1. */
  page?: number | undefined;
}

export function readJobs(search: RawSearch): JobsSearch {
  return { dialog: choiceIn(search, 'dialog', ['start']), page: idIn(search, 'page') };
}
