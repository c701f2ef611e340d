import type { CoverageCorrection, CoverageScan, Detection } from '../../model/coverage.ts';
import type { AttackVersion } from '../attack.ts';
import { scoreCoverage } from './score.ts';
import type { CoverageReport } from './score.ts';

/** What the newest scan of an account has found. */
export interface ScannedAccount extends CoverageScan {
  detections: readonly Detection[];
}

/** The coverage of scanned accounts, by what people have corrected. */
export function reportOf(
  accounts: readonly ScannedAccount[],
  corrections: readonly CoverageCorrection[],
  version: AttackVersion = '18.1',
): CoverageReport {
  return scoreCoverage(
    accounts.map(({ accountId, provider, servicesInUse, detections }) => ({
      accountId,
      provider,
      servicesInUse,
      detections,
    })),
    corrections,
    version,
  );
}
