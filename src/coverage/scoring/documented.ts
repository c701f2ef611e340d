import type { CoverageCorrection, CoverageScan, Detection } from '../../model/coverage.ts';
import { COVERS } from '../mapping/map-events.ts';
import type { ScannedAccount } from './accounts.ts';
import { corrected, correctionsBy, shownPercent } from './score.ts';
import type { ControlCoverage, Coverage, CoverageReport, TechniqueCoverage } from './score.ts';

/** Coverage as JSON gives it, percentages with one decimal. */
export function documentedReport(report: CoverageReport, scans: readonly CoverageScan[]) {
  const { attackVersion, accounts, techniques, tactics, controls, summary } = report;
  return {
    attackVersion,
    accounts,
    techniques: techniques.map(documentedTechnique),
    controls: controls.map(documentedControl),
    tactics: tactics.map((tactic) => ({ ...tactic, effective: shownPercent(tactic.effective) })),
    summary: {
      ...summary,
      effective: shownPercent(summary.effective),
      /** What could not be seen, and could raise the figures. */
      unknown: scans.flatMap(({ accountId, unseen, servicesUnknown }) =>
        unseen.length === 0 && servicesUnknown.length === 0 ? [] : [{ accountId, unseen, servicesUnknown }],
      ),
    },
  };
}

function documentedCoverage(coverage: Coverage) {
  return {
    status: coverage.status,
    effective: shownPercent(coverage.effective),
    techniqueCoverage: shownPercent(coverage.techniqueCoverage),
    serviceCoverage: shownPercent(coverage.serviceCoverage),
    inScopeServices: coverage.inScopeServices,
    coveredServices: coverage.coveredServices,
    uncoveredServices: coverage.uncoveredServices,
  };
}

export function documentedTechnique(technique: TechniqueCoverage) {
  const { id, name, parent, tactics, detections, missingRegions, statusByDetections } = technique;
  return {
    id,
    name,
    parent,
    tactics,
    ...documentedCoverage(technique),
    statusByDetections,
    missingRegions,
    detections,
  };
}

function documentedControl(control: ControlCoverage) {
  const { id, framework, title, techniques } = control;
  return { id, framework, title, ...documentedCoverage(control), techniques };
}

/** The detections of accounts as lists give them, with what people have said of them; of one health where it is given. */
export function documentedDetections(
  accounts: readonly ScannedAccount[],
  corrections: readonly CoverageCorrection[],
  health?: string,
): DocumentedDetection[] {
  const said = correctionsBy(corrections);
  return accounts.flatMap(({ accountId, detections }) =>
    detections
      .filter((detection) => health === undefined || detection.health === health)
      .map((detection) => documentedDetection(accountId, detection, said)),
  );
}

export type DocumentedDetection = ReturnType<typeof documentedDetection>;

function documentedDetection(
  accountId: string,
  detection: Detection,
  corrections: ReadonlyMap<string, readonly CoverageCorrection[]>,
) {
  const { id, kind, name, region, health, reasons, targetServices, isPosture } = detection;
  const techniques = corrected(detection, corrections.get(id) ?? []);
  return {
    id,
    kind,
    name,
    accountId,
    region,
    health,
    reasons: reasons.map(({ code, text, remedy, fact, severity }) => ({
      code,
      text,
      remedy,
      fact,
      severity,
    })),
    targetServices,
    techniques: techniques.filter(({ score }) => score >= COVERS).map((technique) => technique.id),
    isPosture,
  };
}
