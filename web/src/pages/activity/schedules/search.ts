import { choiceIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface SchedulesSearch {
  dialog?: 'create' | undefined;
}

export function readSchedules(search: RawSearch): SchedulesSearch {
  return { dialog: choiceIn(search, 'dialog', ['create']) };
}
