import type { CoverageCorrection, CoverageScan } from '../../model/coverage.ts';
import { reportOf } from './accounts.ts';
import type { ScannedAccount } from './accounts.ts';
import { driftBetween } from './drift.ts';
import type { Drift } from './drift.ts';
import { corrected, correctionsBy, shownPercent } from './score.ts';

export interface CoverageHistory {
  scans: readonly Pick<CoverageScan, 'scanId' | 'accountId' | 'scanTime' | 'figures'>[];
  lost: readonly Drift[];
  won: readonly Drift[];
}

/** How coverage went on: the figures of each scan, and what is not as it was before. Accounts that are new are left out of that. */
export function historyOf({
  scans,
  before,
  now,
  corrections,
}: {
  scans: readonly CoverageScan[];
  before: readonly ScannedAccount[];
  now: readonly ScannedAccount[];
  corrections: readonly CoverageCorrection[];
}): CoverageHistory {
  const known = before.filter(({ accountId }) => now.some((one) => one.accountId === accountId));
  const same = now.filter(({ accountId }) => known.some((one) => one.accountId === accountId));
  const said = correctionsBy(corrections);
  const side = (accounts: readonly ScannedAccount[]) => ({
    report: reportOf(accounts, corrections),
    detections: accounts.flatMap(({ detections }) =>
      detections.map((detection) => ({
        ...detection,
        techniques: corrected(detection, said.get(detection.id) ?? []),
      })),
    ),
  });
  const drift = known.length === 0 ? { lost: [], won: [] } : driftBetween(side(known), side(same));
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
