import type { Event } from './event.ts';
import type { Level } from './level.ts';

/** What happened to events on one day, in UTC. */
export interface DailyEvents {
  /** `2026-11-22` */
  day: string;
  new: number;
  resolved: number;
  reopened: number;
  /** Active or suppressed at the end of the day. */
  unresolved: number;
}

/** How an account stands in one service. */
export interface ServiceStanding {
  /** Of its worst active event; null where it has none. */
  level: Level | null;
  /** Active ones. */
  events: number;
  /** Whether every source's newest scan that looked at the service got all answers; nothing is known of a service otherwise. */
  evaluated: boolean;
}

/** The worst accounts by the services with the worst events. */
export interface AccountsByService {
  services: readonly string[];
  /** `services` of each in the order above. */
  accounts: readonly { accountId: string; profile: string | null; services: readonly ServiceStanding[] }[];
}

export interface AccountOpenEvents {
  accountId: string;
  /** Of its newest scan. */
  profile: string | null;
  /** Active events by level. */
  open: Record<Level, number>;
  suppressed: number;
}

/** How an organisation stands, or some of its accounts. */
export interface Summary {
  /** ISO 8601 in UTC: the time of the newest scan; null where there is none. */
  asOf: string | null;
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
  accountsByService: AccountsByService;
  /** Ten active events of the gravest level there is, longest known first. */
  oldest: readonly Event[];
}
