import { EventStatus } from '../../model/event.ts';
import type { Event } from '../../model/event.ts';
import { LEVELS } from '../../model/level.ts';
import type { Level } from '../../model/level.ts';
import { ScanStatus } from '../../model/scan.ts';
import type { ScanDetails, ScanRecord } from '../../model/scan.ts';
import type { AccountOpenEvents, AccountsByService, DailyEvents, Summary } from '../../model/summary.ts';
import { conditions, isOneOf } from '../database/statements.ts';
import type { Fragment } from '../database/statements.ts';
import type { Store } from '../database/store.ts';
import { sqlTime } from '../database/values.ts';
import { newestScans } from '../scans/scan-details.ts';
import { lastScanPerAccount } from '../scans/scans.ts';
import { listEvents } from './events.ts';

const DAY_MS = 86_400_000;
const WORST_ACCOUNTS = 10;
const OLDEST_EVENTS = 10;
const MAPPED_ACCOUNTS = 12;
const MAPPED_SERVICES = 7;

/** Accounts of an organisation: all, or these. */
interface Accounts {
  organizationId: string;
  accountIds?: readonly string[];
}

/** How these accounts stand, with what happened in the last `days` days up to today, in UTC. */
export async function summarise(
  store: Store,
  accounts: Accounts,
  { days, now = new Date() }: { days: number; now?: Date },
): Promise<Summary> {
  const { organizationId } = accounts;
  const [counts, scans, changes] = await Promise.all([
    openCounts(store, accounts),
    lastScanPerAccount(store, accounts),
    dailyChanges(store, accounts, days, now),
  ]);
  const standings = byAccount(counts, scans);
  const mapped = standings.slice(0, MAPPED_ACCOUNTS);
  const byLevel = levelCounts(counts);
  const suppressed = suppressedOf(counts);
  return {
    asOf: newestOf(scans)?.scanTime ?? null,
    open: { byLevel, total: sum(counts), suppressed },
    accounts: scannedAccounts(scans),
    daily: withUnresolved(changes, sum(counts)),
    worstAccounts: standings
      .filter(({ open }) => LEVELS.some((level) => open[level] > 0))
      .slice(0, WORST_ACCOUNTS)
      .map(({ accountId, profile, open }) => ({ accountId, profile, open })),
    accountsByService: accountsByService(
      mapped,
      counts,
      await newestScans(
        store,
        organizationId,
        mapped.map(({ accountId }) => accountId),
      ),
    ),
    oldest: await oldestEvents(
      store,
      accounts,
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
    openCounts(store, { organizationId }),
    lastScanPerAccount(store, { organizationId }),
  ]);
  return byAccount(counts, scans);
}

interface OpenCount {
  accountId: string;
  service: string;
  level: Level;
  status: EventStatus;
  events: number;
}

/** Condition: rows of the table belong to these accounts. */
function ofAccounts(table: string, { organizationId, accountIds }: Accounts): Fragment {
  const { sql, values } = conditions([
    [`${table}.organization_id = ?`, organizationId],
    isOneOf(`${table}.account_id`, accountIds),
  ]);
  return [sql, ...values];
}

async function openCounts(store: Store, accounts: Accounts): Promise<OpenCount[]> {
  const [where, ...values] = ofAccounts('c', accounts);
  const rows = await store.read<{
    account_id: string;
    service: string;
    level: Level;
    status: EventStatus;
    events: unknown;
  }>(
    `SELECT c.account_id, c.service, c.level, c.status, SUM(c.events) AS events
      FROM vedette_event_counts c
      WHERE ${where} AND c.grain = 'all' AND c.status <> 'resolved'
      GROUP BY c.account_id, c.service, c.level, c.status`,
    values,
  );
  return rows.map(({ account_id: accountId, service, level, status, events }) => ({
    accountId,
    service,
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
  return accounts.toSorted((a, b) => worseFirst(a.open, b.open));
}

function newestOf(scans: readonly ScanRecord[]): ScanRecord | undefined {
  return scans.toSorted((one, other) => (one.scanTime < other.scanTime ? 1 : -1))[0];
}

/** Services by their worst active event, then by how many have it. */
function accountsByService(
  accounts: readonly AccountOpenEvents[],
  counts: readonly OpenCount[],
  scans: readonly ScanDetails[],
): AccountsByService {
  const ids = new Set(accounts.map(({ accountId }) => accountId));
  const active = counts.filter(
    ({ accountId, status }) => ids.has(accountId) && status === EventStatus.Active,
  );
  const services = [...new Set(active.map(({ service }) => service))]
    .map((service) => ({ service, open: levelCounts(active.filter((count) => count.service === service)) }))
    .toSorted((a, b) => worseFirst(a.open, b.open))
    .slice(0, MAPPED_SERVICES)
    .map(({ service }) => service);
  return {
    services,
    accounts: accounts.map(({ accountId, profile }) => {
      const ofAccount = active.filter((count) => count.accountId === accountId);
      const looks = scans
        .filter((scan) => scan.accountId === accountId)
        .flatMap(({ scope }) => scope.services);
      return {
        accountId,
        profile,
        services: services.map((service) => {
          const open = levelCounts(ofAccount.filter((count) => count.service === service));
          const ofService = looks.filter((look) => look.service === service);
          return {
            level: LEVELS.find((level) => open[level] > 0) ?? null,
            events: LEVELS.reduce((total, level) => total + open[level], 0),
            evaluated: ofService.length > 0 && ofService.every(({ fetchErrors }) => fetchErrors === 0),
          };
        }),
      };
    }),
  };
}

function worseFirst(a: Record<Level, number>, b: Record<Level, number>): number {
  const level = LEVELS.find((candidate) => a[candidate] !== b[candidate]);
  return level === undefined ? 0 : b[level] - a[level];
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
  accounts: Accounts,
  gravest: Level | undefined,
): Promise<readonly Event[]> {
  if (gravest === undefined) return [];
  const filter = { ...accounts, statuses: [EventStatus.Active], levels: [gravest] };
  const { events } = await listEvents(store, filter, { limit: OLDEST_EVENTS, sort: 'firstSeen' });
  return events;
}

type DailyChanges = Omit<DailyEvents, 'unresolved'>;

async function dailyChanges(
  store: Store,
  accounts: Accounts,
  days: number,
  now: Date,
): Promise<DailyChanges[]> {
  const [where, ...values] = ofAccounts('s', accounts);
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
      WHERE ${where} AND s.scan_time >= ?
      GROUP BY day`,
    [...values, sqlTime(names[0] ?? now)],
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

/** Counted back from `today`, the last day's number: only scans add and resolve events, and they keep how many. */
function withUnresolved(changes: readonly DailyChanges[], today: number): DailyEvents[] {
  const daily: DailyEvents[] = [];
  let unresolved = today;
  for (const day of changes.toReversed()) {
    daily.unshift({ ...day, unresolved: Math.max(0, unresolved) });
    unresolved -= day.new + day.reopened - day.resolved;
  }
  return daily;
}

function scannedAccounts(scans: readonly ScanRecord[]): Summary['accounts'] {
  const partial = scans.filter(
    ({ status, completedAt }) => status === ScanStatus.Partial || completedAt === null,
  );
  const accounts = (of: readonly ScanRecord[]) => new Set(of.map(({ accountId }) => accountId)).size;
  return { total: accounts(scans), partial: accounts(partial) };
}
