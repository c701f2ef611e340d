import type { Level } from './level.ts';

/** How many events have a value; `''` stands for events without a region. */
export interface FacetValue {
  value: string;
  events: number;
}

export const FACETS = ['level', 'status', 'service', 'account', 'source', 'region', 'check'] as const;
export type Facet = (typeof FACETS)[number];

/** For each facet its values with the number of events: by weight for levels, else most events first. */
export type Facets = Record<Facet, readonly FacetValue[]> & {
  /** Events that match all of the filter. */
  total: number;
  /** False when the filter asks for more than facets can tell (resource, search, times): then they count too many. */
  exact: boolean;
};

export const EVENT_GROUPINGS = ['check', 'resource'] as const;
export type EventGrouping = (typeof EVENT_GROUPINGS)[number];

/** Events that share a check, or a resource of an account. */
export interface EventGroup {
  /** The check's id, or the resource's. */
  key: string;
  /** Whose resource it is; null for a check. */
  accountId: string | null;
  /** What the newest finding says of the check; the name of the resource. */
  title: string | null;
  service: string;
  /** Null for a check. */
  resourceType: string | null;
  /** The worst. */
  level: Level;
  /** How many accounts have such events. */
  accounts: number;
  active: number;
  suppressed: number;
  resolved: number;
}
