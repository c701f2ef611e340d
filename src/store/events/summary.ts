import { EventStatus } from '../../model/event.ts';
import type { Event } from '../../model/event.ts';
import { LEVELS } from '../../model/level.ts';
import type { Level } from '../../model/level.ts';
import { ScanStatus } from '../../model/scan.ts';
import type { ScanRecord } from '../../model/scan.ts';
import type { AccountOpenEvents, DailyEvents, Summary } from '../../model/summary.ts';
import type { Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import { lastScanPerAccount } from '../scans/scans.ts';
import { listEvents } from './events.ts';

const DAY_MS = 86_400_000;
const WORST_ACCOUNTS = 10;
const OLDEST_EVENTS = 10;

/** How an organisation stands, with what happened in the last `days` days up to today, in UTC. */
export async function summarise(
  store: Store,
  organizationId: string,
  { days, now = new Date() }: { days: number; now?: Date },
): Promise<Summary> {
  const [counts, scans, daily] = await Promise.all([
    openCounts(store, organizationId),
    lastScanPerAccount(store, { organizationId }),
    dailyEvents(store, organizationId, days, now),
  ]);
  const byLevel = levelCounts(counts);
  const suppressed = suppressedOf(counts);
  return {
    open: { byLevel, total: sum(counts), suppressed },
    accounts: scannedAccounts(scans),
    daily,
    worstAccounts: byAccount(counts, scans)
      .filter(({ open }) => LEVELS.some((level) => open[level] > 0))
      .slice(0, WORST_ACCOUNTS)
      .map(({ accountId, profile, open }) => ({ accountId, profile, open })),
    oldest: await oldestEvents(
      store,
      organizationId,
      LEVELS.find((level) => byLevel[level] > 0),
    ),
  };
}

/** Each account with active or suppressed events; first the one with most of the gravest level that tells two apart. */
export async function openEventsByAccount(
  store: Store,
  organizationId: string,
): Promise<AccountOpenEvents[]> {
  const [counts, scans] = await Promise.all([
    openCounts(store, organizationId),
    lastScanPerAccount(store, { organizationId }),
  ]);
  return byAccount(counts, scans);
}

interface OpenCount {
  accountId: string;
  level: Level;
  status: EventStatus;
  events: number;
}

async function openCounts(store: Store, organizationId: string): Promise<OpenCount[]> {
  const rows = await store.read<{ account_id: string; level: Level; status: EventStatus; events: unknown }>(
    `SELECT c.account_id, c.level, c.status, SUM(c.events) AS events
      FROM vedette_event_counts c
      WHERE c.organization_id = ? AND c.grain = 'all' AND c.status <> 'resolved'
      GROUP BY c.account_id, c.level, c.status`,
    [organizationId],
  );
  return rows.map(({ account_id: accountId, level, status, events }) => ({
    accountId,
    level,
    status,
    events: Number(events),
  }));
}

function byAccount(counts: readonly OpenCount[], scans: readonly ScanRecord[]): AccountOpenEvents[] {
  const ids = [...new Set(counts.map(({ accountId }) => accountId))];
  const accounts = ids.map((accountId) => {
    const ofAccount = counts.filter((count) => count.accountId === accountId);
    return {
      accountId,
      profile: newestOf(scans.filter((scan) => scan.accountId === accountId))?.profile ?? null,
      open: levelCounts(ofAccount),
      suppressed: suppressedOf(ofAccount),
    };
  });
  return accounts.toSorted((a, b) => {
    const level = LEVELS.find((candidate) => a.open[candidate] !== b.open[candidate]);
    return level === undefined ? 0 : b.open[level] - a.open[level];
  });
}

function newestOf(scans: readonly ScanRecord[]): ScanRecord | undefined {
  return scans.toSorted((one, other) => (one.scanTime < other.scanTime ? 1 : -1))[0];
}

/** Of active events. */
function levelCounts(counts: readonly OpenCount[]): Record<Level, number> {
  const active = counts.filter(({ status }) => status === EventStatus.Active);
  const entries = LEVELS.map(
    (level) => [level, sum(active.filter((count) => count.level === level))] as const,
  );
  return Object.fromEntries(entries) as Record<Level, number>;
}

function suppressedOf(counts: readonly OpenCount[]): number {
  return sum(counts.filter(({ status }) => status === EventStatus.Suppressed));
}

function sum(counts: readonly OpenCount[]): number {
  return counts.reduce((total, { events }) => total + events, 0);
}

async function oldestEvents(
  store: Store,
  organizationId: string,
  gravest: Level | undefined,
): Promise<readonly Event[]> {
  if (gravest === undefined) return [];
  const filter = { organizationId, statuses: [EventStatus.Active], levels: [gravest] };
  const { events } = await listEvents(store, filter, { limit: OLDEST_EVENTS, sort: 'firstSeen' });
  return events;
}

async function dailyEvents(
  store: Store,
  organizationId: string,
  days: number,
  now: Date,
): Promise<DailyEvents[]> {
  const names = Array.from({ length: days }, (_, index) =>
    new Date(now.getTime() - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
  const rows = await store.read<Record<'day' | 'fresh' | 'resolved' | 'reopened', unknown>>(
    `SELECT
        SUBSTR(s.scan_time, 1, 10) AS day,
        SUM(s.events_new) AS fresh,
        SUM(s.events_resolved) AS resolved,
        SUM(s.events_reopened) AS reopened
      FROM scout_scans s
      WHERE s.organization_id = ? AND s.scan_time >= ?
      GROUP BY day`,
    [organizationId, sqlTime(names[0] ?? now)],
  );
  return names.map((day) => {
    const row = rows.find((candidate) => candidate.day === day);
    return {
      day,
      new: Number(row?.fresh ?? 0),
      resolved: Number(row?.resolved ?? 0),
      reopened: Number(row?.reopened ?? 0),
    };
  });
}

function scannedAccounts(scans: readonly ScanRecord[]): Summary['accounts'] {
  const partial = scans.filter(
    ({ status, completedAt }) => status === ScanStatus.Partial || completedAt === null,
  );
  const accounts = (of: readonly ScanRecord[]) => new Set(of.map(({ accountId }) => accountId)).size;
  return { total: accounts(scans), partial: accounts(partial) };
}
