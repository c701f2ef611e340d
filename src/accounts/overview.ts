import { LEVELS } from '../model/level.ts';
import type { Level } from '../model/level.ts';
import type { ScanDetails } from '../model/scan.ts';
import type { AccountOpenEvents } from '../model/summary.ts';
import type { Profile } from './profiles.ts';

/** From best to worst. `stale`: the last scan is older than it should be. */
const HEALTHS = ['ok', 'partial', 'stale', 'never'] as const;
export type AccountHealth = (typeof HEALTHS)[number];

/** When something is scanned by itself. */
export interface PlannedScan {
  source: string;
  /** Names of profiles or account ids; null for every profile. */
  accounts: readonly string[] | null;
  /** ISO 8601 in UTC, the next times in order. */
  nextAt: readonly string[];
}

/** How an account stands with one source. */
export interface SourceOverview {
  source: string;
  health: AccountHealth;
  lastScan: ScanDetails | null;
  /** What the last scan did not evaluate. */
  unevaluatedChecks: ScanDetails['scope']['unevaluatedChecks'];
  servicesWithErrors: readonly string[];
  nextScanAt: string | null;
}

export interface AccountOverview extends Omit<SourceOverview, 'source'> {
  /** Null for an account that the AWS configuration does not name. */
  profile: string | null;
  accountId: string | null;
  /** That of the least healthy source. */
  health: AccountHealth;
  open: Record<Level, number>;
  suppressed: number;
  /** The newest of any source; what it left out is what those of all sources did. */
  lastScan: ScanDetails | null;
  /** Each source that has scanned the account or is planned to, by its id. */
  sources: readonly SourceOverview[];
}

const WEEK_MS = 7 * 86_400_000;

/** Every profile, and every account that was scanned without one, by name; what it has open, and how its scans stand. */
export function accountOverviews(
  known: {
    profiles: readonly Profile[];
    /** The newest of each account and source. */
    scans: readonly ScanDetails[];
    open: readonly AccountOpenEvents[];
    planned: readonly PlannedScan[];
  },
  now: Date,
): AccountOverview[] {
  const { profiles, scans, open, planned } = known;
  const accounts = profiles.map(({ profile, accountId }) => {
    const own = scans.filter((one) =>
      accountId === null ? one.profile === profile : one.accountId === accountId,
    );
    return { profile, accountId: accountId ?? newest(own)?.accountId ?? null, own };
  });
  const named = new Set(accounts.map(({ accountId }) => accountId));
  const others = [...new Set(scans.map(({ accountId }) => accountId))].filter((id) => !named.has(id));
  const unnamed = others.map((accountId) => ({
    profile: null,
    accountId,
    own: scans.filter((one) => one.accountId === accountId),
  }));
  return [...accounts, ...unnamed].map(({ profile, accountId, own }) => {
    const plans = planned.filter((plan) => covers(plan, profile, accountId));
    const ids = new Set([...own, ...plans].map(({ source }) => source));
    const sources = [...ids].toSorted().map((source) =>
      sourceOverview(
        source,
        own.filter((scan) => scan.source === source),
        plans.filter((plan) => plan.source === source),
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
  scans: readonly ScanDetails[],
  plans: readonly PlannedScan[],
  now: Date,
): SourceOverview {
  const scan = newest(scans);
  return {
    source,
    health: healthOf(scan, plans, now),
    lastScan: scan ?? null,
    unevaluatedChecks: scan?.scope.unevaluatedChecks ?? [],
    servicesWithErrors: (scan?.scope.services ?? [])
      .filter(({ fetchErrors }) => fetchErrors > 0)
      .map(({ service }) => service),
    nextScanAt: first(plans.flatMap(({ nextAt }) => nextAt.slice(0, 1))),
  };
}

function worstHealth(sources: readonly SourceOverview[]): AccountHealth {
  const worst = Math.max(...sources.map(({ health }) => HEALTHS.indexOf(health)));
  return HEALTHS[worst] ?? 'never';
}

function first(times: readonly string[]): string | null {
  return times.toSorted()[0] ?? null;
}

function newest(scans: readonly ScanDetails[]): ScanDetails | undefined {
  return scans.toSorted((one, other) => (one.scanTime < other.scanTime ? 1 : -1))[0];
}

function covers({ accounts }: PlannedScan, profile: string | null, accountId: string | null): boolean {
  if (accounts === null) return profile !== null;
  return [profile, accountId].some((name) => name !== null && accounts.includes(name));
}

/** Stale is what two scans in a row have missed, or what nobody has scanned for a week. */
function healthOf(scan: ScanDetails | undefined, plans: readonly PlannedScan[], now: Date): AccountHealth {
  if (scan === undefined) return 'never';
  const intervals = plans.map(({ nextAt: [next, afterNext] }) =>
    next === undefined || afterNext === undefined ? WEEK_MS : Date.parse(afterNext) - Date.parse(next),
  );
  const mostMs = intervals.length === 0 ? WEEK_MS : 2 * Math.min(...intervals);
  if (now.getTime() - Date.parse(scan.scanTime) > mostMs) return 'stale';
  return scan.status === 'partial' ? 'partial' : 'ok';
}

function openIn(
  open: readonly AccountOpenEvents[],
  accountId: string | null,
): Pick<AccountOverview, 'open' | 'suppressed'> {
  const found = open.find((account) => account.accountId === accountId);
  const none = Object.fromEntries(LEVELS.map((level) => [level, 0])) as Record<Level, number>;
  return { open: found?.open ?? none, suppressed: found?.suppressed ?? 0 };
}
