import type { Level } from './level.ts';
import type { EventDetails } from './observation.ts';

export const EventStatus = {
  Active: 'active',
  /** Still there, but somebody has said that it needs no attention for now. */
  Suppressed: 'suppressed',
  Resolved: 'resolved',
} as const;
export type EventStatus = (typeof EventStatus)[keyof typeof EventStatus];
export const EVENT_STATUSES = Object.values(EventStatus);

/** Orders of a list of events; `-` begins with the newest or the gravest, `newest` with the last recorded. */
export const EVENT_SORTS = [
  'newest',
  'lastSeen',
  '-lastSeen',
  'firstSeen',
  '-firstSeen',
  'level',
  '-level',
] as const;
export type EventSort = (typeof EVENT_SORTS)[number];

/** One resource failing one check, followed through time, as the store keeps it. Times are ISO 8601 in UTC. */
export interface Event {
  id: number;
  organizationId: string;
  accountId: string;
  source: string;
  service: string;
  checkId: string;
  level: Level;
  status: EventStatus;
  resourceId: string;
  resourceName: string | null;
  resourceType: string;
  region: string | null;
  firstSeen: string;
  lastSeen: string;
  resolvedAt: string | null;
  reopenedAt: string | null;
  notified: boolean;
  itemPath: string;
}

export interface EventWithDetails extends Event {
  timesReopened: number;
  eventHash: string;
  details: EventDetails;
  finding: {
    title: string;
    rationale: string | null;
    remediation: string | null;
    references: readonly string[];
  } | null;
}
