import { VedetteError } from '../../errors.ts';
import type { Event, EventSort, EventStatus, EventWithFinding } from '../../model/event.ts';
import type { EventFilter } from '../../model/filters.ts';
import type { Level } from '../../model/level.ts';
import type { EventDetails } from '../../model/observation.ts';
import type { Suppression } from '../../model/suppression.ts';
import { encodeKey } from '../database/cursor.ts';
import { sameText } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { fromJson, isoTime, isoTimeOrNull } from '../database/values.ts';
import { orderOf } from './event-order.ts';
import type { Place } from './event-order.ts';
import { pageQuery } from './page-query.ts';
import type { EventPageRequest } from './page-query.ts';
import { SUPPRESSION_COLUMNS, suppressionOfRow } from './suppression-rows.ts';
import type { SuppressionRow } from './suppression-rows.ts';

const STREAM_PAGE = 1000;

const EVENT_COLUMNS = `
  e.id, e.organization_id, e.account_id, e.source, e.service, e.check_id, e.level,
  e.resource_id, e.resource_name, e.resource_type, e.region,
  e.first_seen, e.last_seen, e.resolved_at, e.reopened_at, e.notified, e.item_path, e.status`;

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
  status: EventStatus;
}

/**
 * The events that match; `nextCursor` leads to the next page, null on the last.
 *
 * @throws VedetteError `usage` for a cursor that is none, or of a list in another order.
 */
export async function listEvents(
  store: Store,
  filter: EventFilter,
  page: EventPageRequest,
): Promise<{ events: Event[]; nextCursor: string | null }> {
  const rows = await eventRows(store, filter, page);
  const events = rows.slice(0, page.limit).map(eventOf);
  const last = rows[page.limit - 1];
  const sort = page.sort ?? 'newest';
  const nextCursor = rows.length > page.limit && last !== undefined ? encodeKey(sort, placeOf(last)) : null;
  return { events, nextCursor };
}

/** All events that match, in bounded memory. */
export async function* streamEvents(
  store: Store,
  filter: EventFilter,
  sort: EventSort = 'newest',
): AsyncGenerator<Event> {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: EventPageRequest = { limit: STREAM_PAGE, sort, ...(cursor === undefined ? {} : { cursor }) };
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
export async function getEvent(store: Store, organizationId: string, id: number): Promise<EventWithFinding> {
  const [row] = await store.read<EventRow & DetailColumns>(
    `SELECT ${EVENT_COLUMNS}, e.times_reopened, e.event_hash, e.details, e.suppression_id
      FROM scout_events e
      WHERE e.organization_id = ? AND e.id = ?`,
    [organizationId, id],
  );
  if (row === undefined) throw new VedetteError('not-found', `There is no event ${id}.`);
  return {
    ...eventOf(row),
    timesReopened: row.times_reopened,
    eventHash: row.event_hash,
    details: fromJson(row.details) as EventDetails,
    finding: await newestFinding(store, organizationId, id),
    suppression:
      row.suppression_id === null ? null : await suppressionOf(store, organizationId, row.suppression_id),
  };
}

interface DetailColumns {
  times_reopened: number;
  event_hash: string;
  details: unknown;
  suppression_id: number | null;
}

async function suppressionOf(store: Store, organizationId: string, id: number): Promise<Suppression | null> {
  const [row] = await store.read<SuppressionRow>(
    `SELECT ${SUPPRESSION_COLUMNS} FROM vedette_suppressions p WHERE p.organization_id = ? AND p.id = ?`,
    [organizationId, id],
  );
  return row === undefined ? null : suppressionOfRow(row);
}

async function newestFinding(
  store: Store,
  organizationId: string,
  eventId: number,
): Promise<EventWithFinding['finding']> {
  const [row] = await store.read<{
    title: string;
    rationale: string | null;
    remediation: string | null;
    reference_links: unknown;
  }>(
    // By the last scan that brought the event, not by its links, which a purge removes.
    `SELECT f.title, f.rationale, f.remediation, f.reference_links
      FROM scout_events e
      JOIN scout_findings f
        ON f.scan_id = e.last_scan_id AND ${sameText(store.dialect, 'f.service', 'e.service')}
          AND ${sameText(store.dialect, 'f.finding_id', 'e.check_id')}
      WHERE e.organization_id = ? AND e.id = ?`,
    [organizationId, eventId],
  );
  if (row === undefined) return null;
  return {
    title: row.title,
    rationale: row.rationale,
    remediation: row.remediation,
    references: fromJson(row.reference_links) as string[],
  };
}

interface PlacedRow extends EventRow {
  weight: number;
  moment: string | number;
}

function placeOf({ weight, moment, id }: PlacedRow): Place {
  return [weight, String(moment), id];
}

async function eventRows(store: Store, filter: EventFilter, page: EventPageRequest): Promise<PlacedRow[]> {
  const query = await pageQuery(store, filter, page);
  if (query === undefined) return [];
  return store.read<PlacedRow>(
    `SELECT ${EVENT_COLUMNS}, p.weight, p.moment
      FROM (${query.sql}) p
      JOIN scout_events e ON e.id = p.id
      ORDER BY ${orderOf(page.sort ?? 'newest')}`,
    query.values,
  );
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
    status: row.status,
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
