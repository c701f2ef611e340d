import { VedetteError } from '../../errors.ts';
import type { EventHistoryEntry } from '../../model/event.ts';
import type { Store } from '../database/store.ts';
import { isoTime } from '../database/values.ts';

const MAX_ENTRIES = 100;
const NOBODY = { by: null, reason: null };

interface Milestones {
  account_id: string;
  source: string;
  first_seen: string;
  resolved_at: string | null;
  reopened_at: string | null;
  ended_because: string | null;
}

/**
 * What happened to an event, newest first, the last hundred entries. What a purge has removed, and earlier times at which
 * it was resolved or reopened, is not known any more.
 *
 * @throws VedetteError `not-found`
 */
export async function eventHistory(
  store: Store,
  organizationId: string,
  id: number,
): Promise<EventHistoryEntry[]> {
  const [event] = await store.read<Milestones>(
    `SELECT account_id, source, first_seen, resolved_at, reopened_at, ended_because
      FROM scout_events
      WHERE organization_id = ? AND id = ?`,
    [organizationId, id],
  );
  if (event === undefined) throw new VedetteError('not-found', `There is no event ${id}.`);
  const entries = [
    ...(await byScans(store, organizationId, id, event)),
    ...(await byPeople(store, organizationId, id)),
  ];
  return entries.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, MAX_ENTRIES);
}

/** The scans that brought the event, and the one that resolved it. */
async function byScans(
  store: Store,
  organizationId: string,
  id: number,
  event: Milestones,
): Promise<EventHistoryEntry[]> {
  const scans = await store.read<{ id: number; scan_time: string }>(
    `SELECT DISTINCT s.id, s.scan_time
      FROM scout_event_findings l
      JOIN scout_scans s ON s.id = l.scan_id
      WHERE l.event_id = ? AND l.organization_id = ?
      ORDER BY s.scan_time DESC
      LIMIT ?`,
    [id, organizationId, MAX_ENTRIES],
  );
  const entries: EventHistoryEntry[] = scans.map((scan) => ({
    at: isoTime(scan.scan_time),
    kind: kindOf(scan.scan_time, event),
    scanId: scan.id,
    ...NOBODY,
  }));
  if (!scans.some(({ scan_time }) => scan_time === event.first_seen))
    entries.push({ at: isoTime(event.first_seen), kind: 'new', scanId: null, ...NOBODY });
  if (event.resolved_at !== null) {
    const [scan] = await store.read<{ id: number }>(
      `SELECT id
        FROM scout_scans
        WHERE organization_id = ? AND account_id = ? AND source = ? AND scan_time = ?`,
      [organizationId, event.account_id, event.source, event.resolved_at],
    );
    const at = isoTime(event.resolved_at);
    const reason = event.ended_because;
    entries.push({ at, kind: 'resolved', scanId: scan?.id ?? null, by: null, reason });
  }
  return entries;
}

function kindOf(scanTime: string, { first_seen, reopened_at }: Milestones): EventHistoryEntry['kind'] {
  if (scanTime === first_seen) return 'new';
  return scanTime === reopened_at ? 'reopened' : 'seen';
}

async function byPeople(store: Store, organizationId: string, id: number): Promise<EventHistoryEntry[]> {
  const suppressions = await store.read<{
    reason: string;
    created_at: string;
    created_by: string;
    ended_at: string | null;
    ended_by: string | null;
  }>(
    `SELECT p.reason, p.created_at, p.created_by, m.ended_at, m.ended_by
      FROM vedette_suppressed_events m
      JOIN vedette_suppressions p ON p.id = m.suppression_id
      WHERE m.event_id = ? AND m.organization_id = ?
      ORDER BY m.id DESC
      LIMIT ?`,
    [id, organizationId, MAX_ENTRIES],
  );
  return suppressions.flatMap(({ reason, created_at, created_by, ended_at, ended_by }) => {
    const began = {
      at: isoTime(created_at),
      kind: 'suppressed',
      scanId: null,
      by: created_by,
      reason,
    } as const;
    if (ended_at === null) return [began];
    return [{ at: isoTime(ended_at), kind: 'unsuppressed', scanId: null, by: ended_by, reason }, began];
  });
}
