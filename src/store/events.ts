import { VedetteError } from '../errors.ts';
import { EventStatus } from '../model/event.ts';
import type { Event, EventWithDetails } from '../model/event.ts';
import type { Level } from '../model/level.ts';
import type { EventDetails } from '../model/observation.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Page } from './scans.ts';
import { conditions, isOneOf } from './statements.ts';
import type { Fragment, Statement } from './statements.ts';
import type { Store } from './store.ts';
import { fromJson, isoTime, isoTimeOrNull, sqlTime } from './values.ts';

/** What is left out is not asked for. */
export interface EventFilter {
  organizationId: string;
  accountIds?: readonly string[];
  sources?: readonly string[];
  services?: readonly string[];
  checkIds?: readonly string[];
  levels?: readonly Level[];
  regions?: readonly string[];
  status?: EventStatus;
  /** Exactly the resource's id or name. */
  resource?: string;
  /** Seen then or later, ISO 8601. */
  since?: string;
}

const STREAM_PAGE = 1000;

const EVENT_COLUMNS =
  'e.id, e.organization_id, e.account_id, e.source, e.service, e.check_id, e.level, e.resource_id, e.resource_name, ' +
  'e.resource_type, e.region, e.first_seen, e.last_seen, e.resolved_at, e.reopened_at, e.notified, e.item_path';

interface EventRow {
  id: number;
  organization_id: string;
  account_id: string;
  source: string;
  service: string;
  check_id: string;
  level: Level;
  resource_id: string;
  resource_name: string | null;
  resource_type: string;
  region: string | null;
  first_seen: string;
  last_seen: string;
  resolved_at: string | null;
  reopened_at: string | null;
  notified: number;
  item_path: string;
}

/**
 * The events that match, newest first; `nextCursor` leads to the next page, null on the last.
 *
 * @throws VedetteError `usage` for a cursor that is none.
 */
export async function listEvents(
  store: Store,
  filter: EventFilter,
  page: Page,
): Promise<{ events: Event[]; nextCursor: string | null }> {
  const rows = await eventRows(store, filter, page);
  return {
    events: rows.slice(0, page.limit).map(eventOf),
    nextCursor: rows.length > page.limit ? encodeCursor(rows[page.limit - 1]?.id) : null,
  };
}

/** All events that match, newest first, in bounded memory. */
export async function* streamEvents(store: Store, filter: EventFilter): AsyncGenerator<Event> {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: Page = { limit: STREAM_PAGE, ...(cursor === undefined ? {} : { cursor }) };
    const { events, nextCursor } = await listEvents(store, filter, page);
    yield* events;
    cursor = nextCursor;
  }
}

/**
 * One event with its details and the newest finding that reported it.
 *
 * @throws VedetteError `not-found`
 */
export async function getEvent(store: Store, organizationId: string, id: number): Promise<EventWithDetails> {
  const [row] = await store.read<EventRow & { times_reopened: number; event_hash: string; details: unknown }>(
    `SELECT ${EVENT_COLUMNS}, e.times_reopened, e.event_hash, e.details FROM scout_events e ` +
      'WHERE e.organization_id = ? AND e.id = ?',
    [organizationId, id],
  );
  if (row === undefined) throw new VedetteError('not-found', `There is no event ${id}.`);
  return {
    ...eventOf(row),
    timesReopened: row.times_reopened,
    eventHash: row.event_hash,
    details: fromJson(row.details) as EventDetails,
    finding: await newestFinding(store, id),
  };
}

async function newestFinding(store: Store, eventId: number): Promise<EventWithDetails['finding']> {
  const [row] = await store.read<{
    title: string;
    rationale: string | null;
    remediation: string | null;
    reference_links: unknown;
  }>(
    // By the last scan that brought the event, not by its links, which a purge removes.
    'SELECT f.title, f.rationale, f.remediation, f.reference_links FROM scout_events e ' +
      'JOIN scout_findings f ON f.scan_id = e.last_scan_id AND f.service = e.service AND f.finding_id = e.check_id ' +
      'WHERE e.id = ?',
    [eventId],
  );
  if (row === undefined) return null;
  return {
    title: row.title,
    rationale: row.rationale,
    remediation: row.remediation,
    references: fromJson(row.reference_links) as string[],
  };
}

function eventRows(store: Store, filter: EventFilter, page: Page): Promise<EventRow[]> {
  const { sql, values } = eventConditions(filter, page.cursor);
  return store.read<EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM scout_events e WHERE ${sql} ORDER BY e.id DESC LIMIT ?`,
    [...values, page.limit + 1],
  );
}

function eventConditions(filter: EventFilter, cursor: string | undefined): Statement {
  const { resource, since } = filter;
  return conditions([
    ['e.organization_id = ?', filter.organizationId],
    isOneOf('e.account_id', filter.accountIds),
    isOneOf('e.source', filter.sources),
    isOneOf('e.service', filter.services),
    isOneOf('e.check_id', filter.checkIds),
    isOneOf('e.level', filter.levels),
    isOneOf('e.region', filter.regions),
    statusCondition(filter.status),
    resource === undefined ? undefined : ['e.resource_id = ? OR e.resource_name = ?', resource, resource],
    since === undefined ? undefined : ['e.last_seen >= ?', sqlTime(since)],
    cursor === undefined ? undefined : ['e.id < ?', decodeCursor(cursor)],
  ]);
}

function statusCondition(status: EventStatus | undefined): Fragment | undefined {
  if (status === undefined) return undefined;
  return [status === EventStatus.Active ? 'e.resolved_at IS NULL' : 'e.resolved_at IS NOT NULL'];
}

function eventOf(row: EventRow): Event {
  return {
    id: row.id,
    organizationId: row.organization_id,
    accountId: row.account_id,
    source: row.source,
    service: row.service,
    checkId: row.check_id,
    level: row.level,
    status: row.resolved_at === null ? EventStatus.Active : EventStatus.Resolved,
    resourceId: row.resource_id,
    resourceName: row.resource_name,
    resourceType: row.resource_type,
    region: row.region,
    firstSeen: isoTime(row.first_seen),
    lastSeen: isoTime(row.last_seen),
    resolvedAt: isoTimeOrNull(row.resolved_at),
    reopenedAt: isoTimeOrNull(row.reopened_at),
    notified: row.notified === 1,
    itemPath: row.item_path,
  };
}
