import type { DuePolicy } from './due-date.ts';
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
  /** A part of the resource's id, name or tags (`env=prod`), or of the check's id or title; in large or small letters. */
  search?: string;
  /** Seen then or later, ISO 8601. */
  since?: string;
  /** New then or later; as all that end so. */
  newSince?: string;
  /** New before then; as all that end so. */
  newUntil?: string;
  resolvedSince?: string;
  resolvedUntil?: string;
  /** When they were last reopened. */
  reopenedSince?: string;
  reopenedUntil?: string;
  /** Active, and due before then by `duePolicy`. */
  dueUntil?: string;
  duePolicy?: DuePolicy;
  /** Found by a scan of this run. */
  runId?: string;
}

/** The parts of a filter that are times. */
export const EVENT_TIME_FILTERS = [
  'since',
  'newSince',
  'newUntil',
  'resolvedSince',
  'resolvedUntil',
  'reopenedSince',
  'reopenedUntil',
  'dueUntil',
] as const satisfies readonly (keyof EventFilter)[];
export type EventTimeFilter = (typeof EVENT_TIME_FILTERS)[number];

/** The times among some options, as a part of a filter. */
export function timesOf(options: {
  readonly [Name in EventTimeFilter]?: string | undefined;
}): Pick<EventFilter, EventTimeFilter> {
  return Object.fromEntries(
    EVENT_TIME_FILTERS.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
}

/** Events by their ids, or all that match a filter. */
export type EventSelection = { ids: readonly number[] } | { filter: Omit<EventFilter, 'organizationId'> };
