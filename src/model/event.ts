import type { Level } from './level.ts';
import type { EventDetails } from './observation.ts';

export const EventStatus = { Active: 'active', Resolved: 'resolved' } as const;
export type EventStatus = (typeof EventStatus)[keyof typeof EventStatus];

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
