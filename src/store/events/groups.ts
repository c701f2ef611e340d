import type { EventGroup, EventGrouping } from '../../model/event-overview.ts';
import type { EventFilter } from '../../model/filters.ts';
import type { PageRequest } from '../../model/page.ts';
import { decodeKey, encodeKey } from '../database/cursor.ts';
import { useIndex } from '../database/index-hints.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { countByService, kindsOf, matchingCounts } from './counts.ts';
import { eventConditions } from './event-conditions.ts';
import { weightOf, WEIGHTS } from './event-order.ts';
import { narrowedSource } from './event-source.ts';

/** Fewer events of a service than these are all read; more are looked for resource by resource. */
const GATHERED = 10_000;

export interface EventGroupPage {
  groups: EventGroup[];
  nextCursor: string | null;
}

/**
 * The events that match, grouped: by check, gravest first and those with most active events first; or by resource, in the
 * order of service and resource. A page of resources is a little longer than its limit where long ids begin alike.
 *
 * Checks know nothing of `resource`, `search`, `since` and `runId`: their groups count too many then.
 *
 * @throws VedetteError `usage` for a cursor that is none, or of other groups.
 */
export function groupEvents(
  store: Store,
  filter: EventFilter,
  by: EventGrouping,
  page: PageRequest,
): Promise<EventGroupPage> {
  return by === 'check' ? groupByCheck(store, filter, page) : groupByResource(store, filter, page);
}

interface GroupRow {
  service: string;
  subject: string;
  title: string | null;
  resource_type: string | null;
  weight: unknown;
  active: unknown;
  suppressed: unknown;
  resolved: unknown;
  accounts: unknown;
}

/** There are a few hundred checks: all are counted, whichever page is asked for. */
async function groupByCheck(
  store: Store,
  filter: EventFilter,
  { limit, cursor }: PageRequest,
): Promise<EventGroupPage> {
  const after = cursor === undefined ? undefined : decodeKey('check', ['', ''] as const, cursor);
  const { sql, values } = matchingCounts(store.dialect, filter, 'check');
  const rows = await store.read<Omit<GroupRow, 'title' | 'resource_type'>>(
    `SELECT
        c.service,
        c.check_id AS subject,
        MAX(${weightOf('c.level')}) AS weight,
        ${sums('c.status', 'c.events')},
        COUNT(DISTINCT c.account_id) AS accounts
      ${sql}
      GROUP BY c.service, c.check_id
      ORDER BY weight DESC, active DESC, c.service, c.check_id`,
    values,
  );
  const start = rows.findIndex(({ service, subject }) => service === after?.[0] && subject === after[1]) + 1;
  const page = rows.slice(start, start + limit);
  const titles = await titlesOf(store, filter.organizationId, page);
  return {
    groups: page.map((row, index) => groupOf({ ...row, title: titles[index] ?? null, resource_type: null })),
    nextCursor: start + limit < rows.length ? cursorAfter('check', page.at(-1)) : null,
  };
}

/** What the newest finding of each check says. */
function titlesOf(
  store: Store,
  organizationId: string,
  checks: readonly { service: string; subject: string }[],
): Promise<(string | undefined)[]> {
  return Promise.all(
    checks.map(async ({ service, subject }) => {
      const [row] = await store.read<{ title: string }>(
        `SELECT f.title
          FROM scout_findings f ${useIndex(store.dialect, 'ix_scout_findings_finding_id')}
          WHERE f.organization_id = ? AND f.finding_id = ? AND f.service = ?
          ORDER BY f.id DESC
          LIMIT 1`,
        [organizationId, subject, service],
      );
      return row?.title;
    }),
  );
}

/** A resource by the start of its id, which an index of MySQL can hold whole. */
interface Resource {
  service: string;
  subject: string;
}

async function groupByResource(
  store: Store,
  filter: EventFilter,
  { limit, cursor }: PageRequest,
): Promise<EventGroupPage> {
  const after = cursor === undefined ? undefined : decodeKey('resource', ['', ''] as const, cursor);
  const resources = await nextResources(store, filter, after, limit + 1);
  const page = resources.slice(0, limit);
  const services = [...new Set(page.map(({ service }) => service))];
  const groups: EventGroup[] = [];
  for (const service of services) {
    const starts = page.filter((resource) => resource.service === service).map(({ subject }) => subject);
    const { sql, values } = conditions([
      eventConditions({ ...filter, services: [service] }),
      isOneOf('e.resource_start', starts),
    ]);
    const rows = await store.read<GroupRow>(
      `SELECT
          e.service,
          e.resource_id AS subject,
          MAX(e.resource_name) AS title,
          MAX(e.resource_type) AS resource_type,
          MAX(${weightOf('e.level')}) AS weight,
          ${sums('e.status', '1')},
          COUNT(DISTINCT e.account_id) AS accounts
        FROM ${byResource(store)}
        WHERE ${sql}
        GROUP BY e.service, e.resource_id
        ORDER BY e.resource_id`,
      values,
    );
    groups.push(...rows.map(groupOf));
  }
  return { groups, nextCursor: resources.length > limit ? cursorAfter('resource', page.at(-1)) : null };
}

/** The next resources with events that match, service by service. */
async function nextResources(
  store: Store,
  asked: EventFilter,
  after: readonly [service: string, start: string] | undefined,
  limit: number,
): Promise<Resource[]> {
  const { from, filter } = await narrowedSource(store, asked);
  const found: Resource[] = [];
  for (const { service, events } of await countByService(store, filter)) {
    if (found.length === limit) break;
    if (after !== undefined && service < after[0]) continue;
    const ofService = { ...filter, services: [service] };
    const walked = { sql: byResource(store), values: [] };
    const source = from ?? (events > GATHERED ? walked : kindsOf(store.dialect, ofService));
    const { sql, values } = conditions([
      ['e.service = ?', service],
      eventConditions(ofService),
      after?.[0] === service ? ['e.resource_start > ?', after[1]] : undefined,
    ]);
    const rows = await store.read<{ resource_start: string }>(
      `SELECT DISTINCT e.resource_start FROM ${source.sql} WHERE ${sql} ORDER BY e.resource_start LIMIT ?`,
      [...source.values, ...values, limit - found.length],
    );
    found.push(...rows.map((row) => ({ service, subject: row.resource_start })));
  }
  return found;
}

function byResource({ dialect }: Store): string {
  return `scout_events e ${useIndex(dialect, 'idx_events_resource')}`;
}

function sums(status: string, events: string): string {
  return ['active', 'suppressed', 'resolved']
    .map((name) => `SUM(CASE ${status} WHEN '${name}' THEN ${events} ELSE 0 END) AS ${name}`)
    .join(', ');
}

function cursorAfter(by: EventGrouping, last: Resource | undefined): string | null {
  return last === undefined ? null : encodeKey(by, [last.service, last.subject]);
}

function groupOf({ service, subject, title, resource_type: resourceType, ...row }: GroupRow): EventGroup {
  return {
    key: subject,
    title,
    service,
    resourceType,
    level: WEIGHTS[Number(row.weight)] ?? 'info',
    accounts: Number(row.accounts),
    active: Number(row.active),
    suppressed: Number(row.suppressed),
    resolved: Number(row.resolved),
  };
}
