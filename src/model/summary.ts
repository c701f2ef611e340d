import type { Event } from './event.ts';
import type { Level } from './level.ts';

/** What happened to events on one day, in UTC. */
export interface DailyEvents {
  /** `2026-11-22` */
  day: string;
  new: number;
  resolved: number;
  reopened: number;
}

export interface AccountOpenEvents {
  accountId: string;
  /** Of its newest scan. */
  profile: string | null;
  /** Active events by level. */
  open: Record<Level, number>;
  suppressed: number;
}

/** How an organisation stands. */
export interface Summary {
  open: {
    /** Active events. */
    byLevel: Record<Level, number>;
    /** Active and suppressed ones. */
    total: number;
    suppressed: number;
  };
  /** Accounts that were scanned, and those whose newest scan of a source is partial or was not completed. */
  accounts: { total: number; partial: number };
  /** One entry for each of the days asked for, oldest first. */
  daily: readonly DailyEvents[];
  /** The ten with most active events of the gravest levels. */
  worstAccounts: readonly Omit<AccountOpenEvents, 'suppressed'>[];
  /** Ten active events of the gravest level there is, longest known first. */
  oldest: readonly Event[];
}
