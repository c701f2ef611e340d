import { VedetteError } from '../../errors.ts';
import type { EventFilter, EventSelection } from '../../model/filters.ts';
import type { SuppressionKind, SuppressionRule } from '../../model/suppression.ts';
import { recordChange } from '../access/audit.ts';
import { actingAs, newAuthor } from '../access/author.ts';
import { useIndex } from '../database/index-hints.ts';
import { conditions, insertRows, isAmong } from '../database/statements.ts';
import type { Fragment } from '../database/statements.ts';
import { inTransaction, transaction } from '../database/store.ts';
import type { Session, Store } from '../database/store.ts';
import { isoTime, sqlTime } from '../database/values.ts';
import type { SqlValue } from '../database/values.ts';
import { keyCondition, keyValues } from '../scans/scan-key.ts';
import type { ScanKey } from '../scans/scan-key.ts';
import { matchingCounts } from './counts.ts';
import { eventConditions } from './event-conditions.ts';
import { withSoughtChecks } from './event-source.ts';
import { refreshEventCounts } from './refresh-counts.ts';

export interface SuppressionOrder {
  /** Default is an accepted risk. */
  kind?: SuppressionKind;
  /** Why, in words. */
  reason: string;
  /** Who answers for it. */
  owner: string | null;
  /** ISO 8601, in the future; null when it holds until it is taken back. */
  expiresAt: string | null;
  /** Who asks for it. */
  by: string;
}

/** Events of one transaction: long enough to be quick, short enough to let others through. */
const BATCH_EVENTS = 5000;
const BATCH_IDS = 500;
/** As many are named one by one in the audit log; of more, how many there were. */
const MOST_NAMED = 100;

/**
 * Suppresses the chosen events that are not resolved; a suppression that they have ends with it. Works in batches:
 * interrupted, what it had reached is suppressed. `suppressionId` is null when there was nothing to suppress.
 *
 * @throws VedetteError `usage` when it would end before it begins.
 */
export async function suppressEvents(
  store: Store,
  organizationId: string,
  selection: EventSelection,
  order: SuppressionOrder,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ suppressionId: number | null; events: number }> {
  const now = sqlTime(new Date());
  const expiresAt = checkedExpiry(order.expiresAt, now);
  let suppressionId: number | null = null;
  const suppress: Change = async (session, ids, isFirst) => {
    if (isFirst)
      suppressionId = await insertSuppression(store, session, organizationId, order, { now, expiresAt });
    await endFor(session, ids, { at: now, by: order.by });
    if (suppressionId === null) return;
    const { kind, reason, owner } = order;
    const why = { kind, reason, owner, expiresAt: order.expiresAt };
    await linkEvents(session, organizationId, ids, suppressionId, why);
  };
  const events = await inBatches(
    store,
    chosen(store, organizationId, selection, ['e.resolved_at IS NULL']),
    suppress,
    signal,
  );
  return { suppressionId: events === 0 ? null : suppressionId, events };
}

/** Suppresses events, within a transaction; no suppression of theirs is in force. */
export async function linkEvents(
  session: Session,
  organizationId: string,
  ids: readonly number[],
  suppressionId: number,
  why: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const before = await suppressionsOf(session, ids);
  const [wanted, ...values] = isAmong('id', ids);
  await session.execute(`UPDATE scout_events SET suppression_id = ? WHERE ${wanted}`, [
    suppressionId,
    ...values,
  ]);
  const [links, ...linkValues] = isAmong('e.id', ids);
  await session.execute(
    `INSERT INTO vedette_suppressed_events (organization_id, suppression_id, event_id)
      SELECT e.organization_id, e.suppression_id, e.id FROM scout_events e WHERE ${links}`,
    linkValues,
  );
  await recordChange(session, {
    organizationId,
    action: 'events.suppress',
    target: targetOf(ids),
    before,
    after: { suppressionId, ...why, events: ids.length },
  });
}

function targetOf(ids: readonly number[]): string {
  return ids.length > MOST_NAMED ? 'events' : `events/${ids.join(',')}`;
}

/** What suppresses events now. */
async function suppressionsOf(
  session: Session,
  ids: readonly number[],
): Promise<{ suppressionIds: number[] } | null> {
  const [wanted, ...values] = isAmong('id', ids);
  const rows = await session.query<{ suppression_id: number }>(
    `SELECT DISTINCT suppression_id FROM scout_events WHERE suppression_id IS NOT NULL AND ${wanted}
      ORDER BY suppression_id`,
    values,
  );
  return rows.length === 0 ? null : { suppressionIds: rows.map((row) => row.suppression_id) };
}

/**
 * When a suppression ends, as the database holds it.
 *
 * @throws VedetteError `usage` when that is over already.
 */
export function checkedExpiry(expiresAt: string | null, now: string): string | null {
  const end = expiresAt === null ? null : sqlTime(expiresAt);
  if (end === null || end > now) return end;
  throw new VedetteError('usage', `${String(expiresAt)} is not in the future.`, {
    remedy: 'Give a later end, or none.',
  });
}

/** Ends the suppression of the chosen events, in batches; gives how many were suppressed. */
export async function unsuppressEvents(
  store: Store,
  organizationId: string,
  selection: EventSelection,
  by: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ events: number }> {
  const at = sqlTime(new Date());
  const suppressed = chosen(store, organizationId, selection, ['e.suppression_id IS NOT NULL']);
  const events = await inBatches(
    store,
    suppressed,
    (session, ids) => unsuppress(session, organizationId, ids, { at, by }),
    signal,
  );
  return { events };
}

/**
 * Ends every suppression whose time is over, of all organisations; gives how many events it freed. Costs one look at an
 * index when none is due. Nobody has asked for it: whoever happens to look is not its author.
 */
export function endExpiredSuppressions(
  store: Store,
  now: Date,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  return actingAs(newAuthor('vedette'), () => endExpired(store, now, signal));
}

async function endExpired(store: Store, now: Date, signal: AbortSignal): Promise<number> {
  const due = await store.read<{ id: number; organization_id: string; expires_at: string }>(
    `SELECT id, organization_id, expires_at
      FROM vedette_suppressions
      WHERE ended_at IS NULL AND expires_at <= ?
      ORDER BY expires_at`,
    [sqlTime(now)],
  );
  let freed = 0;
  for (const { id, organization_id: organizationId, expires_at: at } of due) {
    freed += await inBatches(
      store,
      ofSuppression(store, organizationId, id),
      (session, ids) => unsuppress(session, organizationId, ids, { at, by: null }),
      signal,
    );
    await transaction(
      store,
      async (session) => {
        const ended = await session.execute(
          'UPDATE vedette_suppressions SET ended_at = expires_at WHERE id = ? AND ended_at IS NULL',
          [id],
        );
        // Another process may have been faster.
        if (ended === 0) return;
        await recordChange(session, {
          organizationId,
          action: 'suppressions.expire',
          target: `suppressions/${id}`,
          before: { expiresAt: isoTime(at) },
          after: null,
        });
      },
      signal,
    );
  }
  return freed;
}

/** Events of one account and source, and how to find the next of them. */
export interface Batchable {
  key: ScanKey;
  /** `FROM … WHERE …` with events as `e`. */
  from: string;
  values: readonly SqlValue[];
}

/** What a transaction does to its events; tried again, it is the first until one was. */
export type Change = (session: Session, ids: readonly number[], isFirst: boolean) => Promise<void>;

/** Applies `change` to the events, batch by batch, each with its counts in one transaction. */
export async function inBatches(
  store: Store,
  sets: AsyncIterable<Batchable> | Iterable<Batchable>,
  change: Change,
  signal: AbortSignal,
): Promise<number> {
  let changed = 0;
  for await (const { key, from, values } of sets) {
    let last = 0;
    let batch: number[];
    do {
      batch = await store.session((session) =>
        inTransaction(store, session, signal, async () => {
          const rows = await session.query<{ id: number }>(
            `SELECT e.id ${from} AND e.id > ? ORDER BY e.id LIMIT ?`,
            [...values, last, BATCH_EVENTS],
          );
          const ids = rows.map(({ id }) => id);
          if (ids.length === 0) return ids;
          await change(session, ids, changed === 0);
          await refreshEventCounts(store, session, key);
          return ids;
        }),
      );
      changed += batch.length;
      last = batch.at(-1) ?? last;
    } while (batch.length === BATCH_EVENTS);
  }
  return changed;
}

async function* chosen(
  store: Store,
  organizationId: string,
  selection: EventSelection,
  condition: Fragment,
): AsyncGenerator<Batchable> {
  if ('filter' in selection) {
    const filter: EventFilter = { ...selection.filter, organizationId };
    const sought = await withSoughtChecks(store, filter);
    const { sql, values } = conditions([eventConditions(sought), condition]);
    const byKind = useIndex(store.dialect, 'idx_events_kind');
    for (const key of await keysOfFilter(store, filter)) yield batchable(key, [sql, ...values], byKind);
    return;
  }
  const ids = [...new Set(selection.ids)];
  for (let start = 0; start < ids.length; start += BATCH_IDS) {
    const wanted = conditions([isAmong('e.id', ids.slice(start, start + BATCH_IDS)), condition]);
    for (const key of await keysOfEvents(store, organizationId, [wanted.sql, ...wanted.values]))
      yield batchable(key, [wanted.sql, ...wanted.values]);
  }
}

export function batchable(key: ScanKey, [condition, ...values]: Fragment, index = ''): Batchable {
  return {
    key,
    from: `FROM scout_events e ${index} WHERE ${keyCondition('e')} AND ${condition}`,
    values: [...keyValues(key), ...values],
  };
}

export async function* ofSuppression(
  store: Store,
  organizationId: string,
  id: number,
): AsyncGenerator<Batchable> {
  const from = 'FROM vedette_suppressed_events m JOIN scout_events e ON e.id = m.event_id';
  const keys = await store.read<KeyRow>(
    `SELECT DISTINCT e.account_id, e.source
      ${from}
      WHERE m.organization_id = ? AND m.suppression_id = ? AND m.ended_at IS NULL`,
    [organizationId, id],
  );
  for (const row of keys) {
    const key = keyOf(organizationId, row);
    yield {
      key,
      from: `${from} WHERE ${keyCondition('e')} AND m.suppression_id = ? AND m.ended_at IS NULL`,
      values: [...keyValues(key), id],
    };
  }
}

interface KeyRow {
  account_id: string;
  source: string;
}

function keyOf(organizationId: string, { account_id: accountId, source }: KeyRow): ScanKey {
  return { organizationId, accountId, source };
}

export async function keysOfFilter(store: Store, filter: EventFilter): Promise<ScanKey[]> {
  const { sql, values } = matchingCounts(store.dialect, filter);
  const rows = await store.read<KeyRow>(`SELECT DISTINCT c.account_id, c.source ${sql}`, values);
  return rows.map((row) => keyOf(filter.organizationId, row));
}

async function keysOfEvents(
  store: Store,
  organizationId: string,
  [condition, ...values]: Fragment,
): Promise<ScanKey[]> {
  const rows = await store.read<KeyRow>(
    `SELECT DISTINCT e.account_id, e.source FROM scout_events e WHERE e.organization_id = ? AND ${condition}`,
    [organizationId, ...values],
  );
  return rows.map((row) => keyOf(organizationId, row));
}

export async function insertSuppression(
  { dialect }: Store,
  session: Session,
  organizationId: string,
  { kind = 'accepted-risk', reason, owner, by }: SuppressionOrder,
  { now, expiresAt, rule }: { now: string; expiresAt: string | null; rule?: SuppressionRule },
): Promise<number> {
  const row = {
    organization_id: organizationId,
    kind,
    reason,
    owner,
    expires_at: expiresAt,
    created_at: now,
    created_by: by,
    rule_check_id: rule?.checkId ?? null,
    rule_account_id: rule?.accountId ?? null,
    rule_resource: rule?.resource ?? null,
    rule_tag: rule?.tag ?? null,
  };
  const { sql, values } = insertRows('vedette_suppressions', Object.keys(row), [Object.values(row)]);
  await session.execute(sql, values);
  const [inserted] = await session.query<{ id: number }>(
    dialect === 'sqlite' ? 'SELECT last_insert_rowid() AS id' : 'SELECT LAST_INSERT_ID() AS id',
  );
  if (inserted === undefined)
    throw new VedetteError('unexpected', 'The new suppression is not in its table.');
  return inserted.id;
}

export async function unsuppress(
  session: Session,
  organizationId: string,
  ids: readonly number[],
  end: { at: string; by: string | null },
): Promise<void> {
  const before = await suppressionsOf(session, ids);
  await endFor(session, ids, end);
  const [wanted, ...values] = isAmong('id', ids);
  await session.execute(`UPDATE scout_events SET suppression_id = NULL WHERE ${wanted}`, values);
  await recordChange(session, {
    organizationId,
    action: 'events.unsuppress',
    target: targetOf(ids),
    before: { ...before, events: ids.length },
    after: null,
  });
}

async function endFor(
  session: Session,
  ids: readonly number[],
  { at, by }: { at: string; by: string | null },
): Promise<void> {
  const [wanted, ...values] = isAmong('event_id', ids);
  await session.execute(
    `UPDATE vedette_suppressed_events SET ended_at = ?, ended_by = ? WHERE ended_at IS NULL AND ${wanted}`,
    [at, by, ...values],
  );
}
