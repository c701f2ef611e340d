import type { Level } from './level.ts';
import type { EventDetails } from './observation.ts';
import type { Suppression } from './suppression.ts';

export const EventStatus = {
  Active: 'active',
  /** Still there, but somebody has said that it needs no attention for now. */
  Suppressed: 'suppressed',
  Resolved: 'resolved',
} as const;
export type EventStatus = (typeof EventStatus)[keyof typeof EventStatus];
export const EVENT_STATUSES = Object.values(EventStatus);

/**
 * Orders of a list of events; `-` begins with the newest or the gravest, `newest` with the last recorded. By the time of
 * something that has not happened to every event, a list has only those to which it has.
 */
export const EVENT_SORTS = [
  'newest',
  'lastSeen',
  '-lastSeen',
  'firstSeen',
  '-firstSeen',
  'resolvedAt',
  '-resolvedAt',
  'reopenedAt',
  '-reopenedAt',
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

/** With what its account is called; null when it has no name here. */
export interface NamedEvent extends Event {
  accountName: string | null;
}

/** With when it is to be mended by; null where nobody waits for it. */
export interface DatedEvent extends NamedEvent {
  dueAt: string | null;
}

/** With what its check says in the newest finding, and why it is suppressed where it is. */
export interface DescribedEvent extends Event {
  finding: { title: string; rationale: string | null; remediation: string | null } | null;
  suppression: Pick<Suppression, 'reason' | 'owner' | 'expiresAt'> | null;
}

/** With the evidence, and what the newest finding of its check says. */
export interface EventWithFinding extends Event {
  timesReopened: number;
  eventHash: string;
  details: EventDetails;
  finding: {
    title: string;
    rationale: string | null;
    remediation: string | null;
    references: readonly string[];
  } | null;
  /** A resolved event keeps its suppression: it holds again when the event comes back. */
  suppression: Suppression | null;
}

export type EventHistoryKind = 'new' | 'seen' | 'resolved' | 'reopened' | 'suppressed' | 'unsuppressed';

/** One thing that happened to an event. */
export interface EventHistoryEntry {
  at: string;
  kind: EventHistoryKind;
  /** The scan that did it, where it is known. */
  scanId: number | null;
  /** The person who did it. */
  by: string | null;
  /** Of a suppression. */
  reason: string | null;
}
