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
  /** Only those that were pending already after a scan of this time. */
  until?: string;
}

const BATCH_IDS = 500;

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
  if (scanId !== null && marked > 0) {
    await session.execute(
      'UPDATE scout_scans SET events_notified = events_notified + ? WHERE organization_id = ? AND id = ?',
      [marked, organizationId, scanId],
    );
  }
  return marked;
}

async function pendingIds(store: Store, { until, ...key }: PendingFilter, level: Level): Promise<number[]> {
  const [before, ...beforeValues] =
    until === undefined
      ? ([''] as const)
      : (['AND COALESCE(e.reopened_at, e.first_seen) <= ?', sqlTime(until)] as const);
  const rows = await store.read<{ id: number }>(
    `SELECT e.id
      FROM scout_events e ${useIndex(store.dialect, 'idx_events_kind')}
      WHERE ${keyCondition('e')} AND e.status = 'active' AND e.level = ? AND e.notified = 0 ${before}
      ORDER BY e.service, e.check_id, e.id`,
    [...keyValues(key), level, ...beforeValues],
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
