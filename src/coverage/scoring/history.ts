import type { CoverageCorrection, CoverageScan, Detection } from '../../model/coverage.ts';
import { reportOf } from './accounts.ts';
import type { ScannedAccount } from './accounts.ts';
import { driftBetween } from './drift.ts';
import type { Drift, SinceWhen } from './drift.ts';
import { corrected, correctionsBy, shownPercent } from './score.ts';

export interface CoverageHistory {
  scans: readonly Pick<CoverageScan, 'scanId' | 'accountId' | 'scanTime' | 'figures'>[];
  lost: readonly Drift[];
  won: readonly Drift[];
}

/** How a detection was when a scan looked. */
export interface DetectionState extends Pick<Detection, 'health'> {
  scanId: number;
  detectionId: string;
}

/** What is known of a time. */
export interface KnownHistory {
  /** The scans of the time, oldest first. */
  scans: readonly CoverageScan[];
  /** Each account as it was at the beginning. */
  before: readonly ScannedAccount[];
  now: readonly ScannedAccount[];
  /** Of the detections that are not as they were, in each scan that has found them. */
  states: readonly DetectionState[];
}

/** How coverage went on: the figures of each scan, and what is not as it was before. Accounts that are new are left out of that. */
export function historyOf(
  { scans, before, now, states }: KnownHistory,
  corrections: readonly CoverageCorrection[],
): CoverageHistory {
  const known = before.filter(({ accountId }) => now.some((one) => one.accountId === accountId));
  const same = now.filter(({ accountId }) => known.some((one) => one.accountId === accountId));
  const said = correctionsBy(corrections);
  const side = (accounts: readonly ScannedAccount[]) => ({
    report: reportOf(accounts, corrections),
    detections: accounts.flatMap(({ accountId, detections }) =>
      detections.map((detection) => ({
        ...detection,
        accountId,
        techniques: corrected(detection, said.get(detection.id) ?? []),
      })),
    ),
  });
  const drift =
    known.length === 0
      ? { lost: [], won: [] }
      : driftBetween(side(known), side(same), sinceWhenBy(scans, states));
  return {
    scans: scans.map(({ scanId, accountId, scanTime, figures }) => ({
      scanId,
      accountId,
      scanTime,
      figures: { ...figures, effective: shownPercent(figures.effective) },
    })),
    ...drift,
  };
}

/** The first of the last scans of an account that have all found a detection as it is now, or not at all. */
function sinceWhenBy(scans: readonly CoverageScan[], states: readonly DetectionState[]): SinceWhen {
  const healthIn = new Map(states.map((state) => [`${state.scanId} ${state.detectionId}`, state.health]));
  return (accountId, detectionId) => {
    const own = scans.filter((scan) => scan.accountId === accountId);
    const healths = own.map(({ scanId }) => healthIn.get(`${scanId} ${detectionId}`));
    const last = healths.findLastIndex((health) => health !== healths.at(-1));
    return own[last + 1]?.scanTime ?? null;
  };
}
