import { choiceIn, textIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

/** What an area knows of one thing is a tab of its page. */
export type HubTab = 'events' | 'asks' | 'coverage' | 'accounts' | 'activity';

/** Which tab of a hub is shown, and which page of its list. */
export interface HubSearch<Tab extends HubTab> {
  /** The first when left out. */
  tab?: Tab | undefined;
  cursor?: string | undefined;
}

export function hubReader<const Tab extends HubTab>(tabs: readonly Tab[]) {
  return (search: RawSearch): HubSearch<Tab> => ({
    tab: choiceIn(search, 'tab', tabs),
    cursor: textIn(search, 'cursor'),
  });
}
