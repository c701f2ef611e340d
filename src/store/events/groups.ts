import type { EventGroup, EventGrouping } from '../../model/event-overview.ts';
import type { EventFilter } from '../../model/filters.ts';
import type { Level } from '../../model/level.ts';
import type { PageRequest } from '../../model/page.ts';
import { decodeKey, encodeKey } from '../database/cursor.ts';
import { useIndex } from '../database/index-hints.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { checksMatching, titlesOf } from './checks.ts';
import { countByStatusAndLevel, kindsOf, matchingCounts } from './counts.ts';
import { eventConditions } from './event-conditions.ts';
import type { SoughtFilter } from './event-conditions.ts';
import { weightOf, WEIGHTS } from './event-order.ts';
import { narrowedSource } from './event-source.ts';
import type { EventSource } from './event-source.ts';

export interface EventGroupPage {
  groups: EventGroup[];
  nextCursor: string | null;
}

/**
 * The events that match, grouped: by check, those of the worst level and with most active events first; or by resource of an
 * account, those of the worst level and with most events of it first.
 *
 * A search finds the checks whose id or title has it. Checks know nothing of resources, runs and times: their groups count too
 * many then.
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

interface OfAccount {
  account_id: string;
}

type Grouped = GroupRow & Partial<OfAccount>;

/** There are a few hundred checks: all are counted, whichever page is asked for. */
async function groupByCheck(
  store: Store,
  filter: EventFilter,
  { limit, cursor }: PageRequest,
): Promise<EventGroupPage> {
  const after = cursor === undefined ? undefined : decodeKey('check', ['', ''] as const, cursor);
  const { search, organizationId } = filter;
  const sought = search === undefined ? undefined : await checksMatching(store, organizationId, search);
  const { sql, values } = matchingCounts(store.dialect, filter, 'check');
  const all = await store.read<Omit<GroupRow, 'title' | 'resource_type'>>(
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
  const rows = all.filter(
    ({ service, subject }) =>
      sought === undefined || sought.some((check) => check.service === service && check.checkId === subject),
  );
  const start = rows.findIndex(({ service, subject }) => service === after?.[0] && subject === after[1]) + 1;
  const page = rows.slice(start, start + limit);
  const titles = await titlesOf(
    store,
    organizationId,
    page.map(({ service, subject }) => ({ service, checkId: subject })),
  );
  const last = page.at(-1);
  return {
    groups: page.map((row, index) => groupOf({ ...row, title: titles[index] ?? null, resource_type: null })),
    nextCursor:
      start + limit < rows.length && last !== undefined
        ? encodeKey('check', [last.service, last.subject])
        : null,
  };
}

/** A resource of an account, as a page of them has it. */
interface ResourceRow {
  account_id: string;
  service: string;
  resource_start: string;
  resource_id: string;
  /** Of the worst level, how many events of it there are, and the first of those. */
  weight: unknown;
  events: unknown;
  first_id: number;
}

const RESOURCE_PLACE = [0, 0, 0] as const;

async function groupByResource(
  store: Store,
  asked: EventFilter,
  { limit, cursor }: PageRequest,
): Promise<EventGroupPage> {
  const after = cursor === undefined ? undefined : decodeKey('resource', RESOURCE_PLACE, cursor);
  const source = await narrowedSource(store, asked);
  const resources = await worstResources(store, source, after, limit + 1);
  const page = resources.slice(0, limit);
  const counted = new Map<string, GroupRow & OfAccount>();
  for (const service of new Set(page.map((row) => row.service))) {
    for (const row of await countResources(store, source.filter, service, page)) {
      counted.set(keyOfResource(row.account_id, service, row.subject), row);
    }
  }
  const groups = page.flatMap((row) => {
    const found = counted.get(keyOfResource(row.account_id, row.service, row.resource_id));
    return found === undefined ? [] : [groupOf({ ...found, weight: row.weight })];
  });
  const last = page.at(-1);
  const place = last && [Number(last.weight), Number(last.events), last.first_id];
  const nextCursor = resources.length > limit && place !== undefined ? encodeKey('resource', place) : null;
  return { groups, nextCursor };
}

/**
 * The next resources: those of the worst level first, and of these the ones with most events of it. Events of the worst
 * levels alone decide on the first pages; better ones are looked at when those are used up.
 */
async function worstResources(
  store: Store,
  source: EventSource,
  after: readonly [weight: number, events: number, id: number] | undefined,
  limit: number,
): Promise<ResourceRow[]> {
  const counts = await countByStatusAndLevel(store, source.filter);
  const isThere = (level: Level) => counts.some((count) => count.level === level && count.events > 0);
  const levels = WEIGHTS.filter(isThere).toReversed();
  for (let last = 1; last <= levels.length; last += 1) {
    const looked = levels.slice(0, last);
    const weight = WEIGHTS.indexOf(looked.at(-1) ?? 'info');
    if (after !== undefined && weight > after[0]) continue;
    const found = await resourcesOfLevels(store, source, looked, after, limit);
    if (found.length === limit || last === levels.length) return found;
  }
  return [];
}

async function resourcesOfLevels(
  store: Store,
  { from, filter }: EventSource,
  levels: readonly Level[],
  after: readonly [weight: number, events: number, id: number] | undefined,
  limit: number,
): Promise<ResourceRow[]> {
  const ofLevels = { ...filter, levels };
  const source = from ?? kindsOf(store.dialect, ofLevels);
  const [wanted, ...values] = eventConditions(ofLevels);
  const worst = (columns: string): string =>
    `CASE ${levels.map((level) => `WHEN n_${level} > 0 THEN ${columns}${level}`).join(' ')} END`;
  const { sql: beyond, values: beyondValues } = conditions([
    after && [
      'weight < ? OR weight = ? AND (events < ? OR events = ? AND first_id > ?)',
      after[0],
      after[0],
      after[1],
      after[1],
      after[2],
    ],
  ]);
  return store.read<ResourceRow>(
    `SELECT * FROM (
      SELECT
        r.account_id, r.service, r.resource_id, r.resource_start,
        CASE ${levels.map((level) => `WHEN n_${level} > 0 THEN ${WEIGHTS.indexOf(level)}`).join(' ')} END AS weight,
        ${worst('n_')} AS events,
        ${worst('id_')} AS first_id
      FROM (
        SELECT
          e.account_id, e.service, e.resource_id, MIN(e.resource_start) AS resource_start,
          ${levels
            .flatMap((level) => [
              `SUM(CASE e.level WHEN '${level}' THEN 1 ELSE 0 END) AS n_${level}`,
              `MIN(CASE e.level WHEN '${level}' THEN e.id END) AS id_${level}`,
            ])
            .join(', ')}
        FROM ${source.sql}
        WHERE ${wanted}
        GROUP BY e.account_id, e.service, e.resource_id
      ) r
    ) p
    ${beyond === '' ? '' : `WHERE ${beyond}`}
    ORDER BY weight DESC, events DESC, first_id
    LIMIT ?`,
    [...source.values, ...values, ...beyondValues, limit],
  );
}

/** All that matches of the resources of a page that are of one service. */
function countResources(
  store: Store,
  filter: SoughtFilter,
  service: string,
  page: readonly ResourceRow[],
): Promise<(GroupRow & OfAccount)[]> {
  const ofService = page.filter((row) => row.service === service);
  const { sql, values } = conditions([
    eventConditions({ ...filter, services: [service] }),
    isOneOf('e.resource_start', [...new Set(ofService.map((row) => row.resource_start))]),
    isOneOf('e.account_id', [...new Set(ofService.map((row) => row.account_id))]),
  ]);
  return store.read(
    `SELECT
        e.account_id,
        e.service,
        e.resource_id AS subject,
        MAX(e.resource_name) AS title,
        MAX(e.resource_type) AS resource_type,
        ${sums('e.status', '1')},
        1 AS accounts
      FROM ${byResource(store)}
      WHERE ${sql}
      GROUP BY e.account_id, e.service, e.resource_id`,
    values,
  );
}

function keyOfResource(accountId: string, service: string, resourceId: string): string {
  return JSON.stringify([accountId, service, resourceId]);
}

function byResource({ dialect }: Store): string {
  return `scout_events e ${useIndex(dialect, 'idx_events_resource')}`;
}

function sums(status: string, events: string): string {
  return ['active', 'suppressed', 'resolved']
    .map((name) => `SUM(CASE ${status} WHEN '${name}' THEN ${events} ELSE 0 END) AS ${name}`)
    .join(', ');
}

function groupOf({ service, subject, title, resource_type: resourceType, ...row }: Grouped): EventGroup {
  return {
    key: subject,
    accountId: row.account_id ?? null,
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
