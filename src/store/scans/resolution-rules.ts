import type { ScanScope } from '../../model/observation.ts';
import { UnverifiedReason } from '../../model/scan.ts';

/** What a scan says about where it looked. Times are comparable text. */
export interface Look {
  scanTime: string;
  scope: ScanScope;
  /** Whether the results hold the check, and it did not crash. */
  evaluated: (service: string, checkId: string) => boolean;
}

/** Events that a scan did not bring, and that share everything that decides why. */
export interface Missing {
  service: string;
  checkId: string;
  region: string | null;
  lastSeen: string;
}

export type Verdict = 'resolved' | UnverifiedReason;

/**
 * Whether an active event that a scan did not bring is resolved, or the scan cannot tell: missing is not fixed.
 *
 * A service without any resource may be a swallowed AccessDenied: its events are resolved only when the scan before that
 * looked there (`earlier`, newest first) said the same.
 */
export function verdictOn(missing: Missing, look: Look, earlier: readonly Look[]): Verdict {
  const reason = whyNotCovered(missing, look);
  if (reason !== null) return reason;
  if (resourcesOf(missing.service, look.scope) > 0) return 'resolved';
  const previous = earlier.find((candidate) => whyNotCovered(missing, candidate) === null);
  const saidTheSame =
    previous !== undefined &&
    resourcesOf(missing.service, previous.scope) === 0 &&
    missing.lastSeen < previous.scanTime;
  return saidTheSame ? 'resolved' : UnverifiedReason.NoResources;
}

/** Why the scan could not see events of this service, check and region; null when it could. */
export function whyNotCovered(
  place: Omit<Missing, 'lastSeen'>,
  { scope, evaluated }: Look,
): UnverifiedReason | null {
  const service = scope.services.find((candidate) => candidate.service === place.service);
  if (service === undefined) return UnverifiedReason.ServiceNotScanned;
  if (service.regions !== null && !regionCovered(place.region, service.regions, scope.requested)) {
    return UnverifiedReason.RegionNotScanned;
  }
  if (!evaluated(place.service, place.checkId) || crashed(place, scope))
    return UnverifiedReason.CheckNotEvaluated;
  if (service.fetchErrors > 0) return UnverifiedReason.FetchError;
  return null;
}

function regionCovered(
  region: string | null,
  present: readonly string[],
  { regions, excludedRegions }: ScanScope['requested'],
): boolean {
  // A regional service's resource without a region can be anywhere.
  if (region === null) return regions.length === 0 && excludedRegions.length === 0;
  const requested = regions.length === 0 || regions.includes(region);
  return requested && !excludedRegions.includes(region) && present.includes(region);
}

function crashed({ service, checkId }: Omit<Missing, 'lastSeen'>, { unevaluatedChecks }: ScanScope): boolean {
  return unevaluatedChecks.some((check) => check.service === service && check.checkId === checkId);
}

function resourcesOf(service: string, { services }: ScanScope): number {
  return services.find((candidate) => candidate.service === service)?.resources ?? 0;
}
