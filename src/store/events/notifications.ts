import type { ChannelName } from '../../model/channel.ts';
import { LEVELS } from '../../model/level.ts';
import type { Level } from '../../model/level.ts';
import type { PendingEvent, PendingLevel, PendingNotifications } from '../../model/notification.ts';
import type { EventDetails } from '../../model/observation.ts';
import { useIndex } from '../database/index-hints.ts';
import { isAmong, sameText } from '../database/statements.ts';
import type { Session, Store } from '../database/store.ts';
import { inTransaction } from '../database/store.ts';
import { fromJson, isoTime, isoTimeOrNull, sqlTime } from '../database/values.ts';
import { keyCondition, keyValues } from '../scans/scan-key.ts';
import type { ScanKey } from '../scans/scan-key.ts';

export interface PendingFilter extends ScanKey {
  levels: readonly Level[];
  /** How many events of each level are wanted in full. */
  perLevel: number;
  /** Those that are there since then, ISO 8601, come first. */
  since?: string;
  /** Only those that were pending already after a scan of this time. */
  until?: string;
  /** Only those that this channel has not told of. */
  channel?: ChannelName;
}

const BATCH_IDS = 500;
/** Told of by a channel, and not come back since. */
const TOLD = 't.event_id = e.id AND t.times_reopened = e.times_reopened AND t.channel = ?';

/** The active events of an account that have not been notified; suppressed ones are not active. */
export async function pendingNotifications(
  store: Store,
  filter: PendingFilter,
): Promise<PendingNotifications> {
  const levels: PendingLevel[] = [];
  const ids: number[] = [];
  for (const level of LEVELS.filter((candidate) => filter.levels.includes(candidate))) {
    const ofLevel = await pendingIds(store, filter, level);
    if (ofLevel.length === 0) continue;
    ids.push(...ofLevel);
    const events = await pendingEvents(store, filter, ofLevel.slice(0, filter.perLevel));
    levels.push({ level, total: ofLevel.length, events });
  }
  return { levels, ids };
}

/** Notes that a channel has told of these events, while others still have to; in batches. */
export async function markTold(
  store: Store,
  organizationId: string,
  ids: readonly number[],
  channel: ChannelName,
): Promise<void> {
  const { signal } = new AbortController();
  await store.session(async (session) => {
    for (let start = 0; start < ids.length; start += BATCH_IDS) {
      const batch = ids.slice(start, start + BATCH_IDS);
      await inTransaction(store, session, signal, async () => {
        const [among, ...values] = isAmong('event_id', batch);
        await session.execute(`DELETE FROM vedette_told_events WHERE ${among} AND channel = ?`, [
          ...values,
          channel,
        ]);
        const [wanted, ...wantedValues] = isAmong('e.id', batch);
        await session.execute(
          `INSERT INTO vedette_told_events (organization_id, event_id, channel, times_reopened)
            SELECT e.organization_id, e.id, ?, e.times_reopened
            FROM scout_events e
            WHERE e.organization_id = ? AND ${wanted}`,
          [channel, organizationId, ...wantedValues],
        );
      });
    }
  });
}

/**
 * Marks exactly these events as notified, in batches; gives how many were not yet. They are counted as notified by the scan
 * `scanId`, unless it is null.
 */
export async function markNotified(
  store: Store,
  organizationId: string,
  ids: readonly number[],
  scanId: number | null,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  return store.session(async (session) => {
    let marked = 0;
    for (let start = 0; start < ids.length; start += BATCH_IDS) {
      const batch = ids.slice(start, start + BATCH_IDS);
      marked += await inTransaction(store, session, signal, () =>
        markBatch(session, organizationId, batch, scanId),
      );
    }
    return marked;
  });
}

async function markBatch(
  session: Session,
  organizationId: string,
  ids: readonly number[],
  scanId: number | null,
): Promise<number> {
  const [condition, ...values] = isAmong('id', ids);
  const marked = await session.execute(
    `UPDATE scout_events SET notified = 1 WHERE organization_id = ? AND notified = 0 AND ${condition}`,
    [organizationId, ...values],
  );
  const [told, ...toldValues] = isAmong('event_id', ids);
  await session.execute(`DELETE FROM vedette_told_events WHERE organization_id = ? AND ${told}`, [
    organizationId,
    ...toldValues,
  ]);
  if (scanId !== null && marked > 0) {
    await session.execute(
      'UPDATE scout_scans SET events_notified = events_notified + ? WHERE organization_id = ? AND id = ?',
      [marked, organizationId, scanId],
    );
  }
  return marked;
}

async function pendingIds(
  store: Store,
  { until, since, channel, ...key }: PendingFilter,
  level: Level,
): Promise<number[]> {
  const [before, ...beforeValues] =
    until === undefined
      ? ([''] as const)
      : (['AND COALESCE(e.reopened_at, e.first_seen) <= ?', sqlTime(until)] as const);
  const [unheard, ...unheardValues] =
    channel === undefined
      ? ([''] as const)
      : ([`AND NOT EXISTS (SELECT 1 FROM vedette_told_events t WHERE ${TOLD})`, channel] as const);
  const [latestFirst, ...latestValues] =
    since === undefined
      ? ([''] as const)
      : (['CASE WHEN COALESCE(e.reopened_at, e.first_seen) < ? THEN 1 ELSE 0 END,', sqlTime(since)] as const);
  const rows = await store.read<{ id: number }>(
    `SELECT e.id
      FROM scout_events e ${useIndex(store.dialect, 'idx_events_kind')}
      WHERE ${keyCondition('e')} AND e.status = 'active' AND e.level = ? AND e.notified = 0 ${before} ${unheard}
      ORDER BY ${latestFirst} e.service, e.check_id, e.id`,
    [...keyValues(key), level, ...beforeValues, ...unheardValues, ...latestValues],
  );
  return rows.map(({ id }) => id);
}

interface PendingRow {
  id: number;
  level: Level;
  service: string;
  check_id: string;
  resource_id: string;
  resource_name: string | null;
  resource_type: string;
  region: string | null;
  first_seen: string;
  reopened_at: string | null;
  raised_from: Level | null;
  details: unknown;
  title: string | null;
  rationale: string | null;
  remediation: string | null;
}

async function pendingEvents(
  store: Store,
  { organizationId }: ScanKey,
  ids: readonly number[],
): Promise<PendingEvent[]> {
  const events: PendingEvent[] = [];
  for (let start = 0; start < ids.length; start += BATCH_IDS) {
    const [condition, ...values] = isAmong('e.id', ids.slice(start, start + BATCH_IDS));
    const rows = await store.read<PendingRow>(
      `SELECT
          e.id, e.level, e.service, e.check_id, e.resource_id, e.resource_name, e.resource_type, e.region,
          e.first_seen, e.reopened_at, e.raised_from, e.details, f.title, f.rationale, f.remediation
        FROM scout_events e
        LEFT JOIN scout_findings f
          ON f.scan_id = e.last_scan_id AND ${sameText(store.dialect, 'f.service', 'e.service')}
          AND ${sameText(store.dialect, 'f.finding_id', 'e.check_id')}
        WHERE e.organization_id = ? AND ${condition}
        ORDER BY e.service, e.check_id, e.id`,
      [organizationId, ...values],
    );
    events.push(...rows.map(pendingOf));
  }
  return events;
}

function pendingOf(row: PendingRow): PendingEvent {
  return {
    id: row.id,
    level: row.level,
    service: row.service,
    checkId: row.check_id,
    title: row.title,
    rationale: row.rationale,
    remediation: row.remediation,
    resourceId: row.resource_id,
    resourceName: row.resource_name,
    resourceType: row.resource_type,
    region: row.region,
    firstSeen: isoTime(row.first_seen),
    reopenedAt: isoTimeOrNull(row.reopened_at),
    raisedFrom: row.raised_from,
    unconfirmed: (fromJson(row.details) as EventDetails).unconfirmed ?? false,
  };
}
