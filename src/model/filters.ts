import type { EventStatus } from './event.ts';
import type { Level } from './level.ts';

/** Which scans; here as below, what is left out is not asked for. */
export interface ScanFilter {
  organizationId: string;
  accountIds?: readonly string[];
  sources?: readonly string[];
  runId?: string;
  /** Scans that started then or later, ISO 8601. */
  since?: string;
}

export interface FindingFilter {
  organizationId: string;
  /** Findings of this scan; without it, of the newest scan of each account and source. */
  scanId?: number;
  accountIds?: readonly string[];
  sources?: readonly string[];
  services?: readonly string[];
  checkIds?: readonly string[];
  levels?: readonly Level[];
  /** Only those with flagged items. */
  flagged?: boolean;
}

export interface EventFilter {
  organizationId: string;
  accountIds?: readonly string[];
  sources?: readonly string[];
  services?: readonly string[];
  checkIds?: readonly string[];
  levels?: readonly Level[];
  /** `''` stands for events without a region. */
  regions?: readonly string[];
  statuses?: readonly EventStatus[];
  /** Exactly the resource's id or name. */
  resource?: string;
  /** How the resource's id, its name, or the id of the check begins. */
  search?: string;
  /** Seen then or later, ISO 8601. */
  since?: string;
  /** Found by a scan of this run. */
  runId?: string;
}

/** Events by their ids, or all that match a filter. */
export type EventSelection = { ids: readonly number[] } | { filter: Omit<EventFilter, 'organizationId'> };
