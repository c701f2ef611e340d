import { choiceIn, idIn } from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

export interface OverviewSearch {
  days?: number | undefined;
  /** What is drawn over these days: how many events are unresolved, or how many came and went. */
  chart?: 'changes' | undefined;
}

export const DAYS = [7, 30, 90] as const;

export function readOverview(search: RawSearch): OverviewSearch {
  const days = idIn(search, 'days');
  return {
    days: DAYS.find((choice) => choice === days),
    chart: choiceIn(search, 'chart', ['changes']),
  };
}
