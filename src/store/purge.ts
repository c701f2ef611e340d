import type { PurgedAccount, PurgedCounts, PurgeResult } from '../model/purge.ts';
import type { WorkContext } from '../work-context.ts';
import { recordChange } from './access/audit.ts';
import { withNamedLock } from './database/named-lock.ts';
import { isAmong } from './database/statements.ts';
import { inTransaction } from './database/store.ts';
import type { Session, Store } from './database/store.ts';
import { sqlTime } from './database/values.ts';
import { refreshEventCounts } from './events/refresh-counts.ts';
import { keyCondition, keyValues, writerLock } from './scans/scan-key.ts';
import type { ScanKey } from './scans/scan-key.ts';
import { IS_NEWEST } from './scans/scans.ts';
import { purgeAccountRows } from './view360/purge.ts';

export interface PurgeScope {
  organizationId: string;
  /** ISO 8601; what is older goes. */
  before: string;
  /** Only count. */
  dryRun: boolean;
}

/** How an attempt that is given up hands on to the next one what there was to remove when all began. */
export interface PurgeMemory {
  /** Undefined for the first attempt. */
  found: readonly PurgedAccount[] | undefined;
  /** Called before anything is removed. */
  keep(found: readonly PurgedAccount[]): void;
}

const BATCH_ROWS = 2000;

/** Rows of one table that are too old; the values follow those of the condition before it. */
interface Purgeable {
  table: string;
  /** Joined with an alias that carries organisation, account and source. */
  from: string;
  id: string;
  keyAlias: string;
  condition: string;
}

/** The newest scan of an account and source keeps its links, however old it is. */
const LINKS: Purgeable = {
  table: 'scout_event_findings',
  from: 'scout_scans s JOIN scout_event_findings l ON l.scan_id = s.id',
  id: 'l.id',
  keyAlias: 's',
  condition: `s.scan_time < ? AND NOT (${IS_NEWEST})`,
};

/** What was detected in older scans; how the account stood then stays known by its figures. */
const DETECTIONS: Purgeable = {
  table: 'coverage_detections',
  from: 'scout_scans s JOIN coverage_detections d ON d.scan_id = s.id',
  id: 'd.id',
  keyAlias: 's',
  condition: `s.scan_time < ? AND NOT (${IS_NEWEST})`,
};

/** What requirements were told in those scans; the scores stay. They are not counted: nobody thinks of them one by one. */
const REQUIREMENTS: Purgeable = {
  ...LINKS,
  table: 'compliance_requirements',
  from: 'scout_scans s JOIN compliance_requirements r ON r.scan_id = s.id',
  id: 'r.id',
};

/** Links that an event still has go with it. */
const EVENTS: Purgeable = {
  table: 'scout_events',
  from: 'scout_events e',
  id: 'e.id',
  keyAlias: 'e',
  condition: "e.status = 'resolved' AND e.resolved_at < ?",
};

/**
 * Removes events that were resolved, and links, detections and states of requirements of scans that are, older than
 * `before`, and what is over of the accounts themselves; scans, findings, scores and figures stay. Works in
 * batches that are each complete in themselves: interrupted, it goes on where it was when it is called again. The result
 * then counts what was left, and with a memory also what the attempts before have removed. Waits while an account is
 * being written.
 *
 * @throws VedetteError of the database; the signal's reason when aborted.
 */
export async function purgeStore(
  store: Store,
  scope: PurgeScope,
  context: WorkContext,
  memory: PurgeMemory = { found: undefined, keep: () => undefined },
): Promise<PurgeResult> {
  const left = (await purgeable(store, scope)).map(({ key, ...counts }) => ({ ...key, ...counts }));
  const found = memory.found ?? left.filter(({ events, links }) => events + links > 0).map(accountOf);
  memory.keep(found);
  const accounts = new Map(found.map((account) => [nameOf(account), account]));
  for (const { events, links, ...key } of left) {
    const removed = scope.dryRun ? { events, links } : await purgeKey(store, key, scope, context);
    const first = accounts.get(nameOf(key)) ?? { events, links };
    const total = {
      events: first.events - events + removed.events,
      links: first.links - links + removed.links,
    };
    if (total.events + total.links > 0) accounts.set(nameOf(key), accountOf({ ...key, ...total }));
  }
  if (!scope.dryRun) await purgeAccountRows(store, scope, context);
  const all = [...accounts.values()];
  return {
    before: scope.before,
    dryRun: scope.dryRun,
    events: all.reduce((sum, { events }) => sum + events, 0),
    links: all.reduce((sum, { links }) => sum + links, 0),
    accounts: all,
  };
}

function nameOf({ accountId, source }: Pick<PurgedAccount, 'accountId' | 'source'>): string {
  return `${accountId} ${source}`;
}

function accountOf({ accountId, source, events, links }: PurgedAccount): PurgedAccount {
  return { accountId, source, events, links };
}

/** What there is to remove, by account and source. */
async function purgeable(store: Store, scope: PurgeScope): Promise<({ key: ScanKey } & PurgedCounts)[]> {
  const found = new Map<string, { key: ScanKey } & PurgedCounts>();
  const add = async (rows: Purgeable, count: keyof PurgedCounts | null): Promise<void> => {
    for (const { key, total } of await countByKey(store, rows, scope)) {
      const name = writerLock(key);
      const counts = found.get(name) ?? { key, events: 0, links: 0 };
      found.set(name, count === null ? counts : { ...counts, [count]: total });
    }
  };
  await add(EVENTS, 'events');
  await add(LINKS, 'links');
  await add(REQUIREMENTS, null);
  await add(DETECTIONS, null);
  return [...found.values()];
}

async function countByKey(
  store: Store,
  { from, keyAlias, condition }: Purgeable,
  { organizationId, before }: PurgeScope,
): Promise<{ key: ScanKey; total: number }[]> {
  const columns = `${keyAlias}.account_id, ${keyAlias}.source`;
  const rows = await store.read<{ account_id: string; source: string; total: unknown }>(
    `SELECT ${columns}, COUNT(*) AS total
      FROM ${from}
      WHERE ${keyAlias}.organization_id = ? AND ${condition}
      GROUP BY ${columns}
      ORDER BY ${columns}`,
    [organizationId, sqlTime(before)],
  );
  return rows.map(({ account_id: accountId, source, total }) => ({
    key: { organizationId, accountId, source },
    total: Number(total),
  }));
}

/** Under the lock of the account's writers: a scan that is just being stored may bring back an event that is resolved. */
function purgeKey(
  store: Store,
  key: ScanKey,
  { before }: PurgeScope,
  context: WorkContext,
): Promise<PurgedCounts> {
  return store.session((session) =>
    withNamedLock(store, session, writerLock(key), context.signal, async () => {
      await remove(store, session, key, REQUIREMENTS, before, context);
      await remove(store, session, key, DETECTIONS, before, context);
      return {
        links: await remove(store, session, key, LINKS, before, context),
        events: await remove(store, session, key, EVENTS, before, context),
      };
    }),
  );
}

async function remove(
  store: Store,
  session: Session,
  key: ScanKey,
  { table, from, id, keyAlias, condition }: Purgeable,
  before: string,
  { signal, onProgress }: WorkContext,
): Promise<number> {
  let removed = 0;
  for (;;) {
    const batch = await inTransaction(store, session, signal, async () => {
      const rows = await session.query<{ id: number }>(
        `SELECT ${id} AS id FROM ${from} WHERE ${keyCondition(keyAlias)} AND ${condition} LIMIT ${BATCH_ROWS}`,
        [...keyValues(key), sqlTime(before)],
      );
      const ids = rows.map((row) => row.id);
      const [wanted, ...idValues] = isAmong('id', ids);
      await session.execute(`DELETE FROM ${table} WHERE ${wanted}`, idValues);
      if (ids.length === 0) return 0;
      if (table === EVENTS.table) await refreshEventCounts(store, session, key);
      const { organizationId, accountId, source } = key;
      await recordChange(session, {
        organizationId,
        action: 'events.purge',
        target: `accounts/${accountId}`,
        before: { table, rows: ids.length, source, olderThan: before },
        after: null,
      });
      return ids.length;
    });
    removed += batch;
    onProgress(`${removed} rows of ${table} removed`);
    if (batch < BATCH_ROWS) return removed;
  }
}
