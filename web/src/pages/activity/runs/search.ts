import { choiceIn, textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface RunsSearch {
  cursor?: string | undefined;
  dialog?: 'start' | undefined;
}

export function readRuns(search: RawSearch): RunsSearch {
  return { cursor: textIn(search, 'cursor'), dialog: choiceIn(search, 'dialog', ['start']) };
}
