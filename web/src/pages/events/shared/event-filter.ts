import { EVENT_STATUSES } from '../../../../../src/model/event.ts';
import type { EventStatus } from '../../../../../src/model/event.ts';
import { EVENT_TIME_FILTERS } from '../../../../../src/model/filters.ts';
import type { EventTimeFilter } from '../../../../../src/model/filters.ts';
import { LEVELS } from '../../../../../src/model/level.ts';
import type { Level } from '../../../../../src/model/level.ts';
import {
  choicesIn,
  listIn,
  listWithEmptyIn,
  stringifySearch,
  textIn,
  timeIn,
} from '../../../lib/search-params.ts';
import type { RawSearch } from '../../../lib/search-params.ts';

/** What events are asked for: in the address of a page, in a query to the API, and in the body of a request. */
export interface EventFilter {
  level?: Level[];
  status?: EventStatus[];
  service?: string[];
  region?: string[];
  source?: string[];
  check?: string[];
  resource?: string;
  search?: string;
  since?: string;
  newSince?: string;
  newUntil?: string;
  resolvedSince?: string;
  resolvedUntil?: string;
  reopenedSince?: string;
  reopenedUntil?: string;
  dueUntil?: string;
}

/** With the accounts of the scope, as the API is asked. */
export interface ScopedFilter extends EventFilter {
  account?: string[];
}

/** Facets of the API, in the order in which they are shown; the scope does for accounts. */
export const FACETS = ['status', 'level', 'service', 'region', 'check', 'source'] as const;
export type Facet = (typeof FACETS)[number];

export function readEventFilter(search: RawSearch): EventFilter {
  return present({
    level: choicesIn(search, 'level', LEVELS),
    status: choicesIn(search, 'status', EVENT_STATUSES),
    service: listIn(search, 'service'),
    region: listWithEmptyIn(search, 'region'),
    source: listIn(search, 'source'),
    check: listIn(search, 'check'),
    resource: textIn(search, 'resource'),
    search: textIn(search, 'search'),
    ...timesIn(search),
  });
}

function timesIn(search: RawSearch): { [Name in EventTimeFilter]: string | undefined } {
  return Object.fromEntries(EVENT_TIME_FILTERS.map((name) => [name, timeIn(search, name)])) as ReturnType<
    typeof timesIn
  >;
}

export function scoped(filter: EventFilter, account: string[] | undefined): ScopedFilter {
  return account === undefined ? filter : { ...filter, account };
}

/** The filter with one value of a facet added, or taken away where it is set already. */
export function toggled(filter: EventFilter, facet: Facet, value: string): EventFilter {
  const values: readonly string[] = filter[facet] ?? [];
  const others = values.filter((other) => other !== value);
  const list = others.length < values.length ? others : [...values, value];
  return readEventFilter({ ...filter, [facet]: list });
}

/** One line for each part that is set, to be shown and taken away one by one. */
export function filterParts(filter: EventFilter): { name: keyof EventFilter; value: string }[] {
  const names = Object.keys(filter) as (keyof EventFilter)[];
  return names.flatMap((name) => [filter[name] ?? []].flat().map((value) => ({ name, value })));
}

export function withoutPart(filter: EventFilter, name: keyof EventFilter, value: string): EventFilter {
  const rest = [filter[name] ?? []].flat().filter((other) => other !== value);
  return readEventFilter({ ...filter, [name]: rest });
}

export const EXPORT_FORMATS = ['csv', 'report', 'jsonl', 'ocsf', 'asff'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Where the browser gets all events of a filter as a file. */
export function exportAddress(format: ExportFormat, filter: ScopedFilter): string {
  return `/api/v1/events/export${stringifySearch({ format, ...filter })}`;
}

type Present<Fields> = { [Name in keyof Fields]?: NonNullable<Fields[Name]> };

function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<Fields>;
}
