import type { EventFilter } from '../../model/filters.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Fragment } from '../database/statements.ts';
import { sqlTime } from '../database/values.ts';

/** The filter as a condition on events `e`. */
export function eventConditions(filter: EventFilter): Fragment {
  const { organizationId, resource, search, since, runId } = filter;
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
    search === undefined ? undefined : matchesSearch(search),
    since === undefined ? undefined : ['e.last_seen >= ?', sqlTime(since)],
    runId === undefined ? undefined : foundInRun(organizationId, runId),
  ]);
  return [sql, ...values];
}

function inRegions(regions: EventFilter['regions']): Fragment | undefined {
  if (regions?.includes('') !== true) return isOneOf('e.region', regions);
  const [named = '1 = 0', ...values] = isOneOf('e.region', regions) ?? [];
  return [`e.region IS NULL OR ${named}`, ...values];
}

function matchesSearch(search: string): Fragment {
  const parts = ['e.resource_id', 'e.resource_name', 'e.check_id'].map((column) =>
    beginsWith(column, search),
  );
  return [parts.map(([sql]) => `(${sql})`).join(' OR '), ...parts.flatMap(([, ...values]) => values)];
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

/** By comparing, not by LIKE: byte by byte in both dialects, with nothing to escape, and with the help of an index. */
export function beginsWith(column: string, start: string): Fragment {
  return [`${column} >= ? AND ${column} <= ?`, start, `${start}\u{10FFFF}`];
}
