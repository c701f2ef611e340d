import { choiceIn, idIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

/** Of the preview. */
export interface NotificationsSearch {
  scan?: number | undefined;
  as?: 'html' | 'text' | undefined;
}

export function readNotifications(search: RawSearch): NotificationsSearch {
  return { scan: idIn(search, 'scan'), as: choiceIn(search, 'as', ['html', 'text']) };
}
