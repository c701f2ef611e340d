import type { Place, ScanScope, UnseenPlace } from '../../model/scope.ts';
import { UnverifiedReason } from '../../model/scope.ts';
import { PlaceIndex } from './places.ts';
import type { EventKind, EventResource } from './places.ts';

/** What a scan says about where it looked. Times are comparable text. */
export interface Look {
  scanTime: string;
  /** Of the scanner. */
  version: string;
  scope: ScanScope;
  /** What it was limited to; null when it was not. */
  only: PlaceIndex<Place> | null;
  unseen: PlaceIndex<UnseenPlace>;
  /** Whether the results hold the check, and it did not crash. */
  evaluated: (service: string, checkId: string) => boolean;
  /** Whether the results hold the check at all; without a check, any of the service. */
  reported: (service: string, checkId?: string) => boolean;
}

/** Events that a scan did not bring, and that share everything that decides why, but for the resource. */
export interface Missing extends EventKind {
  lastSeen: string;
  /** Of the scanner that brought them last. */
  lastVersion: string;
}

/** `gone`: the scanner has no such check any more. That ends the events, but fixes nothing. */
export type Verdict = 'resolved' | 'gone' | UnverifiedReason;

/** The one verdict on all events of a group, or how to judge each by its resource. */
export type Judgement = Verdict | ((resource: EventResource) => Verdict);

/** Why a scan could not see events; null when it could; by their resources where that is what it depends on. */
type Obstacle = UnverifiedReason | null | ((resource: EventResource) => UnverifiedReason | null);

export function lookOf(known: Omit<Look, 'only' | 'unseen'>): Look {
  const { scope } = known;
  return {
    ...known,
    only: scope.only === undefined ? null : new PlaceIndex(scope.only, 'surely'),
    unseen: new PlaceIndex(scope.unseen, 'possibly'),
  };
}

/**
 * Whether active events that a scan did not bring are resolved, or the scan cannot tell: missing is not fixed.
 *
 * A service without any resource may be a swallowed AccessDenied: its events are resolved only when the scan before that
 * looked there (`earlier`, newest first) said the same. Nor is a check that is missing taken as gone before two scans in a
 * row by a newer version of the scanner lack it.
 */
export function judge(missing: Missing, look: Look, earlier: readonly Look[]): Judgement {
  if (isGone(missing, look, earlier)) return 'gone';
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

function isGone(missing: Missing, look: Look, earlier: readonly Look[]): boolean {
  if (!lacksCheck(missing, look)) return false;
  const before = earlier.find((candidate) => covers(missing.service, candidate));
  return before !== undefined && before.scanTime > missing.lastSeen && lacksCheck(missing, before);
}

/** Whether a newer version than the one that knew the check has looked at its service, and reports others only. */
export function lacksCheck({ service, checkId, lastVersion }: Missing, look: Look): boolean {
  return (
    look.scope.asked?.isAll !== false &&
    isNewer(look.version, lastVersion) &&
    covers(service, look) &&
    look.reported(service) &&
    !look.reported(service, checkId)
  );
}

function covers(service: string, { scope }: Look): boolean {
  return scope.services.some((candidate) => candidate.service === service);
}

/** Whether a version such as `5.14.0` is newer; false for what is no such version. */
function isNewer(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => /^\d+(?:\.\d+)*/.exec(text)?.[0].split('.').map(Number));
  if (one === undefined || other === undefined) return false;
  const length = Math.max(one.length, other.length);
  for (let part = 0; part < length; part += 1) {
    const difference = (one[part] ?? 0) - (other[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
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
