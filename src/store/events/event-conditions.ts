import { dueTimesOf } from '../../model/due-date.ts';
import type { DueTimes } from '../../model/due-date.ts';
import { EventStatus } from '../../model/event.ts';
import type { EventFilter } from '../../model/filters.ts';
import { anyOf, conditions, isAmong, isOneOf } from '../database/statements.ts';
import type { Fragment } from '../database/statements.ts';
import { sqlTime } from '../database/values.ts';

/** A filter whose search has been looked up among the checks, of which there are few. */
export interface SoughtFilter extends EventFilter {
  /** Checks whose id or title has the text of the search in it. */
  soughtChecks?: readonly string[];
}

/** The filter as a condition on events `e`. */
export function eventConditions(filter: SoughtFilter): Fragment {
  const { organizationId, resource, search, soughtChecks = [], runId } = filter;
  const { sql, values } = conditions([
    ['e.organization_id = ?', organizationId],
    isOneOf('e.account_id', filter.accountIds),
    isOneOf('e.source', filter.sources),
    isOneOf('e.service', filter.services),
    isOneOf('e.check_id', filter.checkIds),
    isOneOf('e.level', filter.levels),
    inRegions(filter.regions),
    isOneOf('e.status', filter.statuses),
    resource === undefined ? undefined : ['e.resource_id = ? OR e.resource_name = ?', resource, resource],
    search === undefined ? undefined : matchesSearch(search, soughtChecks),
    ...EVENT_TIMES.map((time) => within(filter, time)),
    isDue(filter),
    runId === undefined ? undefined : foundInRun(organizationId, runId),
  ]);
  return [sql, ...values];
}

/** A time of events, the parts of a filter that ask for it, and the index that has it behind organisation and status. */
export interface EventTime {
  column: string;
  since: 'since' | 'newSince' | 'resolvedSince' | 'reopenedSince';
  until?: 'newUntil' | 'resolvedUntil' | 'reopenedUntil';
  index: string;
}

export const EVENT_TIMES: readonly EventTime[] = [
  // Behind the level, too.
  { column: 'e.last_seen', since: 'since', index: 'idx_events_level' },
  { column: 'e.first_seen', since: 'newSince', until: 'newUntil', index: 'idx_events_first_seen' },
  { column: 'e.resolved_at', since: 'resolvedSince', until: 'resolvedUntil', index: 'idx_events_resolved' },
  { column: 'e.reopened_at', since: 'reopenedSince', until: 'reopenedUntil', index: 'idx_events_reopened' },
];

/** Undefined when the filter does not ask for this time. */
export function within(
  filter: EventFilter,
  { column, since: from, until: to }: EventTime,
): Fragment | undefined {
  const since = filter[from];
  const until = to && filter[to];
  const { sql, values } = conditions([
    since === undefined ? undefined : [`${column} >= ?`, sqlTime(since)],
    until === undefined ? undefined : [`${column} < ?`, sqlTime(until)],
  ]);
  return sql === '' ? undefined : [sql, ...values];
}

/** Active, and due before the time that the filter asks for. */
function isDue({ dueUntil, duePolicy }: EventFilter): Fragment | undefined {
  if (dueUntil === undefined || duePolicy === undefined) return undefined;
  const special = Object.keys(duePolicy.accounts);
  const parts = special.map((accountId) =>
    conditions([['e.account_id = ?', accountId], isPast(dueTimesOf(duePolicy, accountId), dueUntil)]),
  );
  const others = isAmong('e.account_id', special);
  parts.push(
    conditions([
      special.length === 0 ? undefined : [`NOT (${others[0]})`, ...others.slice(1)],
      isPast(duePolicy.everywhere, dueUntil),
    ]),
  );
  const { sql, values } = conditions([['e.status = ?', EventStatus.Active], anyOf(parts)]);
  return [sql, ...values];
}

function isPast(times: DueTimes, until: string): Fragment {
  const parts = Object.entries(times)
    .filter(([, time]) => time > 0)
    .map(([level, time]) => {
      const opened = new Date(Date.parse(until) - time).toISOString();
      return conditions([
        ['e.level = ?', level],
        ['COALESCE(e.reopened_at, e.first_seen) < ?', sqlTime(opened)],
      ]);
    });
  return (parts.length === 0 ? undefined : anyOf(parts)) ?? ['1 = 0'];
}

function inRegions(regions: EventFilter['regions']): Fragment | undefined {
  if (regions?.includes('') !== true) return isOneOf('e.region', regions);
  const [named = '1 = 0', ...values] = isOneOf('e.region', regions) ?? [];
  return [`e.region IS NULL OR ${named}`, ...values];
}

function matchesSearch(search: string, soughtChecks: readonly string[]): Fragment {
  const [inText, text] = hasInText(search);
  const [ofChecks, ...checks] = isAmong('e.check_id', soughtChecks);
  return [`${inText} OR ${ofChecks}`, text, ...checks];
}

function foundInRun(organizationId: string, runId: string): Fragment {
  return [
    `EXISTS (
      SELECT 1 FROM scout_event_findings l
      JOIN scout_scans s ON s.id = l.scan_id
      WHERE l.event_id = e.id AND s.organization_id = ? AND s.run_id = ?
    )`,
    organizationId,
    runId,
  ];
}

/** By comparing, not by LIKE: there is nothing to escape. The column is in small letters. */
export function hasInText(search: string): readonly [sql: string, text: string] {
  return ['INSTR(e.search_text, LOWER(?)) > 0', search];
}
