import { LEVELS } from '../model/level.ts';
import type { Level } from '../model/level.ts';
import type { ScanDetails } from '../model/scan.ts';
import type { AccountOpenEvents } from '../model/summary.ts';
import type { Profile } from './profiles.ts';

/** `stale`: the last scan is older than it should be. */
export type AccountHealth = 'ok' | 'partial' | 'stale' | 'never';

/** When something is scanned by itself. */
export interface PlannedScan {
  /** Names of profiles or account ids; null for every profile. */
  accounts: readonly string[] | null;
  /** ISO 8601 in UTC, the next times in order. */
  nextAt: readonly string[];
}

export interface AccountOverview {
  /** Null for an account that the AWS configuration does not name. */
  profile: string | null;
  accountId: string | null;
  health: AccountHealth;
  open: Record<Level, number>;
  suppressed: number;
  lastScan: ScanDetails | null;
  unevaluatedChecks: ScanDetails['scope']['unevaluatedChecks'];
  servicesWithErrors: readonly string[];
  nextScanAt: string | null;
}

const WEEK_MS = 7 * 86_400_000;

/** Every profile, and every account that was scanned without one, by name; what it has open, and how its scans stand. */
export function accountOverviews(
  known: {
    profiles: readonly Profile[];
    scans: readonly ScanDetails[];
    open: readonly AccountOpenEvents[];
    planned: readonly PlannedScan[];
  },
  now: Date,
): AccountOverview[] {
  const { profiles, scans, open, planned } = known;
  const accounts = profiles.map(({ profile, accountId }) => {
    const scan = newest(
      scans.filter((one) => (accountId === null ? one.profile === profile : one.accountId === accountId)),
    );
    return { profile, accountId: accountId ?? scan?.accountId ?? null, scan };
  });
  const named = new Set(accounts.map(({ accountId }) => accountId));
  const others = [...new Set(scans.map(({ accountId }) => accountId))].filter((id) => !named.has(id));
  const unnamed = others.map((accountId) => ({
    profile: null,
    accountId,
    scan: newest(scans.filter((one) => one.accountId === accountId)),
  }));
  return [...accounts, ...unnamed].map(({ profile, accountId, scan }) => {
    const plans = planned.filter((plan) => covers(plan, profile, accountId));
    return {
      profile,
      accountId,
      health: healthOf(scan, plans, now),
      ...openIn(open, accountId),
      lastScan: scan ?? null,
      unevaluatedChecks: scan?.scope.unevaluatedChecks ?? [],
      servicesWithErrors: (scan?.scope.services ?? [])
        .filter(({ fetchErrors }) => fetchErrors > 0)
        .map(({ service }) => service),
      nextScanAt: plans.flatMap(({ nextAt }) => nextAt.slice(0, 1)).toSorted()[0] ?? null,
    };
  });
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
