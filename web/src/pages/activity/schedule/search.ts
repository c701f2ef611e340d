import { choiceIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface ScheduleSearch {
  dialog?: 'edit' | 'delete' | undefined;
}

export function readSchedule(search: RawSearch): ScheduleSearch {
  return { dialog: choiceIn(search, 'dialog', ['edit', 'delete']) };
}
