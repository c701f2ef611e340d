import { ACCOUNT_HEALTHS } from '../model/account-health.ts';
import type { AccountHealth, Coverage, UnconfirmedEvents } from '../model/account-health.ts';
import { LEVELS } from '../model/level.ts';
import type { Level } from '../model/level.ts';
import type { ScanFailure } from '../model/scan-failure.ts';
import type { ScanDetails } from '../model/scan.ts';
import type { AccountOpenEvents } from '../model/summary.ts';
import type { Target } from '../model/target.ts';
import type { Store } from '../store/database/store.ts';
import { openEventsByAccount } from '../store/events/summary.ts';
import { unconfirmedEvents } from '../store/events/unconfirmed.ts';
import { newestScans } from '../store/scans/scan-details.ts';
import { listScanFailures } from '../store/scans/scan-failures.ts';

/** When something is scanned by itself. */
export interface PlannedScan {
  source: string;
  /** Names of profiles or account ids; null for every profile. */
  accounts: readonly string[] | null;
  /** ISO 8601 in UTC, the next times in order. */
  nextAt: readonly string[];
}

/** How an account stands with one source. */
export interface SourceOverview extends Coverage {
  source: string;
  failure: ScanFailure | null;
  lastScan: ScanDetails | null;
  /** What the last scan did not evaluate. */
  unevaluatedChecks: ScanDetails['scope']['unevaluatedChecks'];
  nextScanAt: string | null;
}

export interface AccountOverview {
  /** Name of the profile, or of the account in the database; null where neither leads there. */
  profile: string | null;
  accountId: string | null;
  /** That of the least healthy source. */
  health: AccountHealth;
  open: Record<Level, number>;
  suppressed: number;
  /** The newest of any source; what it left out is what those of all sources did. */
  lastScan: ScanDetails | null;
  unevaluatedChecks: ScanDetails['scope']['unevaluatedChecks'];
  servicesWithErrors: readonly string[];
  nextScanAt: string | null;
  /** Each source that has scanned the account or is planned to, by its id. */
  sources: readonly SourceOverview[];
}

const WEEK_MS = 7 * 86_400_000;

/** A scan with the open events that it could not confirm. */
export type CoveringScan = ScanDetails & { unconfirmed: readonly UnconfirmedEvents[] };

/** Every target, and every account that was scanned without one, by name; what it has open, and how its scans stand. */
export function accountOverviews(
  known: {
    targets: readonly Target[];
    /** The newest of each account and source. */
    scans: readonly CoveringScan[];
    failures: readonly ScanFailure[];
    open: readonly AccountOpenEvents[];
    planned: readonly PlannedScan[];
  },
  now: Date,
): AccountOverview[] {
  const { targets, scans, failures, open, planned } = known;
  const accounts = targets.map(({ kind, name: profile, accountId }) => {
    const own = scans.filter((one) =>
      accountId === null ? one.profile === profile : one.accountId === accountId,
    );
    const failed = failures.filter((one) => one.targetKind === kind && one.targetName === profile);
    return { profile, accountId: accountId ?? newest(own)?.accountId ?? null, own, failed };
  });
  const named = new Set(accounts.map(({ accountId }) => accountId));
  const others = [...new Set(scans.map(({ accountId }) => accountId))].filter((id) => !named.has(id));
  const unnamed = others.map((accountId) => ({
    profile: null,
    accountId,
    own: scans.filter((one) => one.accountId === accountId),
    failed: [],
  }));
  return [...accounts, ...unnamed].map(({ profile, accountId, own, failed }) => {
    const plans = planned.filter((plan) => covers(plan, profile, accountId));
    const ids = new Set([...own, ...failed, ...plans].map(({ source }) => source));
    const sources = [...ids].toSorted().map((source) =>
      sourceOverview(
        source,
        own.filter((scan) => scan.source === source),
        plans.filter((plan) => plan.source === source),
        failed.find((one) => one.source === source),
        now,
      ),
    );
    return {
      profile,
      accountId,
      health: sources.length === 0 ? 'never' : worstHealth(sources),
      ...openIn(open, accountId),
      lastScan: newest(own) ?? null,
      unevaluatedChecks: sources.flatMap(({ unevaluatedChecks }) => unevaluatedChecks),
      servicesWithErrors: [...new Set(sources.flatMap(({ servicesWithErrors }) => servicesWithErrors))],
      nextScanAt: first(sources.flatMap(({ nextScanAt }) => nextScanAt ?? [])),
      sources,
    };
  });
}

function sourceOverview(
  source: string,
  scans: readonly CoveringScan[],
  plans: readonly PlannedScan[],
  failed: ScanFailure | undefined,
  now: Date,
): SourceOverview {
  const scan = newest(scans);
  // What was imported since tells more than what had failed before.
  const failure = failed !== undefined && (scan?.scanTime ?? '') < failed.lastFailedAt ? failed : null;
  return {
    source,
    health: failure === null ? healthOf(scan, plans, now) : 'failed',
    failure,
    requested: scan?.scope.requested ?? null,
    unconfirmed: scan?.unconfirmed ?? [],
    lastScan: scan ?? null,
    unevaluatedChecks: scan?.scope.unevaluatedChecks ?? [],
    servicesWithErrors: (scan?.scope.services ?? [])
      .filter(({ fetchErrors }) => fetchErrors > 0)
      .map(({ service }) => service),
    nextScanAt: first(plans.flatMap(({ nextAt }) => nextAt.slice(0, 1))),
  };
}

function worstHealth(sources: readonly SourceOverview[]): AccountHealth {
  const worst = Math.max(...sources.map(({ health }) => ACCOUNT_HEALTHS.indexOf(health)));
  return ACCOUNT_HEALTHS[worst] ?? 'never';
}

function first(times: readonly string[]): string | null {
  return times.toSorted()[0] ?? null;
}

function newest(scans: readonly CoveringScan[]): CoveringScan | undefined {
  return scans.toSorted((one, other) => (one.scanTime < other.scanTime ? 1 : -1))[0];
}

function covers({ accounts }: PlannedScan, profile: string | null, accountId: string | null): boolean {
  if (accounts === null) return profile !== null;
  return [profile, accountId].some((name) => name !== null && accounts.includes(name));
}

/** Stale is what two scans in a row have missed, or what nobody has scanned for a week. */
function healthOf(scan: CoveringScan | undefined, plans: readonly PlannedScan[], now: Date): AccountHealth {
  if (scan === undefined) return 'never';
  const intervals = plans.map(({ nextAt: [next, afterNext] }) =>
    next === undefined || afterNext === undefined ? WEEK_MS : Date.parse(afterNext) - Date.parse(next),
  );
  const mostMs = intervals.length === 0 ? WEEK_MS : 2 * Math.min(...intervals);
  if (now.getTime() - Date.parse(scan.scanTime) > mostMs) return 'stale';
  if (isNarrow(scan)) return 'narrow';
  const sawAll =
    scan.status !== 'partial' &&
    scan.unconfirmed.length === 0 &&
    scan.scope.services.every(({ fetchErrors }) => fetchErrors === 0);
  return sawAll ? 'ok' : 'partial';
}

function isNarrow({ scope: { requested, only } }: CoveringScan): boolean {
  return only !== undefined || Object.values(requested).some((list) => list.length > 0);
}

function openIn(
  open: readonly AccountOpenEvents[],
  accountId: string | null,
): Pick<AccountOverview, 'open' | 'suppressed'> {
  const found = open.find((account) => account.accountId === accountId);
  const none = Object.fromEntries(LEVELS.map((level) => [level, 0])) as Record<Level, number>;
  return { open: found?.open ?? none, suppressed: found?.suppressed ?? 0 };
}

/** What the database knows of an organisation's accounts, for `accountOverviews`. */
export async function knownOfAccounts(store: Store, organizationId: string) {
  const [scans, failures, open] = await Promise.all([
    newestScans(store, organizationId),
    listScanFailures(store, organizationId),
    openEventsByAccount(store, organizationId),
  ]);
  const covering = scans.map(async (scan) => ({
    ...scan,
    unconfirmed: await unconfirmedEvents(store, scan),
  }));
  return { scans: await Promise.all(covering), failures, open };
}
