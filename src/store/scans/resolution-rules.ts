import { UnverifiedReason } from '../../model/scan.ts';
import type { Place, ScanScope, UnseenPlace } from '../../model/scope.ts';
import { PlaceIndex } from './places.ts';
import type { EventKind, EventResource } from './places.ts';

/** What a scan says about where it looked. Times are comparable text. */
export interface Look {
  scanTime: string;
  scope: ScanScope;
  /** What it was limited to; null when it was not. */
  only: PlaceIndex<Place> | null;
  unseen: PlaceIndex<UnseenPlace>;
  /** Whether the results hold the check, and it did not crash. */
  evaluated: (service: string, checkId: string) => boolean;
}

/** Events that a scan did not bring, and that share everything that decides why, but for the resource. */
export interface Missing extends EventKind {
  lastSeen: string;
}

export type Verdict = 'resolved' | UnverifiedReason;

/** The one verdict on all events of a group, or how to judge each by its resource. */
export type Judgement = Verdict | ((resource: EventResource) => Verdict);

/** Why a scan could not see events; null when it could; by their resources where that is what it depends on. */
type Obstacle = UnverifiedReason | null | ((resource: EventResource) => UnverifiedReason | null);

export function lookOf({ scanTime, scope, evaluated }: Pick<Look, 'scanTime' | 'scope' | 'evaluated'>): Look {
  return {
    scanTime,
    scope,
    only: scope.only === undefined ? null : new PlaceIndex(scope.only, 'surely'),
    unseen: new PlaceIndex(scope.unseen, 'possibly'),
    evaluated,
  };
}

/**
 * Whether active events that a scan did not bring are resolved, or the scan cannot tell: missing is not fixed.
 *
 * A service without any resource may be a swallowed AccessDenied: its events are resolved only when the scan before that
 * looked there (`earlier`, newest first) said the same.
 */
export function judge(missing: Missing, look: Look, earlier: readonly Look[]): Judgement {
  const obstacle = obstacleTo(missing, look);
  if (typeof obstacle === 'string') return obstacle;
  const isEmpty = resourcesOf(missing.service, look.scope) === 0;
  const before = isEmpty ? obstaclesUntilSeen(missing, earlier) : [];

  const verdictOn = (resource: EventResource): Verdict => {
    const reason = at(obstacle, resource);
    if (reason !== null) return reason;
    if (!isEmpty) return 'resolved';
    const previous = before.find((candidate) => at(candidate.obstacle, resource) === null)?.look;
    const saidTheSame =
      previous !== undefined &&
      resourcesOf(missing.service, previous.scope) === 0 &&
      missing.lastSeen < previous.scanTime;
    return saidTheSame ? 'resolved' : UnverifiedReason.NoResources;
  };

  const byResource = [obstacle, ...before.map((candidate) => candidate.obstacle)].some(
    (one) => typeof one === 'function',
  );
  return byResource ? verdictOn : verdictOn({ resourceType: '', resourceId: '' });
}

/** The scans up to the first that saw all of the events: those before it are not asked. */
function obstaclesUntilSeen(
  missing: Missing,
  earlier: readonly Look[],
): { look: Look; obstacle: Obstacle }[] {
  const asked: { look: Look; obstacle: Obstacle }[] = [];
  for (const look of earlier) {
    const obstacle = obstacleTo(missing, look);
    asked.push({ look, obstacle });
    if (obstacle === null) break;
  }
  return asked;
}

function obstacleTo(kind: EventKind, { scope, only, unseen, evaluated }: Look): Obstacle {
  const service = scope.services.find((candidate) => candidate.service === kind.service);
  if (service === undefined) return UnverifiedReason.ServiceNotScanned;
  if (service.regions !== null && !regionCovered(kind.region, service.regions, scope.requested)) {
    return UnverifiedReason.RegionNotScanned;
  }
  if (!evaluated(kind.service, kind.checkId)) return UnverifiedReason.CheckNotEvaluated;
  const seen = only?.ofKind(kind);
  const hidden = unseen.ofKind(kind);
  const seesAll = seen === undefined || seen.whole !== undefined;
  if (!seesAll && !seen.namesResources) return UnverifiedReason.ResourceNotScanned;
  if (hidden.whole !== undefined) return hidden.whole.reason;
  if (seesAll && !hidden.namesResources) return null;
  return (resource) => {
    if (!seesAll && seen.holding(resource) === undefined) return UnverifiedReason.ResourceNotScanned;
    return hidden.holding(resource)?.reason ?? null;
  };
}

function at(obstacle: Obstacle, resource: EventResource): UnverifiedReason | null {
  return typeof obstacle === 'function' ? obstacle(resource) : obstacle;
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

function resourcesOf(service: string, { services }: ScanScope): number {
  return services.find((candidate) => candidate.service === service)?.resources ?? 0;
}
